package intake

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"
)

// ErrNoFolder says that the server has no folder that fits.
var ErrNoFolder = errors.New("the mail server has no such folder")

// File puts a copy of a mail that was sent into the folder, as read and of the day it was sent. It is the only thing klachtd
// ever writes into a mailbox.
func (m *Mailbox) File(ctx context.Context, raw []byte, sent time.Time) error {
	return m.visit(ctx, func(s *session) error {
		if s.folder == "" {
			return ErrNoFolder
		}
		s.conn.mail(int64(len(raw)))
		defer s.conn.rest()
		cmd := s.c.Append(s.folder, int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}, Time: sent})
		if _, err := cmd.Write(raw); err != nil {
			return s.explain("file a copy", err)
		}
		if err := cmd.Close(); err != nil {
			return s.explain("file a copy", err)
		}
		_, err := cmd.Wait()
		return s.explain("file a copy", err)
	})
}
