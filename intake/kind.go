package intake

import (
	"slices"
	"strings"

	"klachtd/complaint"
)

// Header is the header of a mail: canonical keys (net/textproto), values unfolded, decoded or not.
type Header map[string][]string

// Kinds tells by its header what a mail is, before anybody reads its words. The zero value knows no addresses.
type Kinds struct {
	FormSenders []string // addresses, or domains, whose mails are web forms: they speak for a person
	NeverAnswer []string // addresses, or domains, that are machines
	Own         []string // addresses of the watched mailbox: a mailing list of that name is only how it is delivered
}

// KindOf is [Kinds.Of] for the zero Kinds.
func KindOf(h Header) (complaint.MailKind, string) { return Kinds{}.Of(h) }

// Of returns what kind of mail has this header, and the field that shows it; "" for a mail from a person. It is
// Bounce, Automatic or FromPerson. X-Auto-Response-Suppress, Importance and "Auto-Submitted: no" prove nothing: they
// stand on the mail of people (RFC 3834 section 5).
func (k Kinds) Of(h Header) (kind complaint.MailKind, why string) {
	from := sender(h)
	if why = bounced(h, from); why != "" {
		return complaint.Bounce, why
	}
	if report, _ := contentType(h); report == "multipart/report" || strings.HasPrefix(report, "message/disposition") {
		return complaint.Automatic, "Content-Type: " + report // read receipts, abuse reports
	}
	if names(k.FormSenders, from) || isForm(h) {
		return complaint.FromPerson, ""
	}
	if names(k.NeverAnswer, from) {
		return complaint.Automatic, "From: " + from
	}
	for _, rule := range [...]func(Header) string{autoSubmitted, nullSender, autoReplied, k.listed, invited} {
		if why = rule(h); why != "" {
			return complaint.Automatic, why
		}
	}
	if robotic(from) && !speaksForOther(h, from) {
		return complaint.Automatic, "From: " + from
	}
	return complaint.FromPerson, ""
}

func (h Header) get(key string) string {
	if len(h[key]) == 0 {
		return ""
	}
	return strings.TrimSpace(h[key][0])
}

func (h Header) has(key string) bool { return len(h[key]) > 0 }

// sender is the address in From, lower case.
func sender(h Header) string { return addressIn(h.get("From")) }

func addressIn(value string) string {
	list, _ := parseAddresses(value)
	if len(list) == 0 {
		return ""
	}
	return strings.ToLower(list[0].Mail)
}

func contentType(h Header) (string, map[string]string) {
	value := h.get("Content-Type")
	if value == "" {
		return "", nil
	}
	return mediaType(value, "")
}

// names reports whether a list of addresses and domains holds the address, or its domain.
func names(list []string, address string) bool {
	if address == "" {
		return false
	}
	_, domain, _ := strings.Cut(address, "@")
	return slices.ContainsFunc(list, func(s string) bool {
		s = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "@")
		return s != "" && (s == address || s == domain)
	})
}

// bounced knows a delivery report by its form (RFC 3464), and one in the old style by who sends it and its subject.
func bounced(h Header, from string) string {
	typ, params := contentType(h)
	if typ == "multipart/report" && strings.EqualFold(params["report-type"], "delivery-status") || typ == "message/delivery-status" {
		return "Content-Type: " + typ + "; report-type=delivery-status"
	}
	if h.has("X-Failed-Recipients") {
		return "X-Failed-Recipients"
	}
	local, _, _ := strings.Cut(from, "@")
	if local != "mailer-daemon" && local != "postmaster" && local != "mail-daemon" {
		return ""
	}
	subject := strings.ToLower(decodeWords(h.get("Subject")))
	for _, s := range failureSubjects {
		if strings.Contains(subject, s) {
			return "From: " + from
		}
	}
	return ""
}

var failureSubjects = [...]string{"undeliver", "undelivered", "returned mail", "returned to sender", "failure notice", "delivery status", "delivery failure",
	"delivery has failed", "delivery failed", "delivery problem", "could not send", "mail delivery", "warning: message", "delayed", "failure", "failed",
	"onbestelbaar", "niet bezorgd", "niet afgeleverd", "kan niet worden bezorgd", "bezorging mislukt", "mislukt", "unzustellbar", "non remis"}

// isForm knows a web form by a field of its own.
func isForm(h Header) bool {
	for key := range h {
		if strings.HasPrefix(key, "X-Form") || strings.HasPrefix(key, "X-Contact-Form") || strings.HasPrefix(key, "X-Webform") {
			return true
		}
	}
	return false
}

// speaksForOther knows a web form by a robot that asks to answer somebody else.
func speaksForOther(h Header, from string) bool {
	to := addressIn(h.get("Reply-To"))
	return to != "" && to != from && !robotic(to)
}

