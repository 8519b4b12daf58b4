// Package letters answers one question: what does the letter say? Duty and case in, finished letter out.
//
// A letter to a complainant or a person concerned is written from a template (templates/NAME.LANG.txt, which an office
// can replace) and from the facts of the case; a mail to a handler is put together here. Both become a list of blocks,
// and plain text and HTML are made from the blocks. What people wrote is text in them and nothing else.
package letters

import "klachtd/complaint"

// Letter is a finished mail: to one person, complete, ready to be put into bytes.
type Letter struct {
	Name        string              // acknowledgement, ..., or notice, daily, answer for mails to a handler
	Case        complaint.CaseID    // "" for mails about no single case
	Lang        string              // "nl" or "en"
	To          complaint.Address   // exactly one recipient
	Cc          []complaint.Address // the substitute, on mails to the handler only
	Subject     string
	Text        string // plain text, LF line ends
	HTML        string // the same in HTML; "" for none
	MessageID   string // without angle brackets
	ReplyTo     string // "" for the sender itself
	InReplyTo   string // without angle brackets; never set on L7 and L11
	References  []string
	ToHandler   bool // marks mails to a handler: null-ish rules of faults.md do not apply to them
	Attachments []Attachment

	party  int     // whom a letter goes to: Party.ID; 0 for a mail to a handler, and for a letter read back from where it was kept
	blocks []block // what Text and HTML were made from; nil for a letter read back from where it was kept
}

// Attachment is a file that travels with a letter.
type Attachment struct {
	Name string // a file name of our own making
	Type string // a media type
	Data []byte
}
