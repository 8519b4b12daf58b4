package complaint

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"klachtd/calendar"
)

// Fact is one thing that happened in a case. Facts are only ever added; a correction is a new fact.
type Fact struct {
	Seq  int           // 1, 2, 3, ... within the case
	On   calendar.Date // the day it happened, Europe/Amsterdam
	At   time.Time     // the instant it was recorded
	By   Actor
	Mail MailID // the mail it was read from, if any
	Body Body
}

// Actor says who caused a fact: klachtd itself, the complainant, or a handler by mail address.
type Actor string

const (
	ByProgram     Actor = "klachtd"
	ByComplainant Actor = "complainant"
)

// Body is what a fact says. The set is sealed: the types in this file and no others.
type Body interface{ fact() }

// Opened begins a case. It holds the terms the case lives under for good (procedure.md 1.3.20).
type Opened struct {
	Number      CaseID        `json:"number"`
	Received    calendar.Date `json:"received"` // R
	ReceivedAt  time.Time     `json:"received_at"`
	Origin      Origin        `json:"origin"`
	Subject     string        `json:"subject,omitempty"`
	Words       string        `json:"words,omitempty"` // the complainant's own new text, whole
	Complainant Party         `json:"complainant"`
	Handler     string        `json:"handler"` // mail address
	Lang        string        `json:"lang"`    // of the letters: "nl" or "en"
	Verdict     Verdict       `json:"verdict"`
	Terms       Terms         `json:"terms"`
	Doubtful    bool          `json:"doubtful,omitempty"` // the mail failed authentication: its words are not repeated in a letter
	Attachments []Attachment  `json:"attachments,omitempty"`
	Damage      []string      `json:"damage,omitempty"`
	Related     CaseID        `json:"related,omitempty"` // an earlier case of the same person or thread
}

// Origin says how a case came to be opened.
type Origin string

const (
	OriginCertain    Origin = "certain"    // recognised as a complaint by its words
	OriginHandler    Origin = "handler"    // the handler called a possible one, or a forwarded one, a complaint
	OriginUnanswered Origin = "unanswered" // possible, and nobody answered in time
	OriginDragged    Origin = "dragged"    // put into imap.complaint_folder
	OriginUnreadable Origin = "unreadable" // could not be read; a person has to look
)

// Registered says the handler calls it a complaint. It is not yet acceptance under article 2. It takes back an earlier
// word that ended the case: not a complaint, resolved at once, not taken up.
type Registered struct{}

// Described replaces those parts of the short description that are not empty (article 2).
type Described struct {
	About       string        `json:"about,omitempty"`
	EventDate   string        `json:"event_date,omitempty"` // as people say it: "22 oktober 2026", "vorige week"
	Place       string        `json:"place,omitempty"`
	Particulars string        `json:"particulars,omitempty"`
	Handling    string        `json:"handling,omitempty"` // how it is handled, when other than the default steps
	Expected    calendar.Date `json:"expected,omitempty"` // the date by which it is expected to be handled
}

// Dismissed says it is not a complaint. Reversible: Registered undoes it.
type Dismissed struct {
	Reason string `json:"reason,omitempty"`
}

// ResolvedAtOnce says the dissatisfaction was taken away at first contact: a line in the register, no letters.
type ResolvedAtOnce struct {
	How string `json:"how"`
}

// ReceiptMoved corrects the date of receipt R; a later R needs a reason.
type ReceiptMoved struct {
	To     calendar.Date `json:"to"`
	Reason string        `json:"reason,omitempty"`
}

