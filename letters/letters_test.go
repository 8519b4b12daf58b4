package letters

import (
	"testing"
	"time"

	"klachtd/complaint"
)

func testOffice() Office {
	return Office{
		Name: "Coach & Co", Address: "Kerkstraat 1, 4001 AB Waalstad", Phone: "0344 00 00 00", Website: "www.coach.example",
		Email: "info@coach.example", RegulationURL: "https://www.coach.example/klachten", Retention: "2y",
		From:          complaint.Address{Name: "Coach & Co", Mail: "info@coach.example"},
		Handlers:      []Handler{{Name: "Noor Tielman", Email: "noor@coach.example", Phone: "06 00 00 00 01"}, {Name: "Ruud Bos", Email: "ruud@bos.example", Phone: "06 00 00 00 02", Substitute: true}},
		Commissioners: []Commissioner{{Name: "gemeente Waalstad", Address: "Raadhuisplein 1, 4000 AA Waalstad", Email: "klachten@waalstad.example", Phone: "14 0344", URL: "www.waalstad.example/klachten"}},
		Zone:          time.UTC,
		ReplyTo:       func(token string) string { return "info+" + token + "@coach.example" },
	}
}

func TestDump(t *testing.T) {
	s, err := Load(nil, testOffice())
	if err != nil {
		t.Error(err)
	}
	for _, sample := range Samples() {
		for _, dep := range sample.Departures {
			l, err := s.Letter(dep, sample.Case, sample.Today)
			t.Logf("=== %s %s %s %v\n%s\n%s", sample.Name, dep.Letter, dep.Variant, err, l.Subject, l.Text)
		}
	}
}
