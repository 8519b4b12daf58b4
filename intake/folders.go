package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"klachtd/complaint"
)

// specialUse is the attribute by which a server marks a folder (RFC 6154), and what such folders are called where servers
// mark none.
var specialUse = map[complaint.Folder]struct {
	attr  imap.MailboxAttr
	names []string
}{
	complaint.SentItems: {imap.MailboxAttrSent, []string{"sent", "sent items", "sent messages", "sent mail", "sent-mail",
		"verzonden", "verzonden items", "verzonden berichten", "verzonden objecten", "gesendet", "éléments envoyés"}},
	complaint.Junk: {imap.MailboxAttrJunk, []string{"junk", "spam", "junk e-mail", "junk email", "bulk mail",
		"ongewenst", "ongewenste e-mail", "ongewenste reclame"}},
}

// findFolder returns the name of the folder that serves for as, "" when there is none.
func findFolder(folders []*imap.ListData, as complaint.Folder) string {
	use := specialUse[as]
	for _, f := range folders {
		if slices.Contains(f.Attrs, use.attr) && use.attr != "" {
			return f.Mailbox
		}
	}
	for _, name := range use.names {
		for _, f := range folders {
			last := f.Mailbox
			if f.Delim != 0 {
				last = last[strings.LastIndex(last, string(f.Delim))+1:]
			}
			if strings.EqualFold(last, name) {
				return f.Mailbox
			}
		}
	}
	return ""
}

// folders lists the folders that can be opened.
func (s *session) folders() ([]*imap.ListData, error) {
	s.conn.command()
	defer s.conn.rest()
	var options *imap.ListOptions
	if s.caps.Has(imap.CapSpecialUse) && s.caps.Has(imap.CapListExtended) {
		options = &imap.ListOptions{ReturnSpecialUse: true} // some tell it without being asked, some do not
	}
	all, err := s.c.List("", "*", options).Collect()
	if err != nil {
		return nil, s.explain("list the folders", err)
	}
	return slices.DeleteFunc(all, func(f *imap.ListData) bool {
		return slices.Contains(f.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(f.Attrs, imap.MailboxAttrNonExistent)
	}), nil
}

// Findings is what Check learned about a mailbox.
type Findings struct {
	Folder   string   // the name of the folder on the server; "" when there is none that fits
	Messages int      // in the folder
	Folders  []string // all that can be opened
	Sent     string   // the folder for sent mail; "" when none was found
	// What the server can do: tell of new mail at once; move mail; expunge single mails; mark folders by their use.
	Idle, Move, UIDPlus, SpecialUse bool
}

// Check logs in and looks at the folder without reading any mail. The error says in words what is wrong.
func (m *Mailbox) Check(ctx context.Context) (Findings, error) {
	var found Findings
	err := m.visit(ctx, func(s *session) error {
		folders, err := s.folders()
		if err != nil {
			return err
		}
		for _, f := range folders {
			found.Folders = append(found.Folders, f.Mailbox)
		}
		slices.Sort(found.Folders)
		found.Sent = findFolder(folders, complaint.SentItems)
		found.Folder, found.Messages = s.folder, int(s.messages)
		found.Idle, found.Move = s.caps.Has(imap.CapIdle), s.caps.Has(imap.CapMove)
		found.UIDPlus, found.SpecialUse = s.caps.Has(imap.CapUIDPlus), s.caps.Has(imap.CapSpecialUse)
		return nil
	})
	return found, err
}

// UIDs returns what is in the folder now, so that it can be compared with what was kept.
func (m *Mailbox) UIDs(ctx context.Context) (uidValidity uint32, uids []uint32, err error) {
	err = m.visit(ctx, func(s *session) error {
		if uidValidity = s.validity; s.messages == 0 {
			return nil
		}
		uids, err = s.search(imap.SearchCriteria{})
		return err
	})
	return uidValidity, uids, err
}
