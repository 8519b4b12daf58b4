package main

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// schema is what a TOML file of ours may hold.
type schema struct {
	root    reflect.Type
	manual  string // the file that has every key
	mapping string // how a table of free keys is written
}

var configSchema = schema{reflect.TypeFor[Config](), "config.example.toml", `like { acknowledgement = "approve" }`}

// unknownKey says where a key that does not exist may belong.
func (s schema) unknownKey(e toml.DecodeError) problem {
	row, _ := e.Position()
	path := e.Key()
	parent, leaf := path[:len(path)-1], strings.ToLower(path[len(path)-1])
	key := strings.Join(path, ".")
	p := problem{line: row}
	if homes := s.homesOf(leaf); len(homes) > 0 {
		p.text = fmt.Sprintf("there is no key %s: %s belongs %s", key, leaf, strings.Join(homes, " and "))
		return p
	}
	t := section(s.typeAt(parent))
	if t == nil {
		p.text = fmt.Sprintf("there is no key %s: %s has them all", key, s.manual)
		return p
	}
	p.text = fmt.Sprintf("there is no key %s: the keys %s are %s", key, where(parent), strings.Join(keysOf(t), ", "))
	return p
}

// where is a section in words.
func where(section []string) string {
	if len(section) == 0 {
		return "above the first [section]"
	}
	return "of [" + strings.Join(section, ".") + "]"
}

// homesOf lists where a key of this name belongs.
func (s schema) homesOf(leaf string) []string {
	var homes []string
	for f := range s.root.Fields() {
		name := f.Tag.Get("toml")
		switch inner := section(f.Type); {
		case name == "":
		case inner == nil && name == leaf:
			homes = append(homes, "above the first [section]")
		case inner != nil && s.typeAt([]string{name, leaf}) != nil:
			homes = append(homes, "under ["+name+"]")
		}
	}
	return homes
}

// keysOf lists the keys of a section.
func keysOf(t reflect.Type) []string {
	var keys []string
	for f := range t.Fields() {
		if name := f.Tag.Get("toml"); name != "" {
			keys = append(keys, name)
		}
	}
	return keys
}

// section is the struct behind a section or a list of sections, nil for a plain key.
func section(t reflect.Type) reflect.Type {
	if t != nil && t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct || t == reflect.TypeFor[toml.LocalDate]() {
		return nil
	}
	return t
}

// typeAt is the type a key is read into, nil when there is no such key.
func (s schema) typeAt(path []string) reflect.Type {
	t := s.root
	for _, name := range path {
		inner := section(t)
		if inner == nil {
			if t.Kind() == reflect.Map {
				return t.Elem()
			}
			return nil
		}
		t = nil
		for f := range inner.Fields() {
			if strings.EqualFold(f.Tag.Get("toml"), name) {
				t = f.Type
			}
		}
		if t == nil {
			return nil
		}
	}
	return t
}

// slips are what people get wrong in TOML, by what the parser says of it.
var slips = []struct {
	said *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`^(expected value|unexpected character U\+000[AD] )`), `the value is missing: write "" for none`},
	{regexp.MustCompile(`^(expected keyword|unexpected character .* at start of value|strings must be quoted|incomplete)`), `a text must be in straight quotes, like "this"`},
	{regexp.MustCompile(`^unterminated|basic strings? cannot|literal strings? cannot`), "the closing quote is missing"},
	{regexp.MustCompile(`^invalid escape`), `in double quotes a backslash has a meaning of its own: use single quotes, like 'this'`},
	{regexp.MustCompile(`already (exists|defined)`), "this is in the file a second time: keep one"},
	{regexp.MustCompile(`^dates are expected|impossible date`), "a day is written like 2026-12-28"},
	{regexp.MustCompile(`^expected newline`), "give each key a line of its own"},
	{regexp.MustCompile(`^expected '=' after key|^invalid character at start of key`), `a line is a [section], or key = value, or begins with #`},
	{regexp.MustCompile(`array table in a struct`), "this section exists once: write single brackets"},
}

// misread says in words what the parser could not make sense of. The line itself is not repeated: it may hold a password.
func (s schema) misread(text []byte, e *toml.DecodeError) problem {
	row, col := e.Position()
	said := strings.TrimPrefix(e.Error(), "toml: ")
	p := problem{key: strings.Join(e.Key(), "."), line: row, text: fmt.Sprintf("cannot be read from column %d on: %s", col, said)}
	if strings.HasPrefix(said, "cannot decode TOML") {
		if t := s.typeAt(e.Key()); t != nil {
			p.text = fmt.Sprintf("%s must be %s", p.key, s.kindOf(t, e.Key()))
		}
		return p
	}
	for _, slip := range slips {
		if slip.said.MatchString(said) {
			p.text = slip.text
			if key := keyOn(text, row); key != "" {
				p.text = key + ": " + slip.text
			}
			return p
		}
	}
	return p
}

// kindOf says in words what a key takes.
func (s schema) kindOf(t reflect.Type, key []string) string {
	switch t {
	case reflect.TypeFor[string]():
		return "a text in quotes"
	case reflect.TypeFor[int]():
		return "a whole number, without quotes"
	case reflect.TypeFor[bool]():
		return "true or false, without quotes"
	case reflect.TypeFor[[]string]():
		return `a list of texts, like ["one", "two"]`
	case reflect.TypeFor[[]toml.LocalDate]():
		return "a list of days, like [2026-12-28, 2026-12-29]"
	case reflect.TypeFor[map[string]string]():
		return s.mapping
	}
	if t.Kind() == reflect.Slice {
		return "a list of sections: write [[" + key[0] + "]] above the keys of each"
	}
	return "a section: write [" + key[0] + "] above its keys"
}
