package clerk

import (
	"slices"
	"testing"

	"klachtd/complaint"
	"klachtd/letters"
)

func TestACaseIsHandedOver(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	notice := o.complain(kim, "Mijn coach kwam niet.")
	o.mail(noor, "", "ja", notice)
	o.until("3-11-2026 09:20")
	o.mail(noor, "", "#draagover Ruud reden: vakantie", notice)
	if c := o.theCase("K2026-0001"); c.Handler != ruud {
		t.Fatalf("handled by %s", c.Handler)
	}
	got := o.last(ruud)
	expect(t, got, "Deze zaak is nu van u.", "Mijn coach kwam niet.")
	expect(t, o.last(noor), "Zaak K2026-0001 wordt nu behandeld door Ruud Bos.")
	silent(t, o.last(noor), "kwam niet", kim)
	o.mail(ruud, "", "#notitie ik bel morgen", got)
	if o.count("K2026-0001", "noted") != 1 {
		t.Error("the new handler has no token")
	}
	o.mail(noor, "", "#notitie nog iets", notice) // any configured handler with a token of the case may still command
	if o.count("K2026-0001", "noted") != 2 {
		t.Error("the old handler is not obeyed")
	}
	o.until("3-11-2026 09:50")
	expect(t, o.last(kim), "Ruud Bos") // the complainant is told who handles it now
	o.mail(kim, "", "Dank u.", o.last(kim))
	if l := o.last(ruud); l.Name != "message" {
		t.Errorf("the complainant's mail went elsewhere: %s", l.Name)
	}
	before := o.got(ruud, "daily")
	o.until("11-12-2026 09:00")
	if o.got(ruud, "daily") == before {
		t.Error("the substitute is not reminded of a case of their own")
	}
	if n := o.got(ruud, "substitute"); n != 0 {
		t.Errorf("asked %d times to take over a case of their own", n)
	}
}

func TestACaseIsHandedOverInAnswerToTheDailyMail(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	o.until("5-11-2026 09:00")
	o.mail(noor, "", "#zaak K2026-0001\n#klacht over: afspraak vergeten\n#draagover Ruud", o.letter(noor, "daily"))
	expect(t, o.letter(ruud, "notice"), "Deze zaak is nu van u.", "kwam niet")
	expect(t, o.last(noor), "wordt nu behandeld door Ruud Bos", "Wat u verder schreef, is vastgelegd.")
	silent(t, o.last(noor), "kwam niet", "vergeten", kim)
}

func TestTheSubstituteTakesOverWhatWaits(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	o.complain("bram@mail.example", "De workshop ging niet door.")
	o.mail("els@mail.example", "vraag", "Ik ben teleurgesteld dat niemand terugbelt.", letters.Letter{})
	o.until("10-11-2026 09:00")
	cover := o.last(ruud)
	expect(t, cover, "zaak K2026-0001", "zaak K2026-0002", "1 bericht dat misschien een klacht is")
	silent(t, cover, "kwam niet", "workshop", kim, "teleurgesteld", "els@")
	o.mail(noor, "", "1", cover) // somebody else's token
	if o.theCase("K2026-0001").Handler != noor {
		t.Fatal("a token of the substitute's works for another")
	}
	o.mail(ruud, "", "2 3", cover)
	if o.theCase("K2026-0002").Handler != ruud || o.theCase("K2026-0001").Handler != noor {
		t.Errorf("handled by %s and %s", o.theCase("K2026-0001").Handler, o.theCase("K2026-0002").Handler)
	}
	notice := o.letter(ruud, "notice")
	expect(t, notice, "De workshop ging niet door.")
	expect(t, o.letter(noor, "moved"), "Zaak K2026-0002 wordt nu behandeld door Ruud Bos.")
	which := o.letter(ruud, "daily")
	expect(t, which, "teleurgesteld")
	o.mail(ruud, "", "ja", which)
	if c := o.theCase("K2026-0003"); c.Handler != ruud || c.Registered == nil {
		t.Errorf("the possible complaint: %s, %v", c.Handler, c.Registered)
	}
	o.mail(ruud, "", "ja", notice)
	if o.theCase("K2026-0002").Registered == nil {
		t.Error("the notice has no token of the substitute's")
	}
	o.mail(ruud, "", "2", cover)
	expect(t, o.last(ruud), "behandelt u al")
}

