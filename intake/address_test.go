package intake

import (
	"slices"
	"testing"

	"klachtd/complaint"
)

func TestAddresses(t *testing.T) {
	one := func(name, mail string) []complaint.Address { return []complaint.Address{{Name: name, Mail: mail}} }
	tests := []struct {
		value  string
		want   []complaint.Address
		strict bool
	}{
		{"", nil, true},
		{"jan@example.nl", one("", "jan@example.nl"), true},
		{"Jan de Vries <jan@example.nl>", one("Jan de Vries", "jan@example.nl"), true},
		{`"Vries, Jan de" <jan@example.nl>`, one("Vries, Jan de", "jan@example.nl"), true},
		{"Vries, Jan de <jan@example.nl>", one("Vries, Jan de", "jan@example.nl"), false},
		{"Jan [zorg] <jan@example.nl>", one("Jan [zorg]", "jan@example.nl"), false},
		{"Jan: de Vries <jan@example.nl>", one("Jan: de Vries", "jan@example.nl"), false},
		{"jan@example.nl <jan@example.nl>", one("jan@example.nl", "jan@example.nl"), false},
		{"<jan@example.nl", one("", "jan@example.nl"), false},
		{"Jan <mailto:jan@example.nl>", one("Jan", "jan@example.nl"), false},
		{"jan@example.nl (Jan de Vries)", one("Jan de Vries", "jan@example.nl"), true},
		{"=?utf-8?Q?Ren=C3=A9e?= <r@example.nl>", one("Renée", "r@example.nl"), true},
		{`"=?utf-8?Q?Ren=C3=A9e?=" <r@example.nl>`, one("Renée", "r@example.nl"), true},
		{"=?iso-8859-1?Q?Ren=E9e?= <r@example.nl>", one("Renée", "r@example.nl"), true},
		{"=?x-klingon?Q?Ren?= <r@example.nl>", one("Ren", "r@example.nl"), true},
		{"Ren\xe9e <r@example.nl>", one("Renée", "r@example.nl"), true},
		{"Renée <r@example.nl>", one("Renée", "r@example.nl"), true},
		{"MAILER-DAEMON <>", one("MAILER-DAEMON", ""), false},
		{"a@example.nl b@example.nl", one("a@example.nl b@example.nl", ""), false},
		{"jan@", one("jan@", ""), false},
		{"jan@x@y.nl", one("jan@x@y.nl", ""), false},
		{"Jan <jan@example.nl\x00.evil>", one("Jan", ""), false},
		{"a@x.nl; b@y.nl", []complaint.Address{{Mail: "a@x.nl"}, {Mail: "b@y.nl"}}, false},
		{"a@x.nl, b@y.nl", []complaint.Address{{Mail: "a@x.nl"}, {Mail: "b@y.nl"}}, true},
		{"=?utf-8?q?nanneke=40optimum.example?=@evil.example", one("", "=?utf-8?q?nanneke=40optimum.example?=@evil.example"), true},
	}
	for _, test := range tests {
		got, strict := parseAddresses(test.value)
		if !slices.Equal(got, test.want) || strict != test.strict {
			t.Errorf("%q: got %q, strict %v, want %q, %v", test.value, got, strict, test.want, test.strict)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	tests := []struct {
		value string
		want  []string
	}{
		{"<a@b>", []string{"a@b"}},
		{"<a@b> <c@d>", []string{"a@b", "c@d"}},
		{"<a@b><c@d>", []string{"a@b", "c@d"}},
		{"your mail of Monday <a@b>", []string{"a@b"}},
		{"a@b", []string{"a@b"}},
		{"a@b, c@d", []string{"a@b", "c@d"}},
		{"bare", []string{"bare"}},
		{"no id at all", nil},
		{"<>", nil},
		{"\x00", nil},
		{"<a b@c>", []string{"ab@c"}},
		{"=?utf-8?q?=3Ca=40b=3E?=", []string{"a@b"}},
		{"<1@a> <2@a> <3@a> <4@a>", []string{"2@a", "3@a", "4@a"}},
	}
	for _, test := range tests {
		if got := messageIDs(test.value, 3); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, want %q", test.value, got, test.want)
		}
	}
}
