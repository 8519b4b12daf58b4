package letters

import (
	"slices"
	"strings"
	"unicode"

	"klachtd/calendar"
	"klachtd/complaint"
)

// complainant makes the view of every letter to the complainant.
func (s *Set) complainant(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) complainantView {
	v := complainantView{head: s.head(dep, c, today, lang)}
	s.describe(&v, c, lang)
	s.articles(&v, dep, c, lang)
	v.decline(c, lang)
	v.outcome(c, today, lang)
	n := namer{own: " " + bare(c.Opening.Subject+" "+beginning(c.Opening.Words, maxText)) + " ", lang: lang}
	v.Heard, v.Person = n.heard(c), value(n.all(c.Persons))
	v.Done, v.Next = done(c, n), next(c, n)
	v.Unfinished = dep.Variant == complaint.VariantUnfinished
	v.WithReport = dep.Variant == complaint.VariantWithReport
	v.unname(c, n)
	return v
}

// describe fills the short description (article 2): the handler's fields, else the complainant's own words, else neither
// when the mail may not be from the complainant.
func (s *Set) describe(v *complainantView, c complaint.Case, lang string) {
	d := c.Described
	v.About, v.EventDate = short(d.About), short(d.EventDate)
	v.Place, v.Particulars = short(d.Place), short(d.Particulars)
	v.Handling = short(d.Handling)
	if v.About == "" && !c.Opening.Doubtful {
		v.Topic = telling(cut(maskQuote(cleanLine(c.Opening.Subject, maxLine), lang), maxName))
		v.Words = telling(cut(maskQuote(cleanLines(c.Opening.Words, 4*maxExcerpt), lang), maxExcerpt))
	}
}

// articles fills what the regulation promises: dates, commissioner, privacy.
func (s *Set) articles(v *complainantView, dep complaint.Departure, c complaint.Case, lang string) {
	t := c.Opening.Terms
	expected := c.Described.Expected
	if expected.IsZero() {
		expected = c.Received.AddWeeks(t.Confirmation)
	}
	v.Expected = value(expected.Full(lang))
	v.DeclineBy = value(c.Received.AddWeeks(t.Decision).Full(lang))
	v.Accepted = len(c.Persons) > 0 || c.NoPerson != nil || c.Finding != "" || len(c.Offers) > 0
	v.Promised = moving(dep.Promised.Full(lang))
	if before := lastPromise(c); !before.IsZero() && dep.Promised > before {
		v.Postponed = moving(postponed.In(lang))
	}
	v.Regulation = web(s.office.RegulationURL)
	kept, _ := s.office.retention()
	v.Retention = fixed(kept.In(lang))
	v.Commissioner = fixed(generalCommissioner.In(lang))
	if all := s.office.Commissioners; len(all) == 1 {
		v.Commissioner = fixed(cleanLine(all[0].Name, maxName))
	}
	for _, com := range s.office.Commissioners {
		v.Commissioners = append(v.Commissioners, commissioner{
			fixed(cleanLine(com.Name, maxName)), fixed(cleanLine(com.Address, maxLine)), mail(com.Email), phone(com.Phone), web(com.URL),
		})
	}
}

var postponed = complaint.Words{
	NL: "Dat is later dan wij eerder schreven. Wij hebben meer tijd nodig om uw klacht zorgvuldig te behandelen.",
	EN: "That is later than we wrote before. We need more time to handle your complaint with care.",
}

var generalCommissioner = complaint.Words{
	NL: "de opdrachtgever, bijvoorbeeld uw gemeente of werkgever",
	EN: "the organisation that hired us, for example your municipality or employer",
}

// lastPromise is the latest date a letter promised the complainant.
func lastPromise(c complaint.Case) calendar.Date {
	var last calendar.Date
	for _, f := range arrived(c) {
		last = max(last, f.Body.(complaint.Sent).Promised)
	}
	return last
}

func (v *complainantView) decline(c complaint.Case, lang string) {
	if c.Declined == nil {
		return
	}
	d := c.Declined.Body.(complaint.Declined)
	reason, referral := ground(d.Ground)
	v.GroundReason, v.GroundReferral = value(reason.In(lang)), value(referral.In(lang))
	v.GroundText = text(d.Text)
}

// ground is the reason and the referral of a ground of non-acceptance, in the words of the letter.
func ground(n int) (reason, referral complaint.Words) {
	if n < 1 || n > len(complaint.Grounds) {
		return complaint.Words{}, complaint.Words{}
	}
	g := complaint.Grounds[n-1]
	return g.Reason, g.Referral
}

