package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// places are where the config is looked for when --config does not say.
var places = []string{"config.toml", "/etc/klachtd/config.toml"}

// problem is one thing that is wrong in the config: where, and what to do about it.
type problem struct {
	key  string // imap.server; of a list with the number, handlers.2.email; "" when it is none of ours
	line int    // 0 when the file does not have the key
	text string
}

func (p problem) Error() string {
	if p.line == 0 {
		return p.text
	}
	return fmt.Sprintf("line %d: %s", p.line, p.text)
}

// configError is all that is wrong in a config file.
type configError struct {
	path     string
	problems []problem
}

func (e *configError) Error() string {
	all := make([]string, len(e.problems))
	for i, p := range e.problems {
		all[i] = p.Error()
	}
	return e.path + ": " + strings.Join(all, "; ")
}

// loadConfig reads, checks and completes a config file. All that is wrong is reported at once.
func loadConfig(path string) (*Config, error) {
	c, err := readConfig(path)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// readConfig is loadConfig that also returns what it could make of a file with a *configError. The config is nil when the
// file cannot be read at all.
func readConfig(path string) (*Config, error) {
	if path == "" {
		found, err := findConfig()
		if err != nil {
			return nil, err
		}
		path = found
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	c := defaultConfig()
	if c.dir, err = filepath.Abs(filepath.Dir(path)); err != nil {
		return nil, err
	}
	problems, fatal := decodeConfig(text, &c)
	if fatal {
		return nil, &configError{path, problems}
	}
	problems = append(problems, c.complete(linesOf(text))...)
	if len(problems) > 0 {
		return &c, &configError{path, problems}
	}
	return &c, nil
}

func findConfig() (string, error) {
	for _, p := range places {
		if _, err := os.Stat(p); !errors.Is(err, fs.ErrNotExist) {
			return p, nil
		}
	}
	return "", hint(fmt.Errorf("there is no config: neither ./%s nor %s exists", places[0], places[1]),
		"copy config.example.toml to config.toml and fill it in, or name another file with --config")
}

func unreadable(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return hint(fmt.Errorf("there is no config %s", path), "copy config.example.toml and fill it in, or name another file with --config")
	case errors.Is(err, fs.ErrPermission):
		return hint(fmt.Errorf("no permission to read the config %s", path), "run klachtd as the user who owns it, or let this user read it")
	}
	return hint(fmt.Errorf("config: %w", err), "name a file with --config")
}

func decodeConfig(text []byte, c *Config) (problems []problem, fatal bool) {
	return configSchema.decode(text, c)
}

// decode reads TOML strictly: an unknown key is a problem, with its line. fatal says that into was not read to the end.
func (s schema) decode(text []byte, into any) (problems []problem, fatal bool) {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // some editors begin every file with it
	if !utf8.Valid(text) {
		return []problem{{text: "it is not plain text: save it as UTF-8"}}, true
	}
	err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(into)
	var strict *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case err == nil:
		return nil, false
	case errors.As(err, &strict):
		for _, e := range strict.Errors {
			problems = append(problems, s.unknownKey(e))
		}
		return problems, false
	case errors.As(err, &bad):
		return []problem{s.misread(text, bad)}, true
	}
	return []problem{{text: "cannot be read as TOML: " + oneLine(err)}}, true
}

var (
	sectionLine = regexp.MustCompile(`^\s*(\[\[?)\s*([\w.-]+)\s*\]`)
	keyLine     = regexp.MustCompile(`^\s*([\w.-]+)\s*=`)
)

// linesOf finds the line of each key, by its full name; the keys of lists have their number in it.
func linesOf(text []byte) map[string]int {
	lines, seen := map[string]int{}, map[string]int{}
	prefix, n := "", 0
	for line := range bytes.Lines(text) {
		n++
		if m := sectionLine.FindSubmatch(line); m != nil {
			prefix = string(m[2])
			if len(m[1]) == 2 {
				if seen[prefix]++; seen[prefix] == 1 {
					lines[prefix] = n
				}
				prefix += "." + strconv.Itoa(seen[prefix])
			}
			lines[prefix] = n
			prefix += "."
		} else if m := keyLine.FindSubmatch(line); m != nil {
			lines[prefix+string(m[1])] = n
		}
	}
	return lines
}

// keyOn is the key on a line, "" when there is none.
func keyOn(text []byte, row int) string {
	n := 0
	for line := range bytes.Lines(text) {
		if n++; n == row {
			if m := keyLine.FindSubmatch(line); m != nil {
				return string(m[1])
			}
		}
	}
	return ""
}
