package letters

import (
	"testing"

	"klachtd/complaint"
)

// TestSalutation goes through procedure.md 3.1: no guess at a gender, and no name that is not sure.
func TestSalutation(t *testing.T) {
	for _, c := range []struct{ name, mail, nl, en string }{
		{"Kim Verbeek", "kim@mail.example", "Beste Kim Verbeek,", "Dear Kim Verbeek,"},
		{"Jan de Vries", "j@mail.example", "Beste Jan de Vries,", "Dear Jan de Vries,"},
		{"Vries, Jan de", "j@mail.example", "Beste Jan de Vries,", "Dear Jan de Vries,"},
		{"Berg, A.B. van den", "j@mail.example", "Beste A.B. van den Berg,", "Dear A.B. van den Berg,"},
		{"Vries, Jan de (UWV)", "j@mail.example", "Beste Jan de Vries,", "Dear Jan de Vries,"},
		{`"Kim Verbeek"`, "", "Beste Kim Verbeek,", "Dear Kim Verbeek,"},
		{"KIM VERBEEK", "", "Beste Kim Verbeek,", "Dear Kim Verbeek,"},
		{"JAN VAN DER BERG", "", "Beste Jan van der Berg,", "Dear Jan van der Berg,"},
		{"kim verbeek", "", "Beste Kim Verbeek,", "Dear Kim Verbeek,"},
		{"IJSBRAND VAN 'T HOF", "", "Beste IJsbrand van 't Hof,", "Dear IJsbrand van 't Hof,"},
		{"IJsbrand 't Hart", "", "Beste IJsbrand 't Hart,", "Dear IJsbrand 't Hart,"},
		{"Lucia D'Angelo", "", "Beste Lucia D'Angelo,", "Dear Lucia D'Angelo,"},
		{"LUCIA D'ANGELO", "", "Beste Lucia D'Angelo,", "Dear Lucia D'Angelo,"},
		{"Jan Van Damme", "", "Beste Jan Van Damme,", "Dear Jan Van Damme,"}, // a Belgian name keeps its spelling
		{"Anne-Marie Bakker-de Wit", "", "Beste Anne-Marie Bakker-de Wit,", "Dear Anne-Marie Bakker-de Wit,"},
		{"Özlem Yıldız", "", "Beste Özlem Yıldız,", "Dear Özlem Yıldız,"},
		{"Олена Коваль", "", "Beste Олена Коваль,", "Dear Олена Коваль,"},
		{"Kim Verbeek 🌸", "", "Beste Kim Verbeek,", "Dear Kim Verbeek,"},
		{"drs. P. de Wit", "", "Beste P. de Wit,", "Dear P. de Wit,"},
		{"mw. J. Bakker", "", "Geachte mevrouw Bakker,", "Dear Ms Bakker,"},
		{"Mevr. De Vries", "", "Geachte mevrouw De Vries,", "Dear Ms De Vries,"},
		{"mevrouw de Vries", "", "Geachte mevrouw De Vries,", "Dear Ms De Vries,"},
		{"de heer A. van der Berg", "", "Geachte heer Van der Berg,", "Dear Mr Van der Berg,"},
		{"dhr. Jan Bakker", "", "Beste Jan Bakker,", "Dear Jan Bakker,"},

		{"", "jan1984@mail.example", "Goedendag,", "Hello,"},
		{"jan1984@mail.example", "jan1984@mail.example", "Goedendag,", "Hello,"},
		{"Kim", "", "Goedendag,", "Hello,"},
		{"de Vries", "", "Goedendag,", "Hello,"},
		{"Van der Berg", "", "Goedendag,", "Hello,"},
		{"Kim Verbeek", "info@verbeek.example", "Goedendag,", "Hello,"},
		{"Bakkerij De Wit B.V.", "", "Goedendag,", "Hello,"},
		{"Gemeente Waalstad", "", "Goedendag,", "Hello,"},
		{"UWV Tiel", "", "Goedendag,", "Hello,"},
		{"Team Participatie", "", "Goedendag,", "Hello,"},
		{"Jan via Marktplein", "", "Goedendag,", "Hello,"},
		{"Uw zaak is gewonnen", "", "Goedendag,", "Hello,"},
		{"Kim Verbeek\r\nBcc: x@evil.example", "", "Goedendag,", "Hello,"},
		{"Kim www.evil.example Verbeek1", "", "Goedendag,", "Hello,"},
		{"K\u0456m Verbeek", "", "Goedendag,", "Hello,"}, // a Cyrillic i among Latin letters
		{"\u202eKim\u202c Verbeek", "", "Beste Kim Verbeek,", "Dear Kim Verbeek,"},
		{"Een Twee Drie Vier Vijf Zes Zeven", "", "Goedendag,", "Hello,"},
	} {
		p := complaint.Party{Name: c.name, Mail: c.mail}
		if got := salutation(p, "nl"); got != c.nl {
			t.Errorf("%q <%s>: %q, want %q", c.name, c.mail, got, c.nl)
		}
		if got := salutation(p, "en"); got != c.en {
			t.Errorf("%q <%s>: %q, want %q", c.name, c.mail, got, c.en)
		}
	}
}