// outcome fills finding, offers, reactions, measures and the report (articles 4 to 7).
func (v *complainantView) outcome(c complaint.Case, today calendar.Date, lang string) {
	t := c.Opening.Terms
	for _, o := range c.Offers {
		v.Offers = append(v.Offers, offered(o, lang))
	}
	if c.NoOffer != nil {
		v.NoOffer = text(c.NoOffer.Body.(complaint.NoOffer).Reason)
	}
	satisfied, known := c.Satisfied()
	v.Satisfied, v.Opposed = known && satisfied, known && !satisfied
	switch {
	case v.Satisfied:
		v.Outcome = "accepted"
	case c.NoOffer != nil || len(c.Offers) == 0:
		v.Outcome = "no_offer"
	case v.Opposed:
		v.Outcome = "declined"
	default:
		v.Outcome = "thinking"
	}
	if n := len(c.Reactions); n > 0 {
		last := c.Reactions[n-1]
		v.Reaction = text(last.Body.(complaint.Reacted).Words)
		v.OfferBy = value(max(last.On.AddWeeks(t.NewOffer), today.AddDays(1)).Full(lang))
	}
	v.ReportBy = value(c.ResolvedOn.AddWeeks(t.Report).Full(lang))
	v.Measures, v.NoMeasure = measures(c)
	v.Written = text(c.Report.Complainant)
	v.NoPerson = c.NoPerson != nil
}

func offered(o complaint.Offer, lang string) offer {
	made := offer{On: value(o.On.Long(lang)), Text: text(o.Text)}
	if o.Reaction != nil {
		r := o.Reaction.Body.(complaint.Reacted)
		made.HasReacted, made.Satisfied = true, r.Satisfied
		made.ReactedOn, made.Reaction = value(o.Reaction.On.Long(lang)), text(r.Words)
	}
	return made
}

// A namer names persons concerned in a letter to the complainant, but only those whom the complainant named: else nobody
// learns a name from us.
type namer struct {
	own  string // the complainant's own words, as bare makes them, between spaces
	lang string
}

var (
	person    = complaint.Words{NL: "de medewerker over wie u klaagt", EN: "the person you complain about"}
	persons   = complaint.Words{NL: "de medewerkers over wie u klaagt", EN: "the people you complain about"}
	anonymous = complaint.Words{NL: "de medewerker", EN: "the member of staff"}
)

func (n namer) name(p complaint.Person) string {
	parts, _, ok := nameParts(p.Name)
	if name := strings.Join(parts, " "); ok && n.named(name) {
		return name
	}
	return person.In(n.lang)
}

// named says whether the whole name, or its first and its last part, stand in the complainant's own words.
func (n namer) named(name string) bool {
	parts := strings.Fields(bare(name))
	if len(parts) == 0 {
		return false
	}
	has := func(s string) bool { return strings.Contains(n.own, " "+s+" ") }
	return has(strings.Join(parts, " ")) || len(parts) > 1 && has(parts[0]) && has(parts[len(parts)-1])
}

// all is how a letter speaks of the persons concerned together.
func (n namer) all(who []complaint.Person) string {
	switch len(who) {
	case 0:
		return person.In(n.lang)
	case 1:
		return n.name(who[0])
	}
	return persons.In(n.lang)
}

// heard lists what the persons concerned said, as far as the complainant may read it.
func (n namer) heard(c complaint.Case) []heard {
	say := func(who string, r *complaint.Response) heard {
		h := heard{Who: value(who), Private: r != nil && r.Private}
		if r != nil && !r.Private {
			h.Summary = text(r.Summary)
		}
		return h
	}
	var all []heard
	for _, p := range c.Persons {
		all = append(all, say(n.name(p), p.Response))
	}
	if len(c.Persons) == 0 && c.Response != nil {
		all = append(all, say(person.In(n.lang), c.Response))
	}
	return all
}

// bare is text as lower-case words with single spaces between them.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(visible(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// unname replaces the names of persons concerned whom the complainant did not name in what the handler wrote.
func (v *complainantView) unname(c complaint.Case, n namer) {
	var hide []string
	for _, p := range c.Persons {
		name := cleanLine(p.Name, maxName)
		if strings.Contains(name, " ") && !n.named(name) {
			hide = append(hide, name)
		}
	}
	if len(hide) == 0 {
		return
	}
	fields := []*value{&v.Handling, &v.About, &v.Particulars, &v.Reason, &v.NoOffer, &v.Reaction, &v.NoMeasure, &v.Written, &v.GroundText}
	for i := range v.Heard {
		fields = append(fields, &v.Heard[i].Summary)
	}
	for i := range v.Offers {
		fields = append(fields, &v.Offers[i].Text, &v.Offers[i].Reaction)
	}
	for i := range v.Measures {
		fields = append(fields, &v.Measures[i])
	}
	for _, f := range fields {
		for _, name := range hide {
			*f = value(replaceName(string(*f), name, anonymous.In(n.lang)))
		}
	}
}

// replaceName replaces every occurrence of a name, whatever its letter case, with a capital where a sentence begins.
func replaceName(s, name, with string) string {
	lower, name := strings.ToLower(s), strings.ToLower(name)
	if len(lower) != len(s) { // a letter whose lower case is longer: compare as written
		lower = s
	}
	var b strings.Builder
	for {
		i := strings.Index(lower, name)
		if i < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i])
		if before := strings.TrimSpace(b.String()); before == "" || strings.ContainsAny(before[len(before)-1:], ".?!\n") {
			b.WriteString(strings.ToUpper(with[:1]) + with[1:])
		} else {
			b.WriteString(with)
		}
		s, lower = s[i+len(name):], lower[i+len(name):]
	}
}

