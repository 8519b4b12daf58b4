package complaint

import (
	"slices"
	"time"

	"klachtd/calendar"
)

// Question is what a mail to a handler asks. A mail asks at most one.
type Question string

const (
	NoQuestion   Question = ""
	AskComplaint Question = "is_complaint" // ja: Registered; nee: Dismissed
	AskWhich     Question = "which"        // the daily mail: which of Items are complaints ("1 3", "geen", ja/nee when there is one)
	AskForm      Question = "form"         // the form after the phone call
	AskRelease   Question = "release"      // ja: Approved{Keys, Version}; nee: Held
	AskPosted    Question = "posted"       // ja: Posted{Keys}: the letter that this mail brought was posted today
	AskTakeOver  Question = "take_over"    // to the substitute: which of Cases to take over ("1 3", "geen", ja/nee when there is one)
	AskWrote     Question = "wrote"        // who was done with writes again: 1 I answer it myself, 2 a new complaint, 3 reopen
)

// Ask is one mail to a handler and what an answer to it means. Its token is the proof that an answer belongs to it.
type Ask struct {
	Token    string // 128 random bits, role- and case-bound
	Case     CaseID // "" for the daily mail
	To       string // the handler's mail address
	Question Question
	Keys     []Key    // AskRelease: the duties whose drafts were shown
	Version  string   // AskRelease: of the drafts shown
	Items    []MailID // AskWhich: the mails numbered 1, 2, 3, ...; AskWrote: the mail it is about
	Cases    []CaseID // AskTakeOver: the cases numbered 1, 2, 3, ...; of the daily mail: those it lists
	Asked    time.Time
}

// Reading is what a mail of a handler means. When Refusal is set nothing of it is done: all or nothing per mail.
type Reading struct {
	Facts      []Fact      // to append, in order; Seq and At are the clerk's to set
	Complaints []MailID    // of the items of an AskWhich or AskWrote: these are complaints
	Ordinary   []MailID    // and these are not
	Belongs    []Belongs   // and these belong to a case that exists
	Elsewhere  []Elsewhere // facts for other cases: all of them or none, with Facts
	Opens      []Opening   // cases to open
	Quiet      bool        // no answer is wanted, unless there is something to decide
	Show       Show        // what the handler asked to see
	Hints      []Words     // remarks for the answer: "bedoelde u: versturen?"
	Refusal    *Refusal
}

// Belongs says in which case an item of an AskWhich is filed.
type Belongs struct {
	Mail MailID
	Case CaseID
}

// Elsewhere are facts for another case than the one the mail is about.
type Elsewhere struct {
	Case  CaseID
	Facts []Fact
}

// Opening is a case to open, with what is already said of it. The clerk gives it its number.
type Opening struct {
	Opened Opened
	Facts  []Fact
	Link   bool // with the case the mail is about, both ways
}

// Show is something a handler asked to see; it records nothing.
type Show string

const (
	ShowNothing Show = ""
	ShowStatus  Show = "status"
	ShowHelp    Show = "help"
	ShowHelpAll Show = "help_all"
	ShowCases   Show = "cases" // all running cases of this handler

	ShowPossible Show = "possible" // the mails that may be complaints and that nobody answered; to who takes them over
)

// Refusal says why nothing of a mail was done, and what to type instead.
type Refusal struct {
	Line string // the line that was not understood or not allowed, as typed; "" for the mail as a whole
	More bool   // the mail said other things too, which were not done either
	Why  Words
	Try  []string // exact lines to type
}

// NextQuestion is the one thing to ask the handler now, with what an answer means: is it a complaint; may these drafts
// go; else the form, while anything is missing. Version is left to who renders the drafts.
func NextQuestion(c Case, plan []Departure, today calendar.Date) (q Question, drafts []Departure) {
	if c.endedOtherwise() != (Words{}) {
		return NoQuestion, nil
	}
	if c.Registered == nil && c.Declined == nil && !c.withdrawn() {
		return AskComplaint, nil
	}
	for _, d := range plan {
		if !d.Draft() || !c.worthAsking(d, today) {
			continue
		}
		if len(drafts) > 0 && drafts[0].Letter == LetterConfirmation && d.Letter != LetterConfirmation {
			continue // the confirmations first and alone; the reports are the next question
		}
		drafts = append(drafts, d)
	}
	if len(drafts) > 0 {
		return AskRelease, drafts
	}
	if c.Declined != nil {
		return NoQuestion, nil
	}
	for _, d := range plan {
		if !d.OnWord && (d.Variant == VariantUnfinished || slices.ContainsFunc(d.Missing, inForm)) {
			return AskForm, nil
		}
	}
	if c.unreached() {
		return AskForm, nil
	}
	return NoQuestion, nil
}

// unreached says whether there is no outcome yet for a complainant to whom no letter can go: it is handled all the same.
func (c *Case) unreached() bool {
	return !c.Outcome() && slices.ContainsFunc(c.Complainants, func(k Complainant) bool { return k.Channel() == NoWay && k.ResolvedOn.IsZero() })
}

// inForm says whether the form asks for a field.
func inForm(f Field) bool {
	switch f {
	case FieldAuthority, FieldOwnPoint, FieldQuestions, FieldGround:
		return false
	}
	return true
}

// worthAsking says whether a draft is shown for release. The standard letters go by themselves, so the handler is not
// asked about them, unless only her word sends them (mode approve, a letter that came back): then when their time is near.
func (c *Case) worthAsking(d Departure, today calendar.Date) bool {
	standard := d.Letter == LetterAcknowledgement || d.Letter == LetterProgress || d.Letter == LetterWitnessClosing || d.Variant == VariantUnfinished
	if !standard {
		return true
	}
	if !d.NotBefore.IsZero() {
		return false
	}
	return d.Letter == LetterAcknowledgement || today >= c.Opening.Terms.Holidays.AddWorkdays(d.SendBy, -5)
}