// Reached corrects by which name, address or number the complainant is reached. Only a handler says so: letters never go to
// an address that a mail merely mentions.
type Reached struct {
	Name  string `json:"name,omitempty"`
	Mail  string `json:"mail,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// Called records a phone call, or an attempt, with the complainant (articles 1 and 5).
type Called struct {
	NoAnswer bool   `json:"no_answer,omitempty"`
	With     string `json:"with,omitempty"`
	Notes    string `json:"notes,omitempty"`
	Told     bool   `json:"told,omitempty"` // the complainant was told how it goes on (article 3)
}

// PersonNamed adds a person concerned: somebody the complaint is about.
type PersonNamed struct {
	Person Party  `json:"person"`
	Over   string `json:"over,omitempty"` // the conduct complained of, in the handler's neutral words; all L7 may say of it
}

// NoPersonConcerned says the complaint is about nobody in particular.
type NoPersonConcerned struct {
	Reason string `json:"reason,omitempty"`
}

// Responded is the written summary of a person's response (article 3).
type Responded struct {
	Person  int    `json:"person,omitempty"` // Party.ID; 0 when there is one person, or none named
	Summary string `json:"summary"`
	Private bool   `json:"private,omitempty"` // not to be shared with the complainant
}

// NoResponse says a person gave none, or was not asked, and why.
type NoResponse struct {
	Person int    `json:"person,omitempty"`
	Reason string `json:"reason"`
}

// Judged is the finding on the complaint (article 4).
type Judged struct {
	Finding Finding `json:"finding"`
	Reason  string  `json:"reason"`
}

// Weighed holds severity, cause and who is accountable (article 4); internal, its absence blocks no letter.
type Weighed struct {
	Severity    string `json:"severity,omitempty"`
	Cause       string `json:"cause,omitempty"`
	Accountable string `json:"accountable,omitempty"`
}

// Offered is an offer made by phone (article 5). On is the day of the call: O.
type Offered struct {
	Text string `json:"text"`
}

// NoOffer says no (new) offer is made, and why. After a dissatisfied reaction it concludes the handling.
type NoOffer struct {
	Reason string `json:"reason"`
}

// Reacted is the complainant's reaction to the offer or the outcome, and the satisfaction sounded out by phone.
type Reacted struct {
	Satisfied bool   `json:"satisfied"`
	Score     int    `json:"score,omitempty"` // 1-5, 0 when not given
	Words     string `json:"words,omitempty"`
}

// Resolved fixes S where no reaction does: the handler concludes.
type Resolved struct {
	How string `json:"how,omitempty"`
}

// ReportWritten holds the handler's own words for the reports (article 6), where the composed ones do not do.
type ReportWritten struct {
	Complainant string `json:"complainant,omitempty"`
	Concerned   string `json:"concerned,omitempty"`
}

// MeasureTaken is a measure against repetition (article 7).
type MeasureTaken struct {
	Text  string        `json:"text"`
	Owner string        `json:"owner,omitempty"`
	By    calendar.Date `json:"by,omitempty"`
}

// NoMeasure says none is needed or possible, and why.
type NoMeasure struct {
	Reason string `json:"reason"`
}

// Declined says the complaint is not taken up (article 2), on one of the grounds of procedure.md 1.3.4.
type Declined struct {
	Ground int    `json:"ground"` // 1-9, see Grounds
	Text   string `json:"text,omitempty"`
}

// Approved releases drafts the handler saw. Version is the draft's, so that approving an old one is noticed.
type Approved struct {
	Keys    []Key  `json:"keys"`
	Version string `json:"version,omitempty"`
}

// Held stops all letters of the case until a day, or until released.
type Held struct {
	Until calendar.Date `json:"until,omitempty"`
}

// Released ends Held.
type Released struct{}

// Undone takes back every fact that was read from a mail of the handler.
type Undone struct {
	Mail MailID `json:"mail"`
}

// Noted is a note for the file.
type Noted struct {
	Text string `json:"text"`
}

// Filed says a mail belongs to the case: correspondence, machine mail, mails written by hand. It changes nothing else.
type Filed struct {
	Kind    MailKind `json:"kind"`
	From    Address  `json:"from"`
	Subject string   `json:"subject,omitempty"`
	Sent    bool     `json:"sent,omitempty"` // written by hand from the shared mailbox
}

// Sent says a letter was accepted by the recipient's side (the 250 after the final dot). On is that local day.
type Sent struct {
	Letter    string        `json:"letter"` // acknowledgement, non_acceptance, ...
	Meets     []Key         `json:"meets"`
	Variant   string        `json:"variant,omitempty"`
	To        string        `json:"to"`
	MessageID string        `json:"message_id"`
	Promised  calendar.Date `json:"promised,omitempty"` // the next date this letter promised the complainant
}

// Undelivered says a letter came back, or was refused for good: what it met is owed again, in a further round that only
// the handler releases. Letter and Meets are set when it was refused before any Sent.
type Undelivered struct {
	MessageID string `json:"message_id"`
	Reason    string `json:"reason"` // "5.1.1 user unknown"
	Letter    string `json:"letter,omitempty"`
	Meets     []Key  `json:"meets,omitempty"`
	To        string `json:"to,omitempty"`
}

func (Opened) fact()            {}
func (Registered) fact()        {}
func (Described) fact()         {}
func (Dismissed) fact()         {}
func (ResolvedAtOnce) fact()    {}
func (ReceiptMoved) fact()      {}
func (Reached) fact()           {}
func (Called) fact()            {}
func (PersonNamed) fact()       {}
func (NoPersonConcerned) fact() {}
func (Responded) fact()         {}
func (NoResponse) fact()        {}
func (Judged) fact()            {}
func (Weighed) fact()           {}
func (Offered) fact()           {}
func (NoOffer) fact()           {}
func (Reacted) fact()           {}
func (Resolved) fact()          {}
func (ReportWritten) fact()     {}
func (MeasureTaken) fact()      {}
func (NoMeasure) fact()         {}
func (Declined) fact()          {}
func (Approved) fact()          {}
func (Held) fact()              {}
func (Released) fact()          {}
func (Undone) fact()            {}
func (Noted) fact()             {}
func (Filed) fact()             {}
func (Sent) fact()              {}
func (Undelivered) fact()       {}

// kinds names every body as it is stored. A name is never changed or reused.
var kinds = map[string]reflect.Type{
	"opened":              reflect.TypeFor[Opened](),
	"registered":          reflect.TypeFor[Registered](),
	"described":           reflect.TypeFor[Described](),
	"dismissed":           reflect.TypeFor[Dismissed](),
	"resolved_at_once":    reflect.TypeFor[ResolvedAtOnce](),
	"receipt_moved":       reflect.TypeFor[ReceiptMoved](),
	"reached":             reflect.TypeFor[Reached](),
	"called":              reflect.TypeFor[Called](),
	"person_named":        reflect.TypeFor[PersonNamed](),
	"no_person_concerned": reflect.TypeFor[NoPersonConcerned](),
	"responded":           reflect.TypeFor[Responded](),
	"no_response":         reflect.TypeFor[NoResponse](),
	"judged":              reflect.TypeFor[Judged](),
	"weighed":             reflect.TypeFor[Weighed](),
	"offered":             reflect.TypeFor[Offered](),
	"no_offer":            reflect.TypeFor[NoOffer](),
	"reacted":             reflect.TypeFor[Reacted](),
	"resolved":            reflect.TypeFor[Resolved](),
	"report_written":      reflect.TypeFor[ReportWritten](),
	"measure_taken":       reflect.TypeFor[MeasureTaken](),
	"no_measure":          reflect.TypeFor[NoMeasure](),
	"declined":            reflect.TypeFor[Declined](),
	"approved":            reflect.TypeFor[Approved](),
	"held":                reflect.TypeFor[Held](),
	"released":            reflect.TypeFor[Released](),
	"undone":              reflect.TypeFor[Undone](),
	"noted":               reflect.TypeFor[Noted](),
	"filed":               reflect.TypeFor[Filed](),
	"sent":                reflect.TypeFor[Sent](),
	"undelivered":         reflect.TypeFor[Undelivered](),
}

// KindOf names a body as it is stored.
func KindOf(b Body) string {
	t := reflect.TypeOf(b)
	for name, kind := range kinds {
		if kind == t {
			return name
		}
	}
	panic(fmt.Sprintf("complaint: %T is not in the table of kinds", b))
}

// EncodeBody gives the stored form of a body: its kind and JSON.
func EncodeBody(b Body) (kind string, body []byte, err error) {
	body, err = json.Marshal(b)
	if err != nil {
		return "", nil, fmt.Errorf("encode fact: %w", err)
	}
	return KindOf(b), body, nil
}

// DecodeBody reads a stored body. An unknown kind is an error: a newer klachtd wrote it.
func DecodeBody(kind string, body []byte) (Body, error) {
	t, ok := kinds[kind]
	if !ok {
		return nil, fmt.Errorf("fact of unknown kind %q: written by a newer klachtd", kind)
	}
	v := reflect.New(t)
	if err := json.Unmarshal(body, v.Interface()); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	return v.Elem().Interface().(Body), nil
}
