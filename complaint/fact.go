package complaint

import (
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
	Channel     string        `json:"channel,omitempty"` // "" for mail; else how it reached us: letter, phone, form, ...
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
	OriginEntered    Origin = "entered"    // came on paper or by phone, and the handler entered it
	OriginSplit      Origin = "split"      // a second subject of another case
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

	Commissioner string `json:"commissioner,omitempty"` // of this case: the name of one that is configured, or of another
}

// ComplainantAdded adds somebody who complains too, in the same mail or of the same event, with letters of their own. By
// the ID, the mail address or the name it corrects one who was added before.
type ComplainantAdded struct {
	Party Party `json:"party"`
}

// Authority says whether who writes may speak for whom it is about. Until it is given or not needed, no letter tells the
// representative anything about that person.
type Authority struct {
	State AuthorityState `json:"state"`
	Of    string         `json:"of,omitempty"` // the name of who is represented
}

// AuthorityState is how it stands with a representative's authorisation.
type AuthorityState string

const (
	AuthorityAsked     AuthorityState = "asked"
	AuthorityGiven     AuthorityState = "given"
	AuthorityRefused   AuthorityState = "refused"
	AuthorityNotNeeded AuthorityState = "not_needed" // a lawyer, a legal representative, the next of kin
)

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
	Party     int    `json:"party,omitempty"` // 0: who wrote first
	Name      string `json:"name,omitempty"`
	Mail      string `json:"mail,omitempty"`
	Phone     string `json:"phone,omitempty"`
	Post      string `json:"post,omitempty"`
	Role      Role   `json:"role,omitempty"`
	Anonymous bool   `json:"anonymous,omitempty"` // does not want to give a name
}

// Asked orders a letter that asks the complainant for further information (article 1, letter L4).
type Asked struct {
	Party     int           `json:"party,omitempty"`
	Questions string        `json:"questions,omitempty"`
	Until     calendar.Date `json:"until,omitempty"`
	Authority bool          `json:"authority,omitempty"` // it asks for an authorisation
}

// ProgressOrdered orders a letter on how it goes on (article 3, letter L3).
type ProgressOrdered struct {
	Text string        `json:"text,omitempty"` // instead of the default steps
	By   calendar.Date `json:"by,omitempty"`   // the date it promises
}

// Extended puts off the confirmation to a later day (letter L9).
type Extended struct {
	To      calendar.Date `json:"to"`
	Reason  string        `json:"reason"`
	Consent bool          `json:"consent,omitempty"` // the complainant agrees
}

// Called records a phone call, or an attempt, with the complainant (articles 1 and 5).
type Called struct {
	NoAnswer bool   `json:"no_answer,omitempty"`
	With     string `json:"with,omitempty"`
	Notes    string `json:"notes,omitempty"`
	Told     bool   `json:"told,omitempty"`  // the complainant was told how it goes on (article 3)
	Party    int    `json:"party,omitempty"` // of several complainants; 0: all of them
}

