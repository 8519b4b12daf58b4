package letters

import (
	"strings"
	"unicode"

	"klachtd/calendar"
	"klachtd/complaint"
)

// The fields a template can print. All of them are cleaned text; an empty field is false in {{if}}.

// head is what every letter may say, to whomever it goes.
type head struct {
	Lang       value
	Number     value  // K2026-0007
	Today      moving // the day the letter leaves: "5 november 2026"
	Salutation value  // "Beste Kim Verbeek,"
	Received   value  // R: "3 november 2026"
	Apology    moving // one sentence when the letter is late, else nothing
	ReactBy    moving // a day two weeks on: "donderdag 19 november 2026"
	Late       bool

	Handler   fixed   // name
	Phone     link    // of the handler, else of the office
	Email     link    // where people write to
	Office    fixed   // name of the organisation
	Website   link    //
	Signature []fixed // lines below the closing

	Finding value // "upheld", "partly_upheld", "not_upheld", "no_finding", "" while there is none
	Reason  value // of the finding
}

// complainantView is what a letter to the complainant may say.
type complainantView struct {
	head
	About, EventDate, Place, Particulars value // the short description; "" for unknown
	Topic                                value // the complainant's own subject, masked
	Words                                value // the complainant's own words, at most 300 characters, masked
	Handling                             value // how it is handled, when other than by the steps below

	Expected  value // by when it is expected to be handled: "dinsdag 15 december 2026"
	DeclineBy value // R+4w
	Accepted  bool  // it was taken up already
	Promised  moving
	Postponed moving // two sentences when Promised is later than a letter said before, else nothing

	Regulation    link
	Retention     fixed          // "twee jaar"
	Commissioner  fixed          // its name, or in general "de opdrachtgever, bijvoorbeeld ..."
	Commissioners []commissioner // with their addresses; none when none is configured

	Person value   // "de medewerker over wie u klaagt", or the name the complainant used
	Done   []event // what was done since receipt, in order
	Next   []value // what follows

	GroundReason, GroundReferral, GroundText value

	Heard     []heard // what the persons concerned said
	NoPerson  bool    // the complaint is about nobody in particular
	Offers    []offer
	NoOffer   value // why there is no (further) offer
	Outcome   value // "accepted", "declined", "thinking", "no_offer"
	Satisfied bool
	Opposed   bool  // not satisfied in the end
	Reaction  value // the last reaction, in the complainant's words
	ReportBy  value // S+3w
	OfferBy   value // by when a new offer is considered

	Measures  []value
	NoMeasure value
	Written   value // the handler's own words for the report

	Unfinished, WithReport bool // variants of the confirmation
}

// concernedView is what a letter to a person concerned may say: nothing that comes from the complainant.
type concernedView struct {
	head
	Over      value // the conduct complained of, in the handler's words
	Response  value // the reader's own response
	Measures  []value
	NoMeasure value
	Settled   bool // a solution was found with the complainant
	Written   value
}

type commissioner struct {
	Name, Address     fixed
	Email, Phone, URL link
}

type event struct{ On, What value }

type heard struct {
	Who     value
	Summary value // "" when private, or when there is none
	Private bool
}

type offer struct {
	On, Text   value
	ReactedOn  value
	Reaction   value
	Satisfied  bool
	HasReacted bool
}

// head makes what every letter says.
func (s *Set) head(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) head {
	o := s.office
	h := o.handler(c.Handler)
	late := !dep.Due.IsZero() && today > dep.Due
	v := head{
		Lang:       value(lang),
		Number:     value(c.Opening.Number),
		Today:      moving(today.Long(lang)),
		Salutation: value(salutation(dep.To, lang)),
		Received:   value(c.Received.Long(lang)),
		ReactBy:    moving(today.AddWeeks(2).Full(lang)),
		Late:       late,
		Handler:    fixed(cleanLine(h.Name, maxName)),
		Phone:      phone(either(h.Phone, o.Phone)),
		Email:      mail(o.email()),
		Office:     fixed(cleanLine(o.Name, maxName)),
		Website:    web(o.Website),
		Finding:    value(c.Finding),
		Reason:     text(c.FindingReason),
	}
	if late {
		v.Apology = moving(apology.In(lang))
	}
	for line := range strings.Lines(cleanLines(o.Signature, maxText)) {
		v.Signature = append(v.Signature, fixed(line))
	}
	return v
}

var apology = complaint.Words{
	NL: "Deze brief komt te laat. Onze excuses daarvoor.",
	EN: "This letter is late. We apologise for that.",
}

func phone(s string) link {
	number := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
	return makeLink(strings.ReplaceAll(cleanLine(s, maxName), " ", solid), "tel:"+number)
}

func mail(s string) link { return makeLink(cleanLine(s, maxLine), "mailto:"+escapeMail(s)) }

// web makes a link of an address on the web; of anything else just its text.
func web(s string) link {
	s = cleanLine(s, maxLine)
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return makeLink(s, s)
	}
	return makeLink(s, "https://"+s)
}

// escapeMail writes text for a mailto: address, subject or body (RFC 6068).
func escapeMail(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(strings.ReplaceAll(s, "\n", "\r\n")) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~@", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// concerned makes the view of the report to a person concerned.
func (s *Set) concerned(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) concernedView {
	v := concernedView{head: s.head(dep, c, today, lang), Written: text(c.Report.Concerned)}
	for _, p := range c.Persons {
		if p.ID != dep.To.ID {
			continue
		}
		v.Over = short(p.Over)
		if p.Response != nil {
			v.Response = text(p.Response.Summary)
		}
	}
	v.Measures, v.NoMeasure = measures(c)
	satisfied, known := c.Satisfied()
	v.Settled = known && satisfied
	return v
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

func measures(c complaint.Case) (taken []value, none value) {
	for _, m := range c.Measures {
		if t := short(m.Text); t != "" {
			taken = append(taken, t)
		}
	}
	if len(taken) == 0 && c.NoMeasure != nil {
		none = short(c.NoMeasure.Reason)
	}
	return taken, none
}
