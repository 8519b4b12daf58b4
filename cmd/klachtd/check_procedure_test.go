package main

import (
	"slices"
	"strings"
	"testing"

	"klachtd/calendar"
	"klachtd/complaint"
)

// TestCheckSaysWhatAChangeOfTheTermsDoes: nothing to running cases; which those are, and both dates, in words.
func TestCheckSaysWhatAChangeOfTheTermsDoes(t *testing.T) {
	received := calendar.NewDate(2026, 12, 11)
	began := complaint.Optimumconsult()
	running := complaint.Fold(aCase(began, received, false)[:2])
	awb := goodPreset(t, "awb-9").Terms
	closed := began
	closed.Holidays.Closed = []calendar.Date{calendar.NewDate(2026, 12, 24)}
	longer := began
	longer.Confirmation = calendar.Term{N: 8, Unit: calendar.Weeks}
	renamed := began
	renamed.Version = "2"
	for _, c := range []struct {
		now  complaint.Terms
		lang string
		want string
	}{
		{began, "nl", ``},
		{awb, "nl", `1 lopende zaak houdt de termijnen waaronder zij begon; nieuwe zaken krijgen awb-9 1
  K2026-0001 blijft op optimumconsult 1 (ontvangstbevestiging 2 weken, nu 1 week; verslag 3 weken, nu 1 week; uitstel geen, nu 4 weken; andere termijnen zijn van de wet)
    ontvangstbevestiging uiterlijk vrijdag 25 december 2026; onder awb-9 1 zou dat vrijdag 18 december 2026 zijn`},
		{awb, "en", `1 running case keeps the terms it began under; new cases get awb-9 1
  K2026-0001 stays with optimumconsult 1 (acknowledgement 2 weeks, now 1 week; report 3 weeks, now 1 week; extension none, now 4 weeks; other terms are set by law)
    acknowledgement by Friday 25 December 2026; under awb-9 1 it would be Friday 18 December 2026`},
		{closed, "nl", `1 lopende zaak houdt de termijnen waaronder zij begon; nieuwe zaken krijgen optimumconsult 1
  K2026-0001 blijft op optimumconsult 1 (24 december 2026 is nu een vrije dag)
    ontvangstbevestiging klaar op donderdag 24 december 2026; onder de termijnen van nu zou dat woensdag 23 december 2026 zijn`},
		{longer, "nl", `1 lopende zaak houdt de termijnen waaronder zij begon; nieuwe zaken krijgen optimumconsult 1
  K2026-0001 blijft op optimumconsult 1 (schriftelijke bevestiging 6 weken, nu 8 weken)
    schriftelijke bevestiging uiterlijk vrijdag 22 januari 2027; onder de termijnen van nu zou dat vrijdag 5 februari 2027 zijn
  de termijnen zijn anders en version is dezelfde: met een nieuwe version zijn zij uit elkaar te houden`},
		{renamed, "nl", `1 lopende zaak houdt de termijnen waaronder zij begon; nieuwe zaken krijgen optimumconsult 2
  K2026-0001 blijft op optimumconsult 1`},
	} {
		if got := strings.Join(keeping([]complaint.Case{running}, c.now, received, c.lang), "\n"); got != c.want {
			t.Errorf("it says\n%s\nwant\n%s", got, c.want)
		}
	}
}

// TestCheckNamesManyCasesByNumber only, past the first twenty; what is said never fills a screen per case.
func TestCheckNamesManyCasesByNumber(t *testing.T) {
	facts := aCase(complaint.Optimumconsult(), calendar.NewDate(2026, 12, 11), false)[:2]
	cases := slices.Repeat([]complaint.Case{complaint.Fold(facts)}, maxKept+3)
	said := keeping(cases, goodPreset(t, "awb-9").Terms, calendar.NewDate(2026, 12, 11), "nl")
	if !strings.HasPrefix(said[0], "23 lopende zaken ") || said[len(said)-1] != "  en ook K2026-0001, K2026-0001, K2026-0001" || len(said) != 2+2*maxKept {
		t.Errorf("%d lines:\n%s", len(said), strings.Join(said, "\n"))
	}
}

// TestTheDateOfAKeptCaseIsItsOwn: what check calls the date of a case is the one its duties have.
func TestTheDateOfAKeptCaseIsItsOwn(t *testing.T) {
	received := calendar.NewDate(2026, 12, 11)
	c := complaint.Fold(aCase(goodPreset(t, "awb-9").Terms, received, false)[:2])
	if again := under(c, c.Opening.Terms); complaint.Duties(again, received)[0].Due != complaint.Duties(c, received)[0].Due {
		t.Error("the same terms give another date")
	}
	if other := under(c, complaint.Optimumconsult()); complaint.Duties(other, received)[0].Due == complaint.Duties(c, received)[0].Due || c.Opening.Terms.Preset != "awb-9" {
		t.Error("other terms give the same date, or changed the case itself")
	}
}
