package complaint

import "time"

// MailID identifies a kept mail: the hex SHA-256 of its raw bytes. The same bytes are the same mail, wherever and
// however often they turn up.
type MailID string

// MailKind says what a mail is by its headers alone, before anybody reads its words.
type MailKind string

const (
	FromPerson MailKind = "person"    // somebody wrote it, or a web form speaks for somebody
	Bounce     MailKind = "bounce"    // a delivery report (RFC 3464) or an old-style mailer-daemon text
	Automatic  MailKind = "automatic" // auto-reply, list, bulk, receipt, notification: never answered
	OwnCopy    MailKind = "own_copy"  // a mail klachtd sent, come back from Sent or the inbox
)

// Folder says in which of the watched folders a mail was found.
type Folder string

const (
	Inbox     Folder = "inbox"     // imap.folder
	SentItems Folder = "sent"      // imap.sent_folder: what people wrote by hand from the shared mailbox
	Junk      Folder = "junk"      // scanned for certain complaints only
	Dragged   Folder = "complaint" // imap.complaint_folder: a mail dragged here is a complaint
)

// Address is a mail address with the name that stood beside it.
type Address struct {
	Name string `json:"name,omitempty"`
	Mail string `json:"mail"` // addr-spec as written; compare with SameMail
}

// Attachment is what a letter or a notice may tell of an attachment. Its name is text from a stranger, never a path.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int    `json:"size"`
}

// Report is what a bounce says of one recipient (RFC 3464).
type Report struct {
	MessageID string // of the mail that came back, without angle brackets
	OurID     string // its X-Klachtd-Id, which survives servers that rewrite Message-IDs
	Recipient string
	Action    string // failed, delayed, delivered, ...
	Status    string // 5.1.1
	Text      string // the diagnostic, one line
}

// Incoming is a mail as the rules see it: read as far as it goes, its damage named. It is never an error.
type Incoming struct {
	ID       MailID
	Folder   Folder
	Arrived  time.Time // the instant it reached our mail system: earlier of INTERNALDATE and our server's Received
	Kind     MailKind
	KindWhy  string // the header that decided Kind, for people
	From     Address
	Sender   string // the Sender header's address, when there is one
	ReplyTo  []Address
	To, Cc   []Address
	Subject  string
	Text     string // the whole readable text, quotes included; from HTML when there is no plain part
	FromHTML bool   // Text was made from HTML
	Date     time.Time

	MessageID  string   // without angle brackets
	OurID      string   // X-Klachtd-Id
	InReplyTo  []string // without angle brackets
	References []string

	AuthResults []string // the Authentication-Results headers, topmost first, unfolded
	Ambiguous   bool     // who wrote it can be read in two ways: two From headers, or one that is not well formed
	ReturnPath  string   // "<>" when null, "" when absent

	Attachments []Attachment
	Report      *Report  // when Kind is Bounce and the report could be read
	Damage      []string // what was wrong with the mail, in words: "charset unknown", "beyond the guard: nesting"
	Unreadable  bool     // nothing but headers could be read: a person has to look at the original
}

// Kept is a mail as it lies in the store, before anybody read it.
type Kept struct {
	ID          MailID
	Folder      Folder
	UIDValidity uint32
	UID         uint32
	Arrived     time.Time // INTERNALDATE
	Raw         []byte    // exactly as the server gave it
}