// autoSubmitted reads RFC 3834: anything but "no" is a machine. A web form marks itself so too, but names the person in
// Reply-To.
func autoSubmitted(h Header) string {
	for _, value := range h["Auto-Submitted"] {
		word, _, _ := strings.Cut(value, ";")
		word, _, _ = strings.Cut(word, "(")
		word = strings.ToLower(strings.TrimSpace(word))
		switch {
		case word == "" || word == "no":
		case word == "auto-generated" && speaksForOther(h, sender(h)) && robotic(sender(h)):
		default:
			return "Auto-Submitted: " + word
		}
	}
	return ""
}

// nullSender is how reports and answers of machines travel, so that nobody answers them (RFC 5321 section 4.5.5).
func nullSender(h Header) string {
	if strings.ReplaceAll(h.get("Return-Path"), " ", "") == "<>" {
		return "Return-Path: <>"
	}
	return ""
}

// autoReplied knows the fields with which programs marked their answers before RFC 3834, and mark them still.
func autoReplied(h Header) string {
	for _, key := range [...]string{"X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Autoresponder", "X-Auto-Reply-From", "X-Mail-Autoreply",
		"X-Autogenerated", "X-Auto-Generated", "X-Fc-Machinegenerated", "X-Vacation", "X-Autoreply-From"} {
		if h.has(key) && !strings.EqualFold(h.get(key), "no") {
			return key
		}
	}
	switch {
	case strings.EqualFold(h.get("X-Amazon-Mail-Relay-Type"), "notification"):
		return "X-Amazon-Mail-Relay-Type: notification"
	case strings.Contains(strings.ToLower(h.get("Delivered-To")), "autoresponder"):
		return "Delivered-To: autoresponder"
	case strings.EqualFold(h.get("X-Mailer"), "vacation"):
		return "X-Mailer: vacation"
	case h.has("X-Auto-Response-Suppress") && autoSubject(h):
		return "Subject, with X-Auto-Response-Suppress"
	}
	return ""
}

// autoSubject knows the subjects that programs put before their answers. By itself it proves nothing: people answer
// such mails, and the subject stays.
func autoSubject(h Header) bool {
	subject := strings.ToLower(decodeWords(h.get("Subject")))
	for _, s := range [...]string{"automatisch antwoord:", "automatic reply:", "automatische antwort:", "réponse automatique", "out of office:", "autoreply:", "auto:", "afwezig:"} {
		if strings.HasPrefix(subject, s) {
			return true
		}
	}
	return false
}

// listed knows mailings and mailing lists (RFC 2369, RFC 2919). A group that is nothing but our own mailbox marks
// every mail so; that says nothing.
func (k Kinds) listed(h Header) string {
	if k.ownList(h) {
		return ""
	}
	for _, key := range [...]string{"Precedence", "X-Precedence"} {
		switch value := strings.ToLower(h.get(key)); value {
		case "bulk", "list", "junk", "auto_reply", "auto-reply", "first-class-auto":
			return key + ": " + value
		}
	}
	for _, key := range [...]string{"List-Id", "List-Unsubscribe", "List-Post", "List-Help", "List-Subscribe", "List-Owner", "List-Archive",
		"List-Unsubscribe-Post", "Mailing-List", "X-Mailing-List", "X-Beenthere"} {
		if h.has(key) {
			return key
		}
	}
	return ""
}

func (k Kinds) ownList(h Header) bool {
	id := strings.ToLower(h.get("List-Id"))
	return id != "" && slices.ContainsFunc(k.Own, func(own string) bool {
		return own != "" && strings.Contains(id, "<"+strings.ReplaceAll(strings.ToLower(own), "@", ".")+">")
	})
}

// invited knows invitations and the answers to them.
func invited(h Header) string {
	if typ, params := contentType(h); typ == "text/calendar" || params["method"] != "" {
		return "Content-Type: " + typ
	}
	if h.has("X-Calendar-Method") {
		return "X-Calendar-Method"
	}
	return ""
}

// robotic reports whether nobody reads what is sent to an address.
func robotic(address string) bool {
	local, _, _ := strings.Cut(address, "@")
	if local == "" {
		return false
	}
	local, _, _ = strings.Cut(local, "+")
	plain := strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)
	for _, s := range [...]string{"noreply", "donotreply", "dontreply", "nietbeantwoorden", "nietantwoorden", "geenantwoord", "autoresponder", "mailerdaemon", "autoreply"} {
		if strings.Contains(plain, s) {
			return true
		}
	}
	switch plain {
	case "postmaster", "maildaemon", "listserv", "majordomo", "notification", "notifications", "notificaties", "bounce", "bounces", "uucp":
		return true
	}
	return strings.HasPrefix(local, "owner-") || strings.HasPrefix(local, "bounce-") || strings.HasPrefix(local, "bounces-") ||
		strings.HasSuffix(local, "-owner") || strings.HasSuffix(local, "-request") || strings.HasSuffix(local, "-errors") || strings.HasSuffix(local, "-bounces")
}
