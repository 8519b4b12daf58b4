package clerk

import (
	"regexp"
	"slices"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// opening is the first fact of a case made from a mail, all but its number. It copies the terms, so that a later change
// of the configuration moves no date of a running case.
func (d *desk) opening(in complaint.Incoming, verdict complaint.Verdict, origin complaint.Origin) complaint.Opened {
	from := d.author(in)
	return complaint.Opened{
		Received:    d.receivedOn(in),
		ReceivedAt:  in.Arrived,
		Origin:      origin,
		Subject:     in.Subject,
		Words:       clip(d.words(in), maxWords),
		Complainant: complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: from.Name, Mail: from.Mail},
		Handler:     complaint.BareMail(d.lead().Email),
		Lang:        d.letterLang(verdict.Lang),
		Verdict:     verdict,
		Terms:       d.Terms,
		Doubtful:    authenticate(in, d.AuthservID) == failed,
		Attachments: in.Attachments,
		Damage:      in.Damage,
	}
}

// words is what the person a mail speaks for wrote.
func (d *desk) words(in complaint.Incoming) string {
	if _, ok := d.handler(in.From.Mail); ok {
		return forwardedText(in.Text)
	}
	return complaint.NewTextOrAll(in.Text)
}

// maxWords bounds how much of a complaint's own text stands in the facts; the raw mail is kept whole.
const maxWords = 16 << 10

// letterLang is the language of the letters: Dutch to who writes Dutch, the office's own where it is unclear, English
// to everybody else.
func (d *desk) letterLang(detected string) string {
	switch detected {
	case "nl", "en":
		return detected
	case "":
		return d.Lang
	}
	return "en"
}

// author is who a mail speaks for. A web form writes from an address nobody reads and puts the person into Reply-To.
func (d *desk) author(in complaint.Incoming) complaint.Address {
	if d.isMailbox(in.From.Mail) || noReply.MatchString(in.From.Mail) || d.isFormSender(in.From.Mail) {
		for _, a := range in.ReplyTo {
			if a.Mail != "" && !d.isMailbox(a.Mail) && !noReply.MatchString(a.Mail) {
				return a
			}
		}
	}
	if _, ok := d.handler(in.From.Mail); ok || d.isMailbox(in.From.Mail) {
		return forwardedFrom(in.Text) // never the office itself
	}
	if noReply.MatchString(in.From.Mail) {
		return complaint.Address{Name: in.From.Name}
	}
	return in.From
}

func (d *desk) isFormSender(mail string) bool {
	for _, f := range d.FormSenders {
		if complaint.SameMail(f, mail) {
			return true
		}
	}
	return false
}

var (
	noReply       = regexp.MustCompile(`(?i)^(no-?_?\.?reply|do-?not-?reply|noreply-.*|mailer-daemon|postmaster|wordpress|www-data)@`)
	forwardedHead = regexp.MustCompile(`(?im)^[>*\s]*(?:van|from|von|de)\s*:\s*\**\s*(.*?)\s*<?([\w.+%-]+@[\w-]+(?:\.[\w-]+)+)>?`)
)

// forwardedFrom is the sender named in the head of a forwarded mail, empty when there is none.
func forwardedFrom(text string) complaint.Address {
	m := forwardedHead.FindStringSubmatch(text)
	if m == nil {
		return complaint.Address{}
	}
	name := strings.Trim(m[1], ` "'*[(<`)
	if strings.Contains(name, "@") {
		name = ""
	}
	return complaint.Address{Name: name, Mail: m[2]}
}

// forwardedText is the text below the head of a forwarded mail, the whole text when there is no such head.
func forwardedText(text string) string {
	at := forwardedHead.FindStringIndex(text)
	if at == nil {
		return text
	}
	if _, body, ok := strings.Cut(strings.ReplaceAll(text[at[1]:], "\r\n", "\n"), "\n\n"); ok {
		return body
	}
	return text
}

// open makes a case of a mail and tells its handler at once.
func (d *desk) open(in complaint.Incoming, verdict complaint.Verdict, origin complaint.Origin, related complaint.CaseID) (complaint.Case, error) {
	o := d.opening(in, verdict, origin)
	if related != "" { // who handled the one handles the other: the first handler may be a person concerned in it
		old, err := d.load(related)
		if err != nil {
			return old, err
		}
		o.Handler = complaint.BareMail(d.handlerOf(old).Email)
	}
	c, err := d.begin(in.ID, in.MessageID, o, related)
	if err != nil {
		return c, err
	}
	return c, d.notice(c, d.alsoTo(in)...)
}

