package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"klachtd/complaint"
)

// fragment is how much is fetched of a mail that is too large to fetch whole: its header and the first text, with an odd
// length by which it is known again.
const fragment = 256<<10 + 1

// IDOf returns the id of a mail: the hex SHA-256 of its raw bytes.
func IDOf(raw []byte) complaint.MailID {
	sum := sha256.Sum256(raw)
	return complaint.MailID(hex.EncodeToString(sum[:]))
}

// Parse reads a mail as far as it goes. It never fails and never panics: what is wrong with the mail is named in Damage,
// and when no more than its header could be read, it is Unreadable. arrived is the instant the server says it came
// (INTERNALDATE). ownID says whether an X-Klachtd-Id or Message-ID is one of ours.
func Parse(raw []byte, arrived time.Time, folder complaint.Folder, kinds Kinds, ownID func(id string) bool) complaint.Incoming {
	return parse(complaint.Kept{ID: IDOf(raw), Folder: folder, Arrived: arrived, Raw: raw}, kinds, ownID)
}

func parse(k complaint.Kept, kinds Kinds, ownID func(id string) bool) (in complaint.Incoming) {
	in = complaint.Incoming{ID: k.ID, Folder: k.Folder, Arrived: k.Arrived, Kind: complaint.FromPerson}
	defer func() {
		if v := recover(); v != nil {
			in.Unreadable = true
			in.Damage = append(in.Damage, "reading it went wrong within the program")
		}
	}()
	h, body, over := splitHeader(withLineFeeds(k.Raw))
	readHeader(&in, h)
	readKind(&in, h, kinds, ownID)
	if len(k.Raw) == fragment {
		in.Damage = append(in.Damage, "very large: only the beginning was read")
	}
	top := newPart(h, body, "text/plain")
	r := &textReader{parts: 1, room: maxMailText}
	damage, beyond := split(top, &r.parts)
	if over {
		beyond = "beyond the guard: the header is too long"
	}
	if beyond != "" {
		in.Damage, in.Unreadable = append(in.Damage, beyond), true
		return in
	}
	r.damage = damage
	s := r.read(top)
	in.Text, in.FromHTML, in.Attachments = s.text, s.html && s.text != "", r.attachments
	in.Damage = append(in.Damage, r.damage...)
	in.Unreadable = r.locked && s.blank()
	if in.Kind == complaint.Bounce {
		in.Report = readReport(h, r.report, in.Text, ownID)
	}
	return in
}

// withLineFeeds gives lines to a mail that has none because it ends them with carriage returns alone.
func withLineFeeds(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') >= 0 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}

// singles are the fields of which a mail has one (RFC 5322 section 3.6, RFC 2045). With two, the server that checked the
// sender may have looked at another one than we do.
var singles = [...]string{"From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-Id", "In-Reply-To", "References",
	"Content-Type", "Content-Transfer-Encoding"}

// maxReceived is the number of Received fields above which a mail is going round in circles.
const maxReceived = 50

// readHeader fills in what the header says.
func readHeader(in *complaint.Incoming, h header) {
	note := func(damage string) { in.Damage = append(in.Damage, damage) }
	from, strict := parseAddresses(h.get("From"))
	if len(from) > 0 {
		in.From = from[0]
	}
	if sender, _ := parseAddresses(h.get("Sender")); len(sender) > 0 {
		in.Sender = sender[0].Mail
	}
	in.ReplyTo, _ = parseAddresses(h.get("Reply-To"))
	in.To, _ = parseAddresses(h.get("To"))
	in.Cc, _ = parseAddresses(h.get("Cc"))
	in.Subject = decodeWords(h.get("Subject"))
	in.ReturnPath = returnPath(h)
	if ids := messageIDs(h.get("Message-Id"), 1); len(ids) > 0 {
		in.MessageID = ids[0]
	}
	in.OurID = strings.Trim(oneLine(repair([]byte(h.get("X-Klachtd-Id")), "")), "<> ")
	in.InReplyTo = messageIDs(h.get("In-Reply-To"), 10)
	in.References = messageIDs(h.get("References"), 100)
	in.AuthResults = authResults(h)
	readDates(in, h, note)

	switch {
	case in.From.Mail == "":
		note("no sender that can be read")
	case len(from) > 1:
		note("more than one sender in From")
	case !strict:
		note("the From line is not well formed")
	}
	trusted := strict && len(from) == 1
	for _, name := range singles {
		if h.count(name) > 1 {
			note("two " + name + " headers")
			trusted = false
		}
	}
	if !trusted {
		in.Ambiguous, in.AuthResults = true, nil
	}
	if h.count("Received") > maxReceived {
		note(fmt.Sprintf("more than %d Received headers: it goes round in circles", maxReceived))
	}
}

func readDates(in *complaint.Incoming, h header, note func(string)) {
	var damage string
	if in.Arrived, damage = arrival(in.Arrived, h); damage != "" {
		note(damage)
	}
	if value := h.get("Date"); value != "" {
		var ok bool
		if in.Date, ok = parseDate(value); !ok {
			note("the Date header is no date")
		}
	}
}

// readKind says what the mail is by its header. A mail is our own copy by its own ids, never by those it answers.
func readKind(in *complaint.Incoming, h header, kinds Kinds, ownID func(string) bool) {
	if ownID != nil {
		for _, own := range [...]struct{ name, id string }{{"X-Klachtd-Id", in.OurID}, {"Message-Id", in.MessageID}} {
			if own.id != "" && ownID(own.id) {
				in.Kind, in.KindWhy = complaint.OwnCopy, own.name
				return
			}
		}
	}
	in.Kind, in.KindWhy = kinds.Of(h.asMap())
}

// authResults returns the Authentication-Results fields, topmost first. Where the border server writes its own differs: above
// its Received field (Postfix, with the field of a later hop above both) or below it (Gmail). So position says nothing; who
// reads them goes by the first one that bears the trusted server's name, which is why that server must take away any that
// claim it (RFC 8601 section 5).
func authResults(h header) []string {
	var results []string
	for _, f := range h {
		if f.name == "Authentication-Results" {
			results = append(results, repair([]byte(f.value), ""))
		}
	}
	return results
}

// Bounds of trust in the topmost Received field, which is read because INTERNALDATE is set anew when a mail is moved
// between servers.
const (
	oldestReceived = 400 * 24 * time.Hour
	oddDifference  = 2 * 24 * time.Hour
)

// arrival returns when a mail reached our mail system: the earlier of INTERNALDATE and the date of the topmost Received
// field. damage says so when they are far apart.
func arrival(internal time.Time, h header) (at time.Time, damage string) {
	trace := h.get("Received")
	received, ok := parseDate(trace[strings.LastIndexByte(trace, ';')+1:])
	if !ok {
		return internal, ""
	}
	if internal.Year() < 2000 { // none, or that of a server without a clock
		return received, ""
	}
	apart := internal.Sub(received)
	if apart.Abs() > oddDifference {
		damage = fmt.Sprintf("the server dates it %s and its Received header %s",
			internal.UTC().Format(time.DateOnly), received.UTC().Format(time.DateOnly))
	}
	if apart <= 0 || apart > oldestReceived {
		return internal, damage
	}
	return received, damage
}
