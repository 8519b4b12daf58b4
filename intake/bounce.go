package intake

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/dsn"

	"klachtd/complaint"
)

// maxReport bounds what is read of one part of a delivery report.
const maxReport = 64 << 10

// readReport reads what a bounce says of the first recipient that failed: from the parts of RFC 3464 where there are
// any, and else, as far as that goes, from the text.
func readReport(h header, parts []*part, text string, ownID func(string) bool) *complaint.Report {
	var report complaint.Report
	for _, p := range parts {
		body := p.transferDecoded()
		body = body[:min(len(body), maxReport)]
		switch p.typ {
		case "message/delivery-status", "message/global-delivery-status":
			readStatus(&report, body)
		case "text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers":
			original, _, _ := splitHeader(body)
			report.MessageID, report.OurID = ownIDs(original)
		}
	}
	if report.MessageID == "" && report.OurID == "" {
		report.MessageID, report.OurID = returnedIDs(text, ownID)
	}
	if report.Action == "" {
		readOldStyle(&report, h, text)
	}
	if report == (complaint.Report{}) {
		return nil
	}
	return &report
}

func ownIDs(original header) (messageID, ourID string) {
	if ids := messageIDs(original.get("Message-Id"), 1); len(ids) > 0 {
		messageID = ids[0]
	}
	if ids := messageIDs(original.get("X-Klachtd-Id"), 1); len(ids) > 0 {
		ourID = ids[0]
	}
	return messageID, ourID
}

// readStatus reads a delivery-status part (RFC 3464 section 2).
func readStatus(report *complaint.Report, body []byte) {
	explanation, status := enmime.NewPart("text/plain"), enmime.NewPart("message/delivery-status")
	status.Content = append(bytes.Clone(bytes.TrimLeft(body, "\r\n")), '\n') // a copy: body is the mail itself
	branch := enmime.NewPart("multipart/report")
	branch.AddChild(explanation)
	branch.AddChild(status)
	parsed, err := dsn.ParseReport(branch)
	if err != nil {
		return // not well formed; the text may say as much
	}
	recipients := parsed.DeliveryStatus.RecipientDSNs
	for _, fields := range recipients {
		if !dsn.IsFailed(fields) && report.Action != "" {
			continue
		}
		recipient := fields.Get("Original-Recipient")
		if recipient == "" {
			recipient = fields.Get("Final-Recipient")
		}
		report.Recipient = typedValue(recipient)
		report.Action = strings.ToLower(oneLine(fields.Get("Action")))
		report.Status = statusRE.FindString(fields.Get("Status"))
		report.Text = typedValue(fields.Get("Diagnostic-Code"))
		if dsn.IsFailed(fields) {
			return
		}
	}
}

// typedValue returns what follows the type in "rfc822;jan@example.nl".
func typedValue(value string) string {
	if _, after, ok := strings.Cut(value, ";"); ok {
		value = after
	}
	return strings.Trim(oneLine(repair([]byte(value), "")), "<> ")
}

var (
	statusRE = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	smtpRE   = regexp.MustCompile(`\b[45]\d\d[ -]`)
	idLineRE = regexp.MustCompile(`(?im)^[> \t]*(message-id|x-klachtd-id):[ \t]*(?:\n[> \t]+)?<?([^<>\s]{3,998})>?`)
	mailRE   = regexp.MustCompile(`<?([^\s<>"'(),;:]{1,64}@[\pL\pN.-]{1,253}[\pL\pN])>?`)
)

// returnedIDs looks for the header of the returned mail in the text. With two that could be it, the one that is ours counts.
func returnedIDs(text string, ownID func(string) bool) (messageID, ourID string) {
	for _, m := range idLineRE.FindAllStringSubmatch(text[:min(len(text), maxReport)], 20) {
		into := &messageID
		if strings.EqualFold(m[1], "x-klachtd-id") {
			into = &ourID
		}
		if *into == "" || ownID != nil && ownID(m[2]) {
			*into = m[2]
		}
	}
	return messageID, ourID
}

// readOldStyle reads a report in words, as qmail, Exim and Exchange wrote them: an address, and what was wrong with it.
func readOldStyle(report *complaint.Report, h header, text string) {
	if failed, _ := parseAddresses(h.get("X-Failed-Recipients")); len(failed) > 0 {
		report.Recipient, report.Action = failed[0].Mail, "failed"
	}
	own := text[:min(len(text), 8<<10)]
	if at := idLineRE.FindStringIndex(own); at != nil {
		own = own[:at[0]] // what follows is the returned mail, whose addresses mean something else
	}
	for line := range strings.Lines(own) {
		if m := mailRE.FindStringSubmatch(line); report.Recipient == "" && m != nil {
			report.Recipient = m[1]
		}
		status, smtp := statusRE.FindString(line), smtpRE.FindString(line)
		if report.Text != "" || status == "" && smtp == "" {
			continue
		}
		report.Status, report.Text = status, oneLine(line)
		if report.Action == "" {
			report.Action = map[byte]string{'4': "delayed", '5': "failed", '2': "delivered"}[(status + smtp)[0]]
		}
	}
}