// alsoTo lists who else got a mail, besides the office itself and who wrote it: they may complain too.
func (d *desk) alsoTo(in complaint.Incoming) []complaint.Address {
	var all []complaint.Address
	for _, a := range append(in.To[:len(in.To):len(in.To)], in.Cc...) {
		_, ours := d.handler(a.Mail)
		same := func(b complaint.Address) bool { return complaint.SameMail(a.Mail, b.Mail) }
		if a.Mail != "" && !ours && !d.isMailbox(a.Mail) && !same(in.From) && !slices.ContainsFunc(all, same) {
			all = append(all, a)
		}
	}
	return all
}

// begin gives a case its number and its first facts.
func (d *desk) begin(mail complaint.MailID, messageID string, o complaint.Opened, related complaint.CaseID, more ...complaint.Fact) (complaint.Case, error) {
	number, err := d.tx.NextNumber(o.Received.Year())
	if err != nil {
		return complaint.Case{}, err
	}
	o.Number = number
	if related != "" {
		o.Related = related
	}
	if messageID != "" {
		if err := d.tx.SetThread(messageID, number); err != nil {
			return complaint.Case{}, err
		}
	}
	first := complaint.Fact{On: d.today(), By: complaint.ByProgram, Mail: mail, Body: o}
	d.Log.Info("case opened", "case", number, "origin", o.Origin, "mail", short(mail))
	facts := []complaint.Fact{first}
	if o.Origin != complaint.OriginSplit { // the first case has it
		facts = append(facts, d.privacyTask(complaint.Case{}, o.Subject, o.Words, o.Received, mail)...)
	}
	return d.record(number, append(facts, more...)...)
}

// addCandidate puts a mail on the list of the daily mail; near for the weekly list of near misses.
func (d *desk) addCandidate(in complaint.Incoming, verdict complaint.Verdict, near bool) error {
	return d.tx.AddCandidate(d.candidate(in, verdict, near))
}

func (d *desk) candidate(in complaint.Incoming, verdict complaint.Verdict, near bool) db.Candidate {
	o := d.opening(in, verdict, complaint.OriginUnanswered)
	if in.Unreadable && o.Words == "" {
		o.Origin = complaint.OriginUnreadable
	}
	if near {
		o.Words = clip(o.Words, 300)
	}
	return db.Candidate{Mail: in.ID, MessageID: in.MessageID, Opening: o, Near: near}
}

// openCandidate makes a case of a mail from the list.
func (d *desk) openCandidate(cand db.Candidate, origin complaint.Origin, more ...complaint.Fact) (complaint.Case, error) {
	o := cand.Opening
	if o.Origin != complaint.OriginUnreadable || origin == complaint.OriginHandler {
		o.Origin = origin
	}
	c, err := d.begin(cand.Mail, cand.MessageID, o, "", more...)
	if err != nil {
		return c, err
	}
	return c, d.tx.SettleCandidate(cand.Mail, db.CandidateCase, c.Opening.Number)
}

// convertOn is the day on which a possible complaint that nobody answered becomes a case: one working day before the
// last safe day of its acknowledgement.
func (d *desk) convertOn(cand db.Candidate) calendar.Date {
	h := d.Terms.Holidays
	return h.AddWorkdays(h.Before(d.Terms.Acknowledgement.After(cand.Opening.Received, h)), -1)
}

// related lists the other cases of the same person, newest last: "hoort dit bij K2026-0007?".
func (d *desk) related(c complaint.Case) ([]complaint.CaseID, error) {
	if c.Opening.Complainant.Mail == "" {
		return nil, nil
	}
	all, err := d.tx.CasesOf(c.Opening.Complainant.Mail)
	var others []complaint.CaseID
	for _, id := range all {
		if id != c.Opening.Number {
			others = append(others, id)
		}
	}
	return others, err
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// short is a mail id as the log shows it.
func short(id complaint.MailID) string { return clip(string(id), 12) }
