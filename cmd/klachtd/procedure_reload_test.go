package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// shownDates are the terms of every case and the dates of its duties, as `show` has them.
func shownDates(t *testing.T, config string, now func() time.Time) map[string]any {
	t.Helper()
	type duty struct{ Kind, Due, SendBy, Because string }
	all := map[string]any{}
	var cases []struct{ Number string }
	at := now().Format(time.RFC3339)
	if err := json.Unmarshal(told(t, "cases", "--json", "--config", config, "--at", at), &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		var shown struct {
			Duties []struct {
				Kind, Due, Because string
				SendBy             string `json:"send_by"`
			}
			Facts []struct {
				Kind string
				Body struct{ Terms map[string]any }
			}
		}
		if err := json.Unmarshal(told(t, "show", c.Number, "--json", "--config", config, "--at", at), &shown); err != nil {
			t.Fatal(err)
		}
		for _, f := range shown.Facts {
			if f.Kind == "opened" {
				all[c.Number+" preset"] = f.Body.Terms["preset"]
			}
		}
		var duties []duty
		for _, d := range shown.Duties {
			duties = append(duties, duty{d.Kind, d.Due, d.SendBy, d.Because})
		}
		all[c.Number] = duties
	}
	return all
}

// follow configures a procedure, with more below it.
func (o *officeDay) follow(procedure, more string) {
	o.t.Helper()
	o.configure(more)
	text, err := os.ReadFile(o.path)
	if err == nil {
		err = os.WriteFile(o.path, fmt.Appendf(nil, "procedure = %q\n%s", procedure, text), 0o600)
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// TestAComplaintUnderTheAct: the whole program under Awb chapter 9. Acknowledged within a week; six weeks that end on Good
// Friday; put off for four weeks at most, with word to the complainant and to the person complained of.
func TestAComplaintUnderTheAct(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, dir)
		defer o.office.close()
		defer func() { o.stop() }()
		o.follow("awb-9", "")
		o.hup()
		o.until("12-2-2027 11:00")
		o.complains("kim@klager.example")
		show := func() string {
			return string(told(t, "show", "K2027-0001", "--config", o.path, "--at", time.Now().Format(time.RFC3339)))
		}
		holds(t, show(), "termijnen awb-9 1, ",
			"ontvangst vr 12-2 + 7 dagen = vr 19-2 (Awb 9:6, eigen termijn); laatste werkdag ervoor: do 18-2",
			"ontvangst vr 12-2 + 42 dagen = vr 26-3 (Awb 9:11 lid 1); laatste werkdag ervoor: do 25-3; "+
				"verlengd tot de eerste werkdag (Algemene termijnenwet): di 30-3 (vrij: Goede Vrijdag vr 26-3, Tweede Paasdag ma 29-3)")

		o.until("15-2-2027 09:00")
		o.says("Nieuwe klacht?", "ja")
		o.until("16-2-2027 09:00")
		o.says("Vastgelegd", "#betrokkene Sanne Bos, sanne@firma.example")
		o.until("22-3-2027 09:00")
		o.says("Vastgelegd", "#uitstel 31-5-2027 een getuige is ziek")
		noor := o.lettersTo(demoHandler)
		holds(t, string(noor[len(noor)-1].raw), "Langer kan alleen als de klager dat goed vindt")
		o.says("Vastgelegd", "#uitstel 23-4-2027 een getuige is ziek")
		o.until("22-3-2027 09:30")
		kim := o.lettersTo("kim@klager.example")
		holds(t, string(kim[len(kim)-1].raw), "Wij hebben meer tijd nodig voor uw klacht", "Een getuige is ziek.", "Awb 9:11 lid 2", "vrijdag 23 april 2027")
		sanne := o.lettersTo("sanne@firma.example")
		if len(sanne) == 0 {
			t.Fatal("the person complained of is told nothing")
		}
		holds(t, string(sanne[len(sanne)-1].raw), "Wij hebben meer tijd nodig voor een klacht", "vrijdag 23 april 2027")
		if raw := sanne[len(sanne)-1].raw; bytes.Contains(raw, []byte("getuige")) || bytes.Contains(bytes.ToLower(raw), []byte("kim")) {
			t.Errorf("the person complained of reads what is not theirs: %s", raw)
		}
		holds(t, show(), "uitgesteld tot: vr 23-4 (Awb 9:11 lid 1)", "bericht van uitstel aan de betrokkene")
	})
}

// holds checks that a text has all of these words, however its lines are broken.
func holds(t *testing.T, text string, words ...string) {
	t.Helper()
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, "=\r\n", "")), " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in %s", w, text)
		}
	}
}

// TestDatesNeverMoveWithTheConfig: klachtd runs, and day after day the office goes over to another procedure, with other
// days off and another post. Each case keeps the terms and every date it began with; each new one gets those of its day.
func TestDatesNeverMoveWithTheConfig(t *testing.T) {
	dir := t.TempDir()
	own := strings.Replace(presetText(t, ownPreset), `"eigen"`, `"ons-bureau"`, 1)
	if err := os.WriteFile(filepath.Join(dir, "ons.toml"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	began := map[string]any{}
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, dir)
		defer o.office.close()
		defer func() { o.stop() }()
		procedures := append(presetNames(), "./ons.toml")
		for i, name := range procedures {
			o.follow(name, fmt.Sprintf("[letters]\npost_days = %d\n[calendar]\ndays_off = [2026-11-%02d, 2026-12-%02d]\n", i, 10+i, 7+i))
			if said := o.hup(); !strings.Contains(said, `msg="config reloaded"`) {
				t.Fatalf("under %s it says %q", name, said)
			}
			o.complains(fmt.Sprintf("kim%d@klager.example", i))
			time.Sleep(time.Hour)
			synctest.Wait()
			now := shownDates(t, o.path, time.Now)
			for key, was := range began {
				if !reflect.DeepEqual(now[key], was) {
					t.Errorf("under %s %s is\n%v\nand was\n%v", name, key, now[key], was)
				}
			}
			number := fmt.Sprintf("K2026-%04d", i+1)
			want := strings.NewReplacer("./ons.toml", "ons-bureau").Replace(name)
			if now[number+" preset"] != want {
				t.Errorf("%s began under %v, want %s", number, now[number+" preset"], want)
			}
			began = now
		}
		if len(began) != 2*len(procedures) {
			t.Errorf("%d cases after %d procedures", len(began)/2, len(procedures))
		}
	})
}
