package complaint

import (
	"reflect"
	"testing"

	"klachtd/calendar"
	"pgregory.net/rapid"
)

// bodies are the facts that a handler's words make, each with anything it can hold. What is likelier stands there more than once.
var bodies = []func(*story) Body{
	func(s *story) Body { return Registered{} },
	func(s *story) Body { return Registered{} },
	func(s *story) Body {
		return Described{About: s.text(), Place: s.text(), Expected: s.day(), Commissioner: s.text()}
	},
	func(s *story) Body { return ComplainantAdded{s.party(RoleComplainant)} },
	func(s *story) Body {
		return Authority{pick(s, "authority", AuthorityAsked, AuthorityGiven, AuthorityRefused, AuthorityNotNeeded), s.text()}
	},
	func(s *story) Body { return Dismissed{s.text()} },
	func(s *story) Body { return ResolvedAtOnce{s.text()} },
	func(s *story) Body { return ReceiptMoved{s.today().AddDays(-s.IntRange(0, 40, "R")), s.text()} },
	func(s *story) Body {
		return Reached{Party: s.number(), Name: s.text(), Mail: s.mail(), Post: s.text(), Anonymous: s.chance(5)}
	},
	func(s *story) Body { return Asked{s.number(), s.text(), s.day(), s.chance(3)} },
	func(s *story) Body { return ProgressOrdered{s.text(), s.day()} },
	func(s *story) Body { return Extended{s.day(), s.text(), s.chance(2)} },
	func(s *story) Body { return Called{NoAnswer: s.chance(3), Told: s.chance(2), Party: s.number()} },
	func(s *story) Body { return PersonNamed{s.party(RolePersonConcerned), s.text(), s.text()} },
	func(s *story) Body { return PersonNamed{s.party(RolePersonConcerned), "te laat komen", ""} },
	func(s *story) Body { return PersonNamed{Person: s.party(RoleWitness)} },
	func(s *story) Body { return NoPersonConcerned{s.text()} },
	func(s *story) Body { return Responded{s.number(), "Zij erkent het.", s.chance(3)} },
	func(s *story) Body { return NoResponse{s.number(), s.text()} },
	func(s *story) Body { return s.judged() },
	func(s *story) Body { return s.judged() },
	func(s *story) Body { return Weighed{s.text(), s.text(), s.text()} },
	func(s *story) Body { return Offered{s.text(), Redress, s.number(), s.chance(4)} },
	func(s *story) Body { return Offered{Text: "excuses"} },
	func(s *story) Body { return NoOffer{s.text()} },
	func(s *story) Body { return Reacted{s.chance(2), s.IntRange(0, 5, "score"), s.text(), s.number()} },
	func(s *story) Body { return Reacted{Satisfied: s.chance(2)} },
	func(s *story) Body { return Thinking{s.day(), s.number()} },
	func(s *story) Body { return Told{s.text(), s.number()} },
	func(s *story) Body { return Resolved{s.text(), s.number()} },
	func(s *story) Body { return ReportWritten{s.text(), s.text()} },
	func(s *story) Body { return MeasureTaken{s.text(), s.text(), s.day()} },
	func(s *story) Body { return MeasureDone{s.number(), s.text()} },
	func(s *story) Body { return NoMeasure{s.text()} },
	func(s *story) Body { return Committed{s.text(), s.text(), s.day(), s.chance(4)} },
	func(s *story) Body { return CommitmentMoved{s.number(), s.day(), s.text()} },
	func(s *story) Body { return CommitmentKept{s.number(), s.text()} },
	func(s *story) Body { return Referred{s.text(), s.chance(3), s.text()} },
	func(s *story) Body { return Withdrawn{s.text(), s.number()} },
	func(s *story) Body {
		return Reopened{s.text(), s.today().AddDays(-s.IntRange(0, 5, "from")), s.chance(4), s.IntRange(0, 3, "party")}
	},
	func(s *story) Body { return MergedInto{"K2026-0002"} },
	func(s *story) Body { return Merged{"K2026-0003", s.today().AddDays(-s.IntRange(0, 30, "R")), s.text()} },
	func(s *story) Body { return Linked{"K2026-0004"} },
	func(s *story) Body {
		return HandedOver{pick(s, "to", "pieter@praktijk.example", string(noor), s.mail()), s.text()}
	},
	func(s *story) Body { return Confided{s.text()} },
	func(s *story) Body { return Categorised{s.text()} },
	func(s *story) Body { return Retained{s.text()} },
	func(s *story) Body { return Forced{s.text(), s.text()} },
	func(s *story) Body { return MarkedTest{} },
	func(s *story) Body { return Rewritten{s.keys(), s.text()} },
	func(s *story) Body { return Declined{s.IntRange(0, 9, "ground"), s.text()} },
	func(s *story) Body { return Held{s.day()} },
	func(s *story) Body { return Released{} },
	func(s *story) Body { return Noted{s.text(), s.chance(6)} },
}

