package letters

// The fields a template can print. All of them are cleaned text; an empty field is false in {{if}}.

// head is what every letter may say, to whomever it goes.
type head struct {
	Lang       value
	Number     value   // K2026-0007
	Today      moving  // the day the letter leaves: "5 november 2026"
	ByPost     bool    // it is printed and posted
	Address    []value // of the reader, a line each, on a letter by post
	Salutation value   // "Beste Kim Verbeek,"
	Received   value   // R: "3 november 2026"; "" where the reader must not learn it
	Promised   moving  // the next date: "dinsdag 15 december 2026"
	Apology    moving  // one sentence when the letter is late, else nothing
	ReactBy    moving  // a day two weeks on
	Late       bool

	Own value // the handler's own text, instead of ours between the greeting and the closing

	Handler       fixed   // name
	Phone         link    // of the handler, else of the office
	Email         link    // where people write to
	Office        fixed   // name of the organisation
	OfficeAddress fixed   // where people post to
	Website       link    //
	Signature     []fixed // lines below the closing
	Retention     fixed   // how long data are kept: "twee jaar"
}

// complainantView is what a letter to a complainant may say.
type complainantView struct {
	head
	description
	course
	outcome
	orders

	Authority bool // it asks for an authorisation, and says nothing about the person it is about

	Expected  value  // by when it is expected to be handled
	DeclineBy value  // by when it is said that it is not taken up; "" when it was taken up, or the regulation has no such date
	Postponed moving // two sentences when Promised is later than a letter said before, else nothing

	Regulation    link
	Commissioner  value          // its name, or in general "de opdrachtgever, bijvoorbeeld ..."
	Commissioners []commissioner // with their addresses; none when none is known

	GroundReason, GroundReferral, GroundText value

	Written value // the handler's own words for the report

	Unfinished, WithReport bool // variants of the confirmation
}

// description is the complaint in short (article 2).
type description struct {
	About, EventDate, Place, Particulars value // as the handler said it; "" for unknown
	Topic                                value // the complainant's own subject, masked
	Words                                value // the complainant's own words, at most 300 characters, masked
	Unknown                              value // what to ask for: "de datum of de plaats"
	Handling                             value // how it is handled, when other than by the steps
	Spoken                               bool  // told by phone or in person
	Transcribed                          bool  // spoken, or on paper: the words are as we wrote them down
	Nameless                             bool  // we do not know who complains
	Represents                           value // for whom the complainant speaks, with an authorisation
	OwnMatter                            bool  // about the handler, and there is nobody else
}

// course is what was done, and what follows.
type course struct {
	Person      value   // "de medewerker over wie u klaagt", or the name the complainant used
	PersonKnown bool    // it is known whom the complaint is about, by name or not
	NoPerson    bool    // the complaint is about nobody in particular
	Done        []event // since receipt, or since the reopening, in order
	Next        []value // what follows
	Heard       []heard // what the persons concerned said
	Merged      []value // numbers of messages that are handled here too
	Reopened    value   // the day on which the handling began anew
	Mistake     bool    // because it was closed by mistake
}

// outcome is what was found, offered, agreed and done (articles 4 to 8).
type outcome struct {
	Finding     value   // on the whole: "upheld", "partly_upheld", "not_upheld", "no_finding", "" while there is none
	Reason      value   // of the finding on the whole; "" when it follows from points
	Points      []point // the findings on points, if there are
	Offers      []offer // to this complainant, in rounds
	NoOffer     value   // why there is no (further) offer
	Outcome     value   // "accepted", "declined", "thinking", "no_offer"
	ThinkUntil  value   // the time taken to think
	Satisfied   bool
	Opposed     bool  // not satisfied in the end
	Reaction    value // the last reaction, in the complainant's words
	ReportBy    value // S+3w
	OfferBy     value // by when a new offer is considered
	Commitments []agreement
	Measures    []value
	NoMeasure   value
	Consented   value // the day of the consent to send the complaint on
	ConsentedTo value
	ReportedOn  value   // the day of our report
	Consents    []value // the sentences that give such consent, one a commissioner
}

// orders is what the handler's word has a letter say.
type orders struct {
	Text       value // how it goes on, instead of the composed steps
	NewHandler bool  // somebody else handles it now
	Questions  value
	Until      value // by when an answer is asked; "" for no day in particular

	Promise    value // what was agreed, and comes later
	PutOffFrom value // the old date
	PutOffTo   value // the new one
	Why        value
	Agrees     bool  // the complainant agreed to it
	Where      value // what allows it: "Awb 9:11 lid 3"

	WithdrawnOn value
	Withdrawal  value // the complainant's words
	Known       bool  // persons concerned know of the complaint
}

// concernedView is what a letter to a person concerned may say: nothing that comes from the complainant.
type concernedView struct {
	head
	Over      value // the conduct complained of, in the handler's words
	Questions value
	Response  value // the reader's own response
	Finding   value // on the reader's part
	Reason    value
	Points    []point // the reader's own, when there are several
	Measures  []value
	NoMeasure value
	Settled   bool // a solution was found
	Withdrawn bool // the complaint was withdrawn
	Written   value
}

type commissioner struct {
	Name              value
	Address           fixed
	Email, Phone, URL link
}

type event struct{ On, What value }

type heard struct {
	Who     value
	Summary value // "" when private, or when there is none
	Private bool
}

type point struct{ Number, About, Finding, Reason value }

type offer struct {
	On, Text   value
	Again      bool // it is not the first
	Written    bool // not made by phone
	Open       bool // it still waits for a reaction
	ReactedOn  value
	Reaction   value
	Satisfied  bool
	HasReacted bool
}

// agreement is something agreed with the complainant (article 8).
type agreement struct {
	Text   value
	Owner  value // who does it
	By     value
	KeptOn value // the day it was done
}
