package letters

import (
	"slices"
	"strings"
	"unicode"

	"klachtd/calendar"
	"klachtd/complaint"
)

// writing is a letter in the making.
type writing struct {
	office Office
	dep    complaint.Departure
	c      complaint.Case
	k      complaint.Complainant // the reader, of a letter to a complainant
	today  calendar.Date
	lang   string
	namer  namer
}

func (s *Set) writing(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) *writing {
	w := &writing{office: s.office, dep: dep, c: c, today: today, lang: lang}
	w.k, _ = c.Complainant(dep.To.ID)
	w.namer = namer{own: " " + bare(w.ownWords()) + " ", lang: lang, several: len(c.Persons) > 1}
	return w
}

// ownWords is what the reader wrote: only of the first complainant we know.
func (w *writing) ownWords() string {
	if w.k.ID != 1 {
		return ""
	}
	all := w.c.Opening.Subject + " " + beginning(w.c.Opening.Words, maxText)
	for _, m := range w.c.Merged {
		all += " " + beginning(m.Words, maxText)
	}
	return all
}

// say is a sentence in the language of the letter.
func (w *writing) say(nl, en string) string { return complaint.Words{NL: nl, EN: en}.In(w.lang) }

func (w *writing) full(d calendar.Date) value { return value(d.Full(w.lang)) }

func (w *writing) long(d calendar.Date) value { return value(d.Long(w.lang)) }

// guarded says whether the reader speaks for another without an authorisation: nothing is told about that person.
func (w *writing) guarded() bool { return w.k.ID == 1 && !w.c.MayTell() }

// head makes what every letter says.
func (w *writing) head() head {
	o, to := w.office, w.dep.To
	h := o.handler(w.c.Handler)
	late := !w.dep.Due.IsZero() && w.today > w.dep.Due
	v := head{
		Lang:       value(w.lang),
		Number:     value(w.c.Opening.Number),
		Today:      moving(w.today.Long(w.lang)),
		Salutation: value(salutation(to, w.lang)),
		Promised:   moving(w.dep.Promised.Full(w.lang)),
		ReactBy:    moving(w.today.AddWeeks(2).Full(w.lang)),
		Late:       late,
		Own:        text(w.own()),

		Handler:       fixed(cleanLine(h.Name, maxName)),
		Phone:         phone(either(h.Phone, o.Phone)),
		Email:         mail(o.email()),
		Office:        fixed(cleanLine(o.Name, maxName)),
		OfficeAddress: fixed(cleanLine(o.Address, maxLine)),
		Website:       web(o.Website),
	}
	if w.dep.Channel == complaint.ByPost || to.Channel() == complaint.ByPost {
		v.ByPost, v.Address = true, address(to)
	}
	if late {
		v.Apology = moving(apology.In(w.lang))
	}
	for line := range strings.Lines(cleanLines(o.Signature, maxText)) {
		v.Signature = append(v.Signature, fixed(line))
	}
	kept, _ := o.retention()
	v.Retention = fixed(kept.In(w.lang))
	return v
}

// own is the handler's own text for this letter; for one that is sent again because it came back, what she wrote then.
func (w *writing) own() string {
	for _, k := range w.dep.Meets {
		for {
			if t := w.c.Rewritten(k); t != "" {
				return t
			}
			if k.Round--; k.Round < 1 || !cameBack(w.c, k) {
				break
			}
		}
	}
	return ""
}

// cameBack says whether the letter for a duty was returned, or refused for good.
func cameBack(c complaint.Case, k complaint.Key) bool {
	sent := map[string]bool{} // the Message-IDs of the letters for it
	for _, f := range c.Facts {
		switch b := f.Body.(type) {
		case complaint.Sent:
			sent[b.MessageID] = sent[b.MessageID] || slices.Contains(b.Meets, k)
		case complaint.Undelivered:
			if sent[b.MessageID] || slices.Contains(b.Meets, k) {
				return true
			}
		}
	}
	return false
}

// address is the name and the postal address of a party, a line each.
func address(p complaint.Party) []value {
	var all []value
	for _, line := range append([]string{p.Name}, strings.FieldsFunc(p.Post, func(r rune) bool { return r == ',' || r == '\n' })...) {
		if l := short(line); l != "" {
			all = append(all, l)
		}
	}
	return all
}

var apology = complaint.Words{
	NL: "Deze brief komt te laat. Onze excuses daarvoor.",
	EN: "This letter is late. We apologise for that.",
}

