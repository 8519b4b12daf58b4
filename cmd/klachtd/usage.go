package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"klachtd/calendar"
)

// usageError is a command used wrongly.
type usageError struct{ error }

// commandFirst puts the command before its options: the parser wants it so, and people type them in any order.
func commandFirst(app *kong.Application, args []string) []string {
	takesValue := map[string]bool{}
	isCommand := map[string]bool{}
	for _, node := range append([]*kong.Node{app.Node}, app.Children...) {
		isCommand[node.Name] = node != app.Node
		for _, f := range node.Flags {
			takesValue["--"+f.Name] = !f.IsBool()
		}
	}
	for i := 0; i < len(args); i++ {
		switch {
		case takesValue[args[i]]:
			i++
		case args[i] == "--":
			return args
		case isCommand[args[i]]:
			return slices.Concat(args[i:i+1], args[:i], args[i+1:])
		case !strings.HasPrefix(args[i], "-"):
			return args
		}
	}
	return args
}

// misused says of a command line that was not understood what to look at.
func misused(err error) error {
	help := "klachtd --help"
	text := err.Error()
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		if command := parse.Context.Selected(); command != nil {
			help = "klachtd " + command.Name + " --help"
		} else if rest, ok := strings.CutPrefix(text, "unexpected argument "); ok {
			text = "there is no command " + rest
		} else if strings.HasPrefix(text, "expected one of") {
			text = "say what to do"
		}
	}
	for _, p := range parserWords {
		text = p.said.ReplaceAllString(text, p.text)
	}
	return usageError{fmt.Errorf("%s: see %s", text, help)}
}

// parserWords puts in plain words what the parser of the command line says.
var parserWords = []struct {
	said *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`^(--[a-z]+): expected .* but got "EOL".*`), "$1 needs a value"},
	{regexp.MustCompile(`^(--[a-z]+): bool value must be .*`), "$1 takes no value"},
	{regexp.MustCompile(`^(--[a-z]+) must be one of ("[^ ]*") but got (.*)`), "$1 is $3, and must be one of $2"},
	{regexp.MustCompile(`^expected "<([a-z]+)>"`), "the $1 is missing"},
	{regexp.MustCompile(`\?$`), ""},
}

// parseTime reads the time of an --at.
func parseTime(s string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return at, usageError{fmt.Errorf("--at %q is no time: write it like 2026-11-03T10:15:00+01:00", s)}
	}
	return at, nil
}

// parseDay reads the day of an --on.
func parseDay(s string) (calendar.Date, error) {
	day, err := calendar.ParseDate(s)
	if err != nil {
		return day, usageError{fmt.Errorf("--on %q is no day: write it like 2026-12-01", s)}
	}
	return day, nil
}

// hinted is an error with what to do about it.
type hinted struct {
	err  error
	hint string
}

func (h hinted) Error() string { return h.err.Error() + ": " + h.hint }
func (h hinted) Unwrap() error { return h.err }

func hint(err error, what string) error { return hinted{err, what} }

// oneLine is an error on one line; those joined to it follow it.
func oneLine(err error) string { return strings.Join(lines(err), "; ") }

// lines are the errors joined in one, each on one line.
func lines(err error) []string {
	var all []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// count says how many there are of something.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
