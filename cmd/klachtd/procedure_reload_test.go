package main

import (
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
			o.configure(fmt.Sprintf("[letters]\npost_days = %d\n[calendar]\ndays_off = [2026-11-%02d, 2026-12-%02d]\n", i, 10+i, 7+i))
			text, err := os.ReadFile(o.path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(o.path, fmt.Appendf(nil, "procedure = %q\n%s", name, text), 0o600); err != nil {
				t.Fatal(err)
			}
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