// PersonNamed adds a person concerned: somebody the complaint is about. With the role of witness it adds a witness.
type PersonNamed struct {
	Person    Party  `json:"person"`
	Over      string `json:"over,omitempty"`      // the conduct complained of, in the handler's neutral words; all L7 and L11 may say of it
	Questions string `json:"questions,omitempty"` // what L11 asks
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

// Judged is the finding on the complaint, or on one of its points (article 4).
type Judged struct {
	Finding Finding `json:"finding"`
	Reason  string  `json:"reason"`
	Point   int     `json:"point,omitempty"`  // 1, 2, ...; 0: on the complaint as a whole
	About   string  `json:"about,omitempty"`  // what the point is
	Person  int     `json:"person,omitempty"` // whose conduct the point is about; 0: nobody's in particular
}

// Weighed holds severity, cause and who is accountable (article 4); internal, its absence blocks no letter.
type Weighed struct {
	Severity    string `json:"severity,omitempty"`
	Cause       string `json:"cause,omitempty"`
	Accountable string `json:"accountable,omitempty"`
}

// Offered is an offer made by phone (article 5). On is the day of the call: O.
type Offered struct {
	Text    string `json:"text"`
	Remedy  Remedy `json:"remedy,omitempty"`
	Party   int    `json:"party,omitempty"`   // of several complainants; 0: all of them
	Written bool   `json:"written,omitempty"` // by mail, after three attempts by phone or for want of a number
}

// Remedy is the kind of an offer (article 4).
type Remedy string

const (
	Correction         Remedy = "correction"
	Redress            Remedy = "redress"
	ReplacementService Remedy = "replacement_service"
)

// NoOffer says no (new) offer is made, and why. After a dissatisfied reaction it concludes the handling.
type NoOffer struct {
	Reason string `json:"reason"`
}

// Reacted is the complainant's reaction to the offer or the outcome, and the satisfaction sounded out by phone.
type Reacted struct {
	Satisfied bool   `json:"satisfied"`
	Score     int    `json:"score,omitempty"` // 1-5, 0 when not given
	Words     string `json:"words,omitempty"`
	Party     int    `json:"party,omitempty"` // of several complainants; 0: all of them
}

// Thinking says the complainant takes time to think about the offer.
type Thinking struct {
	Until calendar.Date `json:"until"`
	Party int           `json:"party,omitempty"`
}

// Told says the complainant was told the outcome, where there is no remedy to offer: it resolves the complaint that day.
type Told struct {
	Words string `json:"words,omitempty"`
	Party int    `json:"party,omitempty"`
}

// Resolved fixes S where no reaction does: the handler concludes.
type Resolved struct {
	How   string `json:"how,omitempty"`
	Party int    `json:"party,omitempty"`
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

// MeasureDone says a measure was carried out, and with what effect. Measures are numbered 1, 2, ... as they were taken.
type MeasureDone struct {
	Measure int    `json:"measure"`
	Effect  string `json:"effect,omitempty"`
}

// NoMeasure says none is needed or possible, and why.
type NoMeasure struct {
	Reason string `json:"reason"`
}

// Committed is something agreed with the complainant, to be done by a day (article 8). Commitments are numbered 1, 2, ...
type Committed struct {
	Text     string        `json:"text"`
	Owner    string        `json:"owner,omitempty"`
	By       calendar.Date `json:"by"`
	Internal bool          `json:"internal,omitempty"` // no promise to the complainant: no letter speaks of it
}

// CommitmentMoved puts off a commitment; the complainant is told (letter L13).
type CommitmentMoved struct {
	Commitment int           `json:"commitment"`
	To         calendar.Date `json:"to"`
	Reason     string        `json:"reason"`
}

// CommitmentKept says a commitment was done.
type CommitmentKept struct {
	Commitment int    `json:"commitment"`
	Notes      string `json:"notes,omitempty"`
}

// Referred tells the complainant the way to the commissioner (article 9, letter L8), or records the consent to send the
// file there. klachtd never sends it.
type Referred struct {
	Commissioner string `json:"commissioner,omitempty"`
	Consent      bool   `json:"consent,omitempty"`
	Words        string `json:"words,omitempty"`
}

// Withdrawn says a complainant withdraws; only the complainant does (procedure.md 2.3).
type Withdrawn struct {
	Words string `json:"words"` // the complainant's own
	Party int    `json:"party,omitempty"`
}

// Reopened begins the handling anew, with terms that count from the message that asked for it. What was met or missed
// before stays so. By our own mistake, they count from R and lateness is real. Who withdrew stays
// out, but for Party; all are in again when all had withdrawn and Party is 0.
type Reopened struct {
	Reason  string        `json:"reason"`
	From    calendar.Date `json:"from"`
	Mistake bool          `json:"mistake,omitempty"`
	Party   int           `json:"party,omitempty"`
}

// MergedInto ends this case: it is handled in another one.
type MergedInto struct {
	Case CaseID `json:"case"`
}

// Merged takes in another case of the same complainant. R is the earlier of both.
type Merged struct {
	Case     CaseID        `json:"case"`
	Received calendar.Date `json:"received"`
	Words    string        `json:"words,omitempty"` // of the other complaint
}

// Linked names a related case. It changes nothing.
type Linked struct {
	Case CaseID `json:"case"`
}

// HandedOver gives the case to another handler; the complainant is told who.
type HandedOver struct {
	To     string `json:"to"` // mail address
	Reason string `json:"reason,omitempty"`
}

// Printed says a letter went to the handler, to be posted.
type Printed struct {
	Letter    string        `json:"letter"`
	Meets     []Key         `json:"meets"`
	Variant   string        `json:"variant,omitempty"`
	MessageID string        `json:"message_id"` // of the mail that brought it
	Promised  calendar.Date `json:"promised,omitempty"`
}

// Posted says the handler posted a letter. On is the day of posting; it counts as received Terms.PostDays later.
type Posted struct {
	Keys []Key `json:"keys"`
}

// Confided is a passage that must never reach a person concerned.
type Confided struct {
	Text string `json:"text"`
}

// Categorised says what the complaint is about in general, for the yearly figures; see Categories.
type Categorised struct {
	Category string `json:"category"`
}

// Retained keeps the case beyond the usual time, for a claim or an audit.
type Retained struct {
	Reason string `json:"reason"`
}

// Forced records that the handler insisted on what was refused, and why.
type Forced struct {
	Reason string `json:"reason"`
	Line   string `json:"line"` // what was insisted on, as typed
}

// MarkedTest says this is the yearly test case: it runs as any other and is not counted.
type MarkedTest struct{}

// Rewritten replaces the composed text of the drafts the handler saw by the handler's own.
type Rewritten struct {
	Keys []Key  `json:"keys"`
	Text string `json:"text"`
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
	Away bool   `json:"away,omitempty"` // the mail answered this case, and spoke of others only
}

// Filed says a mail belongs to the case: correspondence, machine mail, mails written by hand. It changes nothing else.
type Filed struct {
	Kind    MailKind `json:"kind"`
	From    Address  `json:"from"`
	Subject string   `json:"subject,omitempty"`
	Sent    bool     `json:"sent,omitempty"` // written by hand from the shared mailbox

	Attachments []Attachment `json:"attachments,omitempty"`
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
