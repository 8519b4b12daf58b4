package letters

import (
	"reflect"
	"strings"
	"testing"

	"klachtd/calendar"
	"klachtd/complaint"
)

// unsaid are the texts of facts that a handler does not read back: what proves things to a program, what stands in the
// case anyway, and what a letter's own name says.
var unsaid = map[string]bool{
	"Opened": true, "Approved.Version": true, "Undone.Mail": true, "Printed.MessageID": true, "Sent.MessageID": true,
	"Undelivered.MessageID": true, "Merged.Case": false, "Filed.Kind": true, "Party.Lang": true, "Party.Role": true,
	"Sent.Letter": true, "Sent.Variant": true, "Printed.Letter": true, "Printed.Variant": true, "Undelivered.Letter": true,
	"Authority.State": true, "Judged.Finding": true, "Offered.Remedy": true, "Reached.Role": true, "Key.Case": true, "Key.Kind": true,
	"Attachment.Type": true, "Address.Name": false,
}

// filled is a body whose every text says where it stands. It returns those texts.
func filled(b complaint.Body) (complaint.Body, []string) {
	v := reflect.New(reflect.TypeOf(b)).Elem()
	var marks []string
	fill(v, &marks)
	return v.Interface().(complaint.Body), marks
}

func fill(v reflect.Value, marks *[]string) {
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name
		if unsaid[v.Type().Name()] || unsaid[name] {
			continue
		}
		switch f.Kind() {
		case reflect.String:
			mark := strings.ToLower(strings.ReplaceAll(name, ".", ""))
			f.SetString(mark)
			*marks = append(*marks, mark)
		case reflect.Struct:
			if f.Type() != reflect.TypeFor[calendar.Term]() {
				fill(f, marks)
			}
		case reflect.Slice:
			if f.Type().Elem().Kind() == reflect.Struct {
				f.Set(reflect.MakeSlice(f.Type(), 1, 1))
				fill(f.Index(0), marks)
			}
		}
	}
}

// TestEveryFactIsToldWhole walks all kinds of facts: each has words of its own in both languages, and whatever a person
// typed into it is read back.
func TestEveryFactIsToldWhole(t *testing.T) {
	c := complaint.Fold(richFacts())
	for _, lang := range languages {
		said := map[string]string{}
		for _, empty := range complaint.Bodies() {
			kind := complaint.KindOf(empty)
			words := FactWords(c, complaint.Fact{On: day(20), Body: empty}, lang)
			if words == "" || strings.Contains(words, "%!") {
				t.Errorf("%s %s: %q", lang, kind, words)
			}
			if other, ok := said[words]; ok {
				t.Errorf("%s: %s and %s are both %q", lang, kind, other, words)
			}
			said[words] = kind
			body, marks := filled(empty)
			words = FactWords(c, complaint.Fact{On: day(20), Body: body}, lang)
			for _, m := range marks {
				if !strings.Contains(words, m) {
					t.Errorf("%s %s does not say %s: %q", lang, kind, m, words)
				}
			}
		}
	}
}

// TestFactsNameWhoIsMeant: where several complain, words about one of them say which.
func TestFactsNameWhoIsMeant(t *testing.T) {
	facts := append(richFacts(), by(20, complaint.ComplainantAdded{Party: complaint.Party{Name: "Bo Smit", Mail: "bo@mail.example"}}))
	for i := range facts {
		facts[i].Seq = i + 1
	}
	c := complaint.Fold(facts)
	id := c.Complainants[1].ID
	for _, b := range []complaint.Body{complaint.Reacted{Party: id}, complaint.Thinking{Party: id}, complaint.Told{Party: id}, complaint.Offered{Party: id, Text: "x"},
		complaint.Resolved{Party: id}, complaint.Withdrawn{Party: id, Words: "x"}, complaint.Asked{Party: id, Questions: "x"}, complaint.Called{Party: id}, complaint.Reached{Party: id}} {
		if words := FactWords(c, by(20, b), "nl"); !strings.Contains(words, "Bo Smit") {
			t.Errorf("%s: %q", complaint.KindOf(b), words)
		}
	}
	if words := FactWords(c, by(20, complaint.Reacted{Satisfied: true}), "nl"); words != "de klagers zijn tevreden" {
		t.Errorf("of all: %q", words)
	}
}

// TestFactsGiveTheNumbersToType: what is done later by its number is told with it.
func TestFactsGiveTheNumbersToType(t *testing.T) {
	task := complaint.Committed{Text: "antwoorden op het verzoek", By: day(30), Internal: true}
	facts := append(richFacts(), by(20, complaint.Committed{Text: "bellen", By: day(27)}), by(20, task))
	c := complaint.Fold(facts)
	if got, want := FactWords(c, by(20, task), "nl"), "taak voor uzelf 2: antwoorden op het verzoek, uiterlijk maandag 30 november 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := FactWords(c, facts[len(richFacts())-1], "nl"); !strings.HasPrefix(got, "maatregel 1: ") {
		t.Errorf("%q", got)
	}
}
