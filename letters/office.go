package letters

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"klachtd/complaint"
)

// Office is the organisation the letters come from, as configured.
type Office struct {
	Name, Address, Phone, Website, Email string
	RegulationURL                        string                    // where the regulation can be read; "" for nowhere
	Signature                            string                    // lines below the name that closes a letter
	Retention                            string                    // how long a closed case is kept: "2y", "18m"
	From                                 complaint.Address         // who the letters are from
	Handlers                             []Handler                 // the first who is no substitute handles what nobody else does
	Commissioners                        []Commissioner            // article 9
	Zone                                 *time.Location            // of printed times
	ReplyTo                              func(token string) string // the address that carries a token; nil or "" for none
}

// Handler is somebody who handles complaints, or steps in for who does.
type Handler struct {
	Name, Email, Phone string
	Substitute         bool
}

// Commissioner is the organisation on whose behalf the office works, to which a complaint can go in the end (article 9).
type Commissioner struct {
	Name, Address, Email, Phone, URL string
}

// handler finds the handler with a mail address, else who handles complaints by default.
func (o Office) handler(mail string) Handler {
	for _, h := range o.Handlers {
		if complaint.SameMail(h.Email, mail) {
			return h
		}
	}
	for _, h := range o.Handlers {
		if !h.Substitute {
			return h
		}
	}
	return Handler{}
}

// substituted says whether somebody else can step in for who has a mail address.
func (o Office) substituted(mail string) bool {
	return slices.ContainsFunc(o.Handlers, func(h Handler) bool { return h.Substitute && !complaint.SameMail(h.Email, mail) })
}

// email is where people write to: the mailbox that is watched, not a handler's own.
func (o Office) email() string { return either(o.Email, o.From.Mail) }

func (o Office) zone() *time.Location {
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}

var retentions = regexp.MustCompile(`^([1-9][0-9]?)([ymd])$`)

var retentionUnits = map[string][2]complaint.Words{
	"y": {{NL: "jaar", EN: "year"}, {NL: "jaar", EN: "years"}},
	"m": {{NL: "maand", EN: "month"}, {NL: "maanden", EN: "months"}},
	"d": {{NL: "dag", EN: "day"}, {NL: "dagen", EN: "days"}},
}

var smallNumbers = []complaint.Words{{}, {NL: "één", EN: "one"}, {NL: "twee", EN: "two"}, {NL: "drie", EN: "three"},
	{NL: "vier", EN: "four"}, {NL: "vijf", EN: "five"}, {NL: "zes", EN: "six"}, {NL: "zeven", EN: "seven"},
	{NL: "acht", EN: "eight"}, {NL: "negen", EN: "nine"}, {NL: "tien", EN: "ten"}}

// retention is the time a closed case is kept, in words.
func (o Office) retention() (complaint.Words, error) {
	m := retentions.FindStringSubmatch(either(o.Retention, "2y"))
	if m == nil {
		return complaint.Words{}, fmt.Errorf("retention %q: write years, months or days, as in 2y, 18m or 90d", o.Retention)
	}
	n, _ := strconv.Atoi(m[1])
	unit := retentionUnits[m[2]][min(n-1, 1)]
	number := complaint.Words{NL: m[1], EN: m[1]}
	if n < len(smallNumbers) {
		number = smallNumbers[n]
	}
	return complaint.Words{NL: number.NL + " " + unit.NL, EN: number.EN + " " + unit.EN}, nil
}

// check names what no letter can do without.
func (o Office) check() error {
	h := o.handler("")
	for _, need := range []struct{ have, key string }{
		{o.Name, "organisation.name"},
		{o.email(), "organisation.email"},
		{h.Name, "the name of a handler in [[handlers]] who is no substitute"},
		{h.Email, "the email of a handler in [[handlers]]"},
		{either(h.Phone, o.Phone), "a phone number: of the handler, or organisation.phone"},
	} {
		if strings.TrimSpace(need.have) == "" {
			return fmt.Errorf("every letter names who sends it: set %s", need.key)
		}
	}
	_, err := o.retention()
	return err
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
