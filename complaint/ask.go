package complaint

import (
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
)

// Ask is one mail to a handler and what an answer to it means. Its token is the proof that an answer belongs to it.
type Ask struct {
	Token    string // 128 random bits, role- and case-bound
	Case     CaseID // "" for the daily mail
	To       string // the handler's mail address
	Question Question
	Keys     []Key    // AskRelease: the duties whose drafts were shown
	Version  string   // AskRelease: of the drafts shown
	Items    []MailID // AskWhich: the mails numbered 1, 2, 3, ...
	Asked    time.Time
}

// Reading is what a mail of a handler means. When Refusal is set nothing of it is done: all or nothing per mail.
type Reading struct {
	Facts      []Fact   // to append, in order; Seq and At are the clerk's to set
	Complaints []MailID // of the items of an AskWhich: these are complaints
	Ordinary   []MailID // and these are not
	Show       Show     // what the handler asked to see
	Hints      []Words  // remarks for the answer: "bedoelde u: versturen?"
	Refusal    *Refusal
}

// Show is something a handler asked to see; it records nothing.
type Show string

const (
	ShowNothing Show = ""
	ShowStatus  Show = "status"
	ShowHelp    Show = "help"
	ShowHelpAll Show = "help_all"
)

// Refusal says why nothing of a mail was done, and what to type instead.
type Refusal struct {
	Line string // the line that was not understood or not allowed, as typed; "" for the mail as a whole
	Why  Words
	Try  []string // exact lines to type
}

// NextQuestion is the one thing to ask the handler now, with what an answer means: is it a complaint; may these drafts
// go; else the form, while anything is missing. Version is left to who renders the drafts.
func NextQuestion(c Case, plan []Departure, today calendar.Date) (q Question, drafts []Departure) {
	if c.endedOtherwise() != (Words{}) || c.Declined != nil {
		return NoQuestion, nil
	}
	if c.Registered == nil {
		return AskComplaint, nil
	}
	for _, d := range plan {
		if !d.Draft() || !c.worthAsking(d, today) {
			continue
		}
		if len(drafts) > 0 && (drafts[0].Letter == LetterConfirmation) {
			break // the confirmation first and alone; the reports are the next question
		}
		drafts = append(drafts, d)
	}
	if len(drafts) > 0 {
		return AskRelease, drafts
	}
	for _, d := range plan {
		if !d.OnWord && (len(d.Missing) > 0 || d.Variant == VariantUnfinished) {
			return AskForm, nil
		}
	}
	return NoQuestion, nil
}

// worthAsking says whether a draft is shown for release. The standard letters go by themselves, so the handler is not
// asked about them, unless only her word sends them (mode approve, a letter that came back): then when their time is near.
func (c *Case) worthAsking(d Departure, today calendar.Date) bool {
	standard := d.Letter == LetterAcknowledgement || d.Letter == LetterProgress || d.Variant == VariantUnfinished
	if !standard {
		return true
	}
	if !d.NotBefore.IsZero() {
		return false
	}
	return d.Letter == LetterAcknowledgement || today >= c.Opening.Terms.Holidays.AddWorkdays(d.SendBy, -5)
}