// complainant makes the view of every letter to a complainant.
func (w *writing) complainant() complainantView {
	v := complainantView{head: w.head(), description: w.description(), course: w.course(), outcome: w.outcome(), orders: w.orders()}
	v.Received = w.long(w.c.Received)
	w.articles(&v)
	if d := w.c.Declined; d != nil {
		b := d.Body.(complaint.Declined)
		reason, referral := ground(b.Ground)
		v.GroundReason, v.GroundReferral = value(reason.In(w.lang)), value(referral.In(w.lang))
		v.GroundText = text(b.Text)
	}
	v.Written = text(either(w.own(), w.c.Report.Complainant))
	v.Authority = w.dep.Variant == complaint.VariantAuthority
	v.Unfinished = w.dep.Variant == complaint.VariantUnfinished
	v.WithReport = w.dep.Variant == complaint.VariantWithReport
	w.unname(&v)
	return v
}

// ground is the reason and the referral of a ground of non-acceptance, in the words of the letter.
func ground(n int) (reason, referral complaint.Words) {
	if n < 1 || n > len(complaint.Grounds) {
		return complaint.Words{}, complaint.Words{}
	}
	g := complaint.Grounds[n-1]
	return g.Reason, g.Referral
}

// description makes the short description (article 2): the handler's fields; else the reader's own words; else neither,
// when the mail may not be from the reader, or was another's.
func (w *writing) description() description {
	d, o := w.c.Described, w.c.Opening
	v := description{
		Nameless:  w.k.Anonymous || telling(w.k.Name) == "" || strings.Contains(w.k.Name, "@"), // mail programs put the address where no name is
		OwnMatter: w.c.OwnMatter(),
	}
	v.Spoken, v.Transcribed = origin(o.Channel)
	if w.guarded() {
		return v
	}
	v.About, v.EventDate = short(d.About), short(d.EventDate)
	v.Place, v.Particulars = short(d.Place), short(d.Particulars)
	v.Handling = short(d.Handling)
	if a := w.c.Authority; a != nil && w.k.ID == 1 {
		v.Represents = short(a.Of)
	}
	if v.About == "" && !o.Doubtful && w.k.ID == 1 {
		v.Topic = telling(cut(maskQuote(cleanLine(o.Subject, maxLine), w.lang), maxName))
		v.Words = telling(cut(maskQuote(unwrapped(cleanLines(o.Words, 4*maxExcerpt)), w.lang), maxExcerpt))
	}
	v.Unknown = w.unknown(v)
	return v
}

// origin says of a channel by which a complaint came whether it was spoken, and whether we wrote it down.
func origin(channel string) (spoken, transcribed bool) {
	switch strings.ToLower(channel) {
	case "", "mail", "e-mail", "email", "form":
		return false, false
	case "letter", "post", "paper":
		return false, true
	}
	return true, true
}

// unknown names what of date, place and particulars the handler has not said: "de datum of andere bijzonderheden".
func (w *writing) unknown(d description) value {
	var all []string
	for _, f := range []struct {
		have   value
		nl, en string
	}{
		{d.EventDate, "de datum", "the date"},
		{d.Place, "de plaats", "the place"},
		{d.Particulars, "andere bijzonderheden", "other details"},
	} {
		if f.have == "" {
			all = append(all, w.say(f.nl, f.en))
		}
	}
	return value(enumerate(all, w.say(" of ", " or ")))
}

// enumerate joins words as people do: "a, b en c".
func enumerate(all []string, and string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + and + all[last]
}

// articles fills what the regulation promises: dates, and where to go in the end.
func (w *writing) articles(v *complainantView) {
	c, t := w.c, w.c.Opening.Terms
	v.Expected = w.full(c.Expected())
	taken := len(c.Persons) > 0 || c.NoPerson != nil || c.Finding != "" || len(c.Offers) > 0 || c.Reopened != nil
	if by := t.Decision.After(c.Received, t.Holidays); !t.Decision.IsZero() && !taken && by >= w.today {
		v.DeclineBy = w.full(by)
	}
	if before := w.lastPromise(); !before.IsZero() && w.dep.Promised > before {
		v.Postponed = moving(postponed.In(w.lang))
	}
	v.Regulation = web(w.office.RegulationURL)
	v.Commissioner, v.Commissioners = w.commissioner()
	v.Consents = w.consents(v.Commissioners)
}

var postponed = complaint.Words{
	NL: "Dat is later dan wij eerder schreven. Wij hebben meer tijd nodig om uw klacht zorgvuldig te behandelen.",
	EN: "That is later than we wrote before. We need more time to handle your complaint with care.",
}

// text is what somebody wrote, in several lines; short is the same in one. A dash or a dot says nothing.
func text(s string) value { return telling(cleanLines(maskBSN(s), maxText)) }

func short(s string) value { return telling(cleanLine(maskBSN(s), maxLine)) }

func telling(s string) value {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return value(s)
}