// letter is the last letter of a name to somebody.
func (o *office) letter(to, name string) letters.Letter {
	o.t.Helper()
	for _, l := range slices.Backward(o.sent) {
		if l.To.Mail == to && l.Name == name {
			return l
		}
	}
	o.t.Fatalf("%s got no %s", to, name)
	return letters.Letter{}
}

func TestTheAlarmAddressIsAskedNothing(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	h := *o.House()
	h.Office.Handlers, h.AlarmTo = h.Office.Handlers[:1], "baas@coach.example"
	o.SetHouse(&h)
	o.complain(kim, "Mijn coach kwam niet.")
	o.until("10-11-2026 09:00")
	cover := o.last("baas@coach.example")
	expect(t, cover, "K2026-0001", "Neem contact op met de behandelaar")
	silent(t, cover, "Neemt u", "kwam niet", kim)
	o.mail("baas@coach.example", "", "ja", cover)
	if o.theCase("K2026-0001").Handler != noor {
		t.Error("the alarm address took a case over")
	}
}

// A complaint about the handler goes to the substitute, and nothing of it to her (procedure.md 2.4, scenario 4).
func TestAComplaintAboutTheHandlerGoesToTheSubstitute(t *testing.T) {
	o := newOffice(t, "18-1-2027 09:00")
	notice := o.complain(kim, "Mevrouw Tielman schreeuwde tegen mij in de gang.")
	expect(t, notice, "Uw naam staat in dit bericht", "#betrokkene ik")
	from := len(o.sent)
	o.mail(noor, "", "#betrokkene ik", notice)
	c := o.theCase("K2027-0001")
	if c.Handler != ruud || !c.Concerns(noor) {
		t.Fatalf("handled by %s; persons %+v", c.Handler, c.Persons)
	}
	expect(t, o.last(noor), "Zaak K2027-0001 wordt nu behandeld door Ruud Bos.", "U bent betrokkene in deze zaak.")
	expect(t, o.letter(ruud, "notice"), "schreeuwde")

	// What she orders is not done, whatever the token; her response is shown to the substitute.
	facts := len(o.theCase("K2027-0001").Facts)
	for _, order := range []string{"#ongegrond ik was rustig", "#geenklacht", "ja", "#draagover Noor Tielman", "#herstel", "#status", "#wacht"} {
		o.mail(noor, "", order, notice)
		if l := o.last(noor); l.Name != "moved" {
			t.Errorf("%q is answered with %s", order, l.Name)
		}
	}
	o.mail(noor, "[K2027-0001]", "#status", letters.Letter{}) // and without a token
	o.mail(noor, "", "#reactie Ik riep, omdat het brandalarm ging.", notice)
	expect(t, o.letter(ruud, "message"), "brandalarm")
	c = o.theCase("K2027-0001")
	for _, f := range c.Facts[facts:] {
		if _, ok := f.Body.(complaint.Filed); !ok {
			t.Errorf("she made the fact %s", complaint.KindOf(f.Body))
		}
	}
	o.mail(ruud, "", "#klacht", o.letter(ruud, "notice"))
	o.until("18-1-2027 09:20")
	o.mail(kim, "", "Gaat het nog door?", o.last(kim))
	o.mail(noor, "", "#overzicht", o.last(noor))
	o.until("25-2-2027 09:00")
	for _, l := range o.sent[from:] {
		if l.To.Mail == noor && l.ToHandler {
			silent(t, l, "schreeuwde", "Kim", kim, "Gaat het nog door", "Ontvangst van uw klacht")
		}
	}
}