// done lists what was undertaken since receipt (article 5), each with its day, as the complainant knows it.
func done(c complaint.Case, n namer) []event {
	type dated struct {
		on   calendar.Date
		what string
	}
	var all []dated
	add := func(on calendar.Date, nl, en string) {
		if !on.IsZero() {
			all = append(all, dated{on, complaint.Words{NL: nl, EN: en}.In(n.lang)})
		}
	}
	add(c.Received, "wij ontvingen uw klacht", "we received your complaint")
	for _, f := range arrived(c) {
		if w, told := didSend(f.Body.(complaint.Sent)); told {
			add(f.On, w.NL, w.EN)
		}
	}
	for _, f := range c.Calls {
		if f.Body.(complaint.Called).NoAnswer {
			add(f.On, "wij belden u, maar kregen geen gehoor", "we phoned you, but nobody answered")
		} else {
			add(f.On, "wij belden met u", "we spoke with you on the phone")
		}
	}
	for _, p := range c.Persons {
		if r := p.Response; r != nil && r.Summary != "" {
			add(r.On, "wij hoorden "+n.name(p), "we heard "+n.name(p))
		}
	}
	if r := c.Response; r != nil && r.Summary != "" {
		add(r.On, "wij hoorden "+person.NL, "we heard "+person.EN)
	}
	add(c.JudgedOn, "wij beslisten over uw klacht", "we decided on your complaint")
	for _, o := range c.Offers {
		add(o.On, "wij deden u een voorstel", "we made you an offer")
	}
	for _, f := range c.Reactions {
		add(f.On, "u gaf uw reactie", "you gave your reaction")
	}
	if c.NoOffer != nil {
		add(c.NoOffer.On, "wij besloten u geen (nieuw) voorstel te doen", "we decided not to make you a (new) offer")
	}
	slices.SortStableFunc(all, func(a, b dated) int { return int(a.on) - int(b.on) })
	events := make([]event, 0, len(all))
	for _, d := range all {
		events = append(events, event{value(d.on.Long(n.lang)), value(d.what)})
	}
	return events
}

// arrived lists the letters that did not come back.
func arrived(c complaint.Case) []complaint.Fact {
	returned := map[string]bool{}
	for _, f := range c.Facts {
		if u, ok := f.Body.(complaint.Undelivered); ok {
			returned[u.MessageID] = true
		}
	}
	var all []complaint.Fact
	for _, f := range c.Facts {
		if s, ok := f.Body.(complaint.Sent); ok && !returned[s.MessageID] {
			all = append(all, f)
		}
	}
	return all
}

// didSend says what a letter to the complainant did; told is false for letters to others.
func didSend(s complaint.Sent) (what complaint.Words, told bool) {
	switch s.Letter {
	case complaint.LetterAcknowledgement:
		return complaint.Words{NL: "wij bevestigden de ontvangst van uw klacht", EN: "we confirmed that we received your complaint"}, true
	case complaint.LetterProgress:
		return complaint.Words{NL: "wij schreven u hoe het met uw klacht stond", EN: "we wrote to you where we were with your complaint"}, true
	case complaint.LetterConfirmation:
		if s.Variant == complaint.VariantUnfinished {
			return complaint.Words{NL: "wij schreven u dat wij meer tijd nodig hadden", EN: "we wrote to you that we needed more time"}, true
		}
		return complaint.Words{NL: "wij bevestigden u wat er is gedaan", EN: "we confirmed to you what was done"}, true
	}
	return complaint.Words{}, false
}

// next lists the steps that follow (article 3).
func next(c complaint.Case, n namer) []value {
	var all []value
	add := func(nl, en string) { all = append(all, value(complaint.Words{NL: nl, EN: en}.In(n.lang))) }
	if !c.Heard() && c.Finding == "" {
		who := n.all(c.Persons)
		add("Wij vragen "+who+" om een reactie.", "We ask "+who+" to respond.")
	}
	if c.Finding == "" {
		add("Wij beslissen of uw klacht gegrond is. Gegrond betekent: wij geven u gelijk.",
			"We decide whether your complaint is upheld. That means that we agree with you.")
	}
	satisfied, reacted := c.Satisfied()
	switch {
	case len(c.Offers) == 0 && c.NoOffer == nil:
		add("Wij bellen u met de uitkomst en bespreken een oplossing.", "We phone you with the outcome and discuss a solution.")
	case reacted && !satisfied && c.NoOffer == nil:
		add("Wij bekijken of wij u een nieuw voorstel kunnen doen.", "We consider whether we can make you a new offer.")
	case !reacted:
		add("Wij horen graag wat u van de uitkomst vindt.", "We would like to hear what you think of the outcome.")
	}
	add("U krijgt de uitkomst ook op schrift.", "You also get the outcome in writing.")
	return all
}
