package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"
)

// told is what a command prints.
func told(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), env{args: args, stdout: &out, stderr: &errs, now: time.Now}); code != done {
		t.Fatalf("klachtd %s: status %d\n%s", strings.Join(args, " "), code, errs.String())
	}
	return out.Bytes()
}

// TestJSONIsAsDocumented: the names and types of docs/json.md, all of them and no others, in cases of every fate.
func TestJSONIsAsDocumented(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	told(t, "demo", "--dir", dir)
	config := filepath.Join(dir, "config.toml")
	doc := readJSONDoc(t)
	var cases []map[string]any
	if err := json.Unmarshal(told(t, "cases", "--all", "--json", "--config", config), &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 4 {
		t.Fatalf("%d cases in the demo", len(cases))
	}
	met := map[bool]int{}
	for _, c := range cases {
		doc.check(t, "a case", c)
		doc.check(t, "complainant", c["complainant"].(map[string]any))
		for _, d := range c["duties"].([]any) {
			duty := d.(map[string]any)
			met[duty["met_on"] == nil]++
			duty["because"] = "" // in show only
			doc.check(t, "a duty", duty)
		}
		showJSON(t, doc, told(t, "show", c["number"].(string), "--json", "--config", config), c)
	}
	if met[true] == 0 || met[false] == 0 {
		t.Errorf("duties with and without met_on: %v", met)
	}
	var open []map[string]any
	if err := json.Unmarshal(told(t, "cases", "--json", "--config", config), &open); err != nil || len(open) != 2 {
		t.Errorf("%d running cases, %v", len(open), err)
	}
}

// showJSON checks a case of show: what cases says of it, and facts and letters.
func showJSON(t *testing.T, doc jsonDoc, text []byte, c map[string]any) {
	t.Helper()
	var shown map[string]any
	if err := json.Unmarshal(text, &shown); err != nil {
		t.Fatal(err)
	}
	for _, d := range shown["duties"].([]any) {
		doc.check(t, "a duty", d.(map[string]any))
		if d.(map[string]any)["because"] == "" {
			t.Errorf("nothing is said of how a date of %s was computed", shown["number"])
		}
	}
	for _, f := range shown["facts"].([]any) {
		fact := f.(map[string]any)
		doc.check(t, "facts", fact)
		for name := range fact["body"].(map[string]any) {
			if !slices.Contains(doc.bodies[fact["kind"].(string)], name) {
				t.Errorf("%s of %s is not in docs/json.md", name, fact["kind"])
			}
		}
	}
	letters := shown["letters"].([]any)
	for _, l := range letters {
		doc.check(t, "letters", l.(map[string]any))
	}
	if len(letters) == 0 {
		t.Errorf("%s has no letters", shown["number"])
	}
	for name, value := range c {
		if name != "duties" && !reflect.DeepEqual(shown[name], value) {
			t.Errorf("%s of %s is %v in show and %v in cases", name, shown["number"], shown[name], value)
		}
	}
}

// jsonDoc is what docs/json.md says: types by name, for each object; the names in bodies, by kind of fact.
type jsonDoc struct {
	objects map[string]map[string]string
	bodies  map[string][]string
}

var quoted = regexp.MustCompile("`([a-z_0-9]+)`")

func readJSONDoc(t *testing.T) jsonDoc {
	t.Helper()
	text, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := jsonDoc{objects: map[string]map[string]string{"complainant": {"name": "string", "email": "string"}}, bodies: map[string][]string{}}
	heads := map[string]string{"## A case": "a case", "A duty:": "a duty", "`facts`, an array": "facts", "`letters`, an array": "letters", "## Kinds": "kinds"}
	at := ""
	for line := range strings.Lines(string(text)) {
		for head, object := range heads {
			if strings.HasPrefix(line, head) {
				at = object
				doc.objects[at] = map[string]string{}
			}
		}
		cells := strings.Split(line, "|")
		if len(cells) < 4 || !strings.Contains(cells[1], "`") {
			continue
		}
		names := quoted.FindAllStringSubmatch(cells[1], -1)
		if at == "kinds" {
			plain := regexp.MustCompile(`\(.*?\)`).ReplaceAllString(cells[2], "")
			doc.bodies[names[0][1]] = []string{}
			for _, m := range quoted.FindAllStringSubmatch(plain, -1) {
				doc.bodies[names[0][1]] = append(doc.bodies[names[0][1]], m[1])
			}
			continue
		}
		for _, m := range names {
			doc.objects[at][m[1]] = strings.TrimSpace(cells[2])
		}
	}
	return doc
}

// check compares the names and types of an object with what is documented of it.
func (doc jsonDoc) check(t *testing.T, object string, have map[string]any) {
	t.Helper()
	want := doc.objects[object]
	if object == "a case" && len(want) != 8 || object == "a duty" && len(want) != 11 {
		t.Fatalf("docs/json.md is not read well: %s has %d names", object, len(want))
	}
	if got, all := slices.Sorted(maps.Keys(have)), slices.Sorted(maps.Keys(want)); !slices.Equal(got, all) {
		t.Errorf("%s has the names %v; documented are %v", object, got, all)
	}
	for name, value := range have {
		if !ofType(value, want[name]) {
			t.Errorf("%s of %s is %#v; documented is %s", name, object, value, want[name])
		}
	}
}

func ofType(value any, want string) bool {
	kind, orNull := strings.CutSuffix(want, " or null")
	switch v := value.(type) {
	case nil:
		return orNull
	case string:
		_, notDay := time.Parse(time.DateOnly, v)
		_, notInstant := time.Parse(time.RFC3339, v)
		return kind == "string" || kind == "day" && notDay == nil || kind == "instant" && notInstant == nil
	case float64:
		return kind == "number"
	case bool:
		return kind == "boolean"
	case []any:
		return kind == "array"
	}
	return kind == "object"
}

// TestEveryKindOfFactIsDocumented, with the names its body has.
func TestEveryKindOfFactIsDocumented(t *testing.T) {
	doc := readJSONDoc(t)
	source, err := os.ReadFile("../../complaint/factkind.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`"(\w+)": +reflect\.TypeFor`).FindAllStringSubmatch(string(source), -1)
	if len(kinds) < 20 || len(kinds) != len(doc.bodies) {
		t.Errorf("%d kinds of facts, %d documented", len(kinds), len(doc.bodies))
	}
	for _, m := range kinds {
		body, err := complaint.DecodeBody(m[1], []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		names := []string{}
		for f := range reflect.TypeOf(body).Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			names = append(names, name)
		}
		if fmt.Sprint(names) != fmt.Sprint(doc.bodies[m[1]]) {
			t.Errorf("the body of %s has %v; documented are %v", m[1], names, doc.bodies[m[1]])
		}
	}
}
