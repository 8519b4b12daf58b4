package complaint

import (
	"slices"
	"sync"

	"klachtd/calendar"
)

// specialStages are cases with something in them that the ordinary case has not.
var specialStages = sync.OnceValue(func() map[string][]Fact {
	begin := func(at string, change func(*Opened), bodies ...Body) *file {
		f := opened(at + " 10:14")
		o := f.facts[0].Body.(Opened)
		if change != nil {
			change(&o)
		}
		f.facts[0].Body = o
		return f.says(at+" 10:30", append([]Body{Registered{}}, bodies...)...)
	}
	judged := []Body{NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "De afspraak is vergeten."}}
	offer := append(judged[:2:2], Offered{Text: "excuses"})
	jan := ComplainantAdded{Party: Party{Name: "Jan Smit", Mail: "jan@klager.example", Phone: "0344 654321"}}
	phone := func(o *Opened) { o.Complainant.Phone = "0344 123456" }
	paper := func(o *Opened) { o.Complainant.Mail, o.Complainant.Post = "", "Kerkstraat 1, 4001 AB Tiel" }
	extendable := func(consent bool) func(*Opened) {
		return func(o *Opened) {
			o.Terms.Extension = Extension{Term: calendar.Term{N: 4, Unit: calendar.Weeks}, Consent: consent}
		}
	}
	print := func(id, letter string, keys ...Key) Printed {
		return Printed{Letter: letter, Meets: keys, MessageID: id}
	}
	key := func(kind Kind) Key { return Key{"K2026-0001", kind, 1, 1} }
	closed := func() *file { return &file{slices.Clone(otherStages()["closed"])} }
	noAnswer := Called{NoAnswer: true}
	return map[string][]Fact{
		"long offered":        begin("2026-10-20", nil, offer...).facts,
		"silent":              begin("2026-10-20", nil, offer...).says("2026-11-10 10:00", noAnswer).facts,
		"thinking":            begin("2026-10-20", nil, append(offer[:3:3], Thinking{Until: day("2026-11-30")})...).says("2026-11-10 10:00", noAnswer).facts,
		"no offer":            begin("2026-11-03", nil, append(judged[:2:2], NoOffer{Reason: "niet gevraagd"})...).facts,
		"committed":           begin("2026-11-03", nil, append(offer[:3:3], Committed{Text: "rapport toesturen", By: day("2026-12-01")})...).facts,
		"two commitments":     begin("2026-11-03", nil, append(offer[:3:3], Committed{Text: "rapport toesturen", By: day("2026-12-01")}, Committed{Text: "bellen over de planning", By: day("2026-12-08")})...).facts,
		"measure":             begin("2026-11-03", nil, append(offer[:3:3], MeasureTaken{Text: "herinnering de dag ervoor"})...).facts,
		"two complainants":    begin("2026-11-03", nil, append([]Body{jan}, judged...)...).facts,
		"two were offered":    begin("2026-11-03", nil, append([]Body{jan}, offer...)...).facts,
		"phone":               begin("2026-11-03", phone, judged...).facts,
		"phone, twice":        begin("2026-11-03", phone, judged...).says("2026-11-16 10:00", noAnswer).says("2026-11-17 10:00", noAnswer, noAnswer).facts,
		"phone, three times":  begin("2026-11-03", phone, judged...).says("2026-11-16 10:00", noAnswer).says("2026-11-17 10:00", noAnswer).says("2026-11-18 10:00", noAnswer).facts,
		"second offer":        begin("2026-11-03", nil, append(offer[:3:3], Reacted{Score: 2}, Offered{Text: "bloemen"}, Reacted{Score: 2})...).facts,
		"representative":      begin("2026-11-03", nil, Authority{State: AuthorityAsked, Of: "Piet de Wit"}).facts,
		"extendable":          begin("2026-11-03", extendable(false)).facts,
		"extendable, consent": begin("2026-11-03", extendable(true)).facts,
		"extended":            begin("2026-11-03", extendable(true), Extended{To: day("2027-01-12"), Reason: "ziekte"}).facts,
		"extendable, late":    begin("2026-10-01", extendable(true)).facts,
		"printed":             begin("2026-11-03", paper).add("2026-11-13 08:30", ByProgram, print("p1", LetterAcknowledgement, key(Acknowledgement))).facts,
		"two printed": begin("2026-11-03", paper, ProgressOrdered{}).
			add("2026-11-13 08:30", ByProgram, print("p1", LetterAcknowledgement, key(Acknowledgement)), print("p2", LetterProgress, key(Progress))).facts,
		"withdrawn":   begin("2026-11-03", nil, PersonNamed{Person: sanne}, Responded{Summary: "Zij erkent het."}, Withdrawn{Words: "laat maar zitten"}).facts,
		"merged":      begin("2026-11-03", nil, MergedInto{Case: "K2026-0002"}).facts,
		"own matter":  begin("2026-11-03", nil, PersonNamed{Person: Party{Name: "Noor Tielman", Mail: string(noor)}}).facts,
		"own, heard":  begin("2026-11-03", nil, PersonNamed{Person: Party{Name: "Noor Tielman", Mail: string(noor)}}, Responded{Summary: "Ik herken dit niet."}).facts,
		"wrote again": closed().add("2026-11-16 09:00", ByComplainant, Filed{Kind: FromPerson, From: Address{Mail: "kim@klager.example"}}).facts,
		"points": begin("2026-11-03", nil, PersonNamed{Person: sanne}, PersonNamed{Person: Party{Name: "Joris van Dam", Mail: "joris@praktijk.example"}},
			Responded{Person: 2, Summary: "Zij erkent het."}, NoResponse{Person: 3, Reason: "ziek"}).facts,
		"no address": begin("2026-11-03", func(o *Opened) { o.Complainant.Mail = "" }).facts,
		"test":       begin("2026-11-03", nil, MarkedTest{}).facts,
	}
})
