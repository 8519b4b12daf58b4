package clerk

import "testing"

// To take back a mail about another case, one answers about that case: an earlier mail about this one stands.
func TestTakingBackIsAboutTheLastMail(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.mail(noor, "", "ja", o.complain(kim, "Mijn coach kwam niet."))
	o.until("3-11-2026 09:05")
	o.mail(noor, "", "#nieuw kanaal: brief ontvangen: 2-11 naam: P. de Wit adres: Dorpsstraat 5, 4001 AB Tiel over: niet teruggebeld", o.last(noor))
	here, there := o.last(noor), o.sent[len(o.sent)-2]
	o.until("3-11-2026 09:06")
	o.mail(noor, "", "#herstel", here)
	expect(t, o.last(noor), "Er is niets gedaan", "over een andere zaak")
	if o.theCase("K2026-0001").Registered == nil {
		t.Error("an earlier mail was taken back")
	}
	o.mail(noor, "", "#herstel", there)
	if o.theCase("K2026-0002").Registered != nil {
		t.Error("the last mail was not taken back where it belongs")
	}
}