// afterwards are the facts that a handler may still make of a case that ended otherwise.
var afterwards = []func(*story) Body{
	func(s *story) Body { return Registered{} },
	func(s *story) Body { return Reopened{s.text(), s.today(), s.chance(4), s.IntRange(0, 3, "party")} },
	func(s *story) Body { return Called{Told: s.chance(2)} },
	func(s *story) Body { return Noted{Text: s.text()} },
	func(s *story) Body { return MeasureDone{s.number(), s.text()} },
	func(s *story) Body { return CommitmentKept{s.number(), s.text()} },
	func(s *story) Body { return Linked{"K2026-0004"} },
}

// body is something a handler says; of a case that ended otherwise only what may be said of it, unless the story is wild.
func (s *story) body() Body {
	c := s.fold()
	switch {
	case s.wild || c.endedOtherwise() == (Words{}) && c.Declined == nil:
		return pick(s, "says", bodies...)(s)
	case c.MergedInto != "" || c.declinedAndTold(): // only a reopening takes this back
		return pick(s, "says after the end", afterwards[1:]...)(s)
	}
	return pick(s, "says after the end", afterwards...)(s)
}

func (s *story) judged() Body {
	return Judged{pick(s, "finding", Upheld, PartlyUpheld, NotUpheld, NoFinding), s.text(), pick(s, "point", 0, 0, 0, 1, 2), s.text(), s.number()}
}

// number is that of a party, a point, a measure or a commitment; often 0, sometimes of none.
func (s *story) number() int { return pick(s, "number", 0, 0, 0, 1, 1, 2, 3, 4, 9, -1) }

func (s *story) party(role Role) Party {
	p := Party{
		ID: pick(s, "party", 0, 0, 0, 0, 1, 2, 3), Role: role, Name: pick(s, "name", "Kim Verbeek", "Sanne Bos", "Piet Blom", "Ans", ""),
		Mail: s.mail(), Lang: pick(s, "lang", "", "nl", "en"),
	}
	if s.chance(3) {
		p.Post = "Kerkstraat 1, 4001 AB Tiel"
	}
	return p
}

func (s *story) mail() string {
	return pick(s, "mail", "kim@klager.example", "kim@klager.example", "sanne@firma.example", "piet@firma.example", string(noor), "")
}

func (s *story) text() string { return pick(s, "text", "woorden", "andere woorden", "") }

// day is a day ahead, or one that has passed, or none.
func (s *story) day() calendar.Date {
	if s.chance(3) {
		return 0
	}
	return s.today().AddDays(s.IntRange(-20, 90, "day"))
}

func (s *story) letter() string {
	return pick(s, "letter", LetterAcknowledgement, LetterNonAcceptance, LetterProgress, LetterConfirmation, LetterReportComplainant, LetterReportConcerned, "no_letter")
}

func (s *story) variant() string {
	return pick(s, "variant", VariantFull, VariantUnfinished, VariantWithReport)
}

// keys are duties of the case and duties of none.
func (s *story) keys() []Key {
	var keys []Key
	for range s.IntRange(1, 3, "keys") {
		keys = append(keys, Key{"K2026-0001", pick(s, "kind", Kinds()...), s.IntRange(0, 4, "party"), s.IntRange(0, 3, "round")})
	}
	return keys
}

// Every kind of fact happens in the stories; a new one has to be given its place in them.
func TestStoriesKnowEveryKindOfFact(t *testing.T) {
	met := map[reflect.Type]bool{}
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		for _, say := range bodies {
			met[reflect.TypeOf(say(s))] = true
		}
	})
	byOthers := []Body{Opened{}, Approved{}, Undone{}, Filed{}, Sent{}, Undelivered{}, Printed{}, Posted{}} // acts of their own
	for _, b := range byOthers {
		met[reflect.TypeOf(b)] = true
	}
	for name, kind := range kinds {
		if !met[kind] {
			t.Errorf("no story has a fact %q", name)
		}
	}
}