func TestNamingHerselfByMistakeIsTakenBackAsAWhole(t *testing.T) {
	o := newOffice(t, "18-1-2027 09:00")
	notice := o.complain(kim, "Mijn coach kwam niet.")
	o.mail(noor, "", "#betrokkene Noor Tielman", notice)
	o.mail(ruud, "", "#herstel", o.letter(ruud, "notice"))
	if c := o.theCase("K2027-0001"); c.Handler != noor || len(c.Persons) != 0 {
		t.Errorf("handled by %s; persons %+v", c.Handler, c.Persons)
	}
	expect(t, o.letter(noor, "notice"), "Deze zaak is nu van u.")
}

// Without anybody who can stand in, it goes on; once somebody is configured, they get it before she decides anything more.
func TestWithoutASubstituteItGoesOn(t *testing.T) {
	o := newOffice(t, "18-1-2027 09:00")
	both := *o.House()
	alone := both
	alone.Office.Handlers = both.Office.Handlers[:1]
	o.SetHouse(&alone)
	notice := o.complain(kim, "Mevrouw Tielman schreeuwde.")
	o.mail(noor, "", "#betrokkene ik over: haar toon\n#reactie ik riep", notice)
	if c := o.theCase("K2027-0001"); !c.OwnMatter() {
		t.Errorf("handled by %s", c.Handler)
	}
	o.SetHouse(&both)
	o.mail(noor, "", "#ongegrond ik was rustig", o.last(noor))
	if c := o.theCase("K2027-0001"); c.Handler != ruud || c.Finding != "" {
		t.Errorf("handled by %s, found %q", c.Handler, c.Finding)
	}
}

// A new complaint in the thread of a case stays with who handled that one: she may be concerned in it.
func TestANewComplaintInAThreadStaysWithItsHandler(t *testing.T) {
	o := newOffice(t, "18-1-2027 09:00")
	notice := o.complain(kim, "Mevrouw Tielman schreeuwde.")
	o.mail(noor, "", "#betrokkene ik", notice)
	o.mail(ruud, "", "ja", o.letter(ruud, "notice"))
	o.until("18-1-2027 09:30")
	letter := o.last(kim)
	o.record("K2027-0001", complaint.Dismissed{Reason: "teruggenomen"})
	from := len(o.sent)
	o.mail(kim, "", "Ik dien opnieuw een klacht in: zij schreeuwde alweer.", letter)
	if c := o.theCase("K2027-0002"); c.Handler != ruud {
		t.Errorf("handled by %s", c.Handler)
	}
	for _, l := range o.sent[from:] {
		if l.To.Mail == noor {
			t.Errorf("she got %s", l.Name)
		}
	}
}

// A complaint about how a complaint was handled is for somebody else than who did; there is one such level.
func TestAComplaintAboutTheHandlingIsForSomebodyElse(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	id := o.ended()
	notice := o.complain(kim, "U hebt mijn klacht slecht behandeld.")
	o.mail(noor, "", "#categorie klachtbehandeling", notice)
	c := o.theCase("K2026-0002")
	if c.Handler != ruud || !slices.Contains(c.Linked, id) || !slices.Contains(o.theCase(id).Linked, "K2026-0002") {
		t.Errorf("handled by %s, linked with %v", c.Handler, c.Linked)
	}
	o.record("K2026-0002", complaint.Dismissed{Reason: "x"})
	again := o.complain(kim, "Ook Ruud heeft mij niet gehoord.")
	o.mail(noor, "", "#categorie klachtbehandeling", again)
	if c := o.theCase("K2026-0003"); c.Handler != noor {
		t.Errorf("a second level went to %s", c.Handler)
	}
	expect(t, o.last(noor), "#doorverwijzen")
}
