package complaint

import "testing"

func TestNamesHandler(t *testing.T) {
	handlers := []Handler{{Name: "Nanneke Tiel", Mail: "nanneke@praktijk.example"}, {Name: "Noor van der Berg", Mail: "noor@praktijk.example"}}
	for _, c := range []struct{ text, want string }{
		{"Ik heb een klacht over Nanneke Tiel.", "Nanneke Tiel"},
		{"nanneke tiel belde mij nooit terug", "Nanneke Tiel"},
		{"Mevrouw Tiel kwam te laat.", "Nanneke Tiel"},
		{"mw. N. Tiel was onbeleefd", "Nanneke Tiel"},
		{"Ik vond dat Nanneke niet luisterde.", "Nanneke Tiel"},
		{"Toen ik belde, zei Nanneke. Ik was boos.", "Nanneke Tiel"},
		{"De klacht gaat over Tiel, die mij uitlachte.", "Nanneke Tiel"},
		{"Beste mevrouw Van der Berg,\n\nDe afspraak met mevrouw Tiel ging niet door.", "Nanneke Tiel"},
		{"Mevrouw Van der Berg schreef mij een rare mail.", "Noor van der Berg"},
		{"Beste Nanneke,\n\nIk dien een klacht in over mijn coach.", ""},
		{"Geachte mevrouw Tiel,\n\nIk dien een klacht in.", ""},
		{"Dag Nanneke Tiel, ik dien een klacht in.", ""},
		{"De afspraak was in Tiel. De coach kwam niet.", ""},
		{"Ik woon aan de Waal 1, 4001 AB Tiel.", ""},
		{"De gemeente Tiel stuurde mij hierheen.", ""},
		{"Ik sprak met Nanneke de Wit en zij was boos.", ""},
		{"Ik sprak met Piet Tiel.", ""},
		{"Ik ben boos.\n\nMet vriendelijke groet,\nNanneke Tiel", ""},
		{"Ik ben niet tevreden over de cursus.", ""},
		{"", ""},
	} {
		h, ok := NamesHandler(Incoming{Text: c.text}, handlers)
		if ok != (c.want != "") || h.Name != c.want {
			t.Errorf("%q names %q, want %q", c.text, h.Name, c.want)
		}
	}
}
