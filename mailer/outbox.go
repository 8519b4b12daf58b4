package mailer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"klachtd/letters"
)

// Outbox is where the letters wait. An error from it ends the mailer, for what cannot be written down must not be sent.
type Outbox interface {
	// Next claims the next row that is due. When none is it returns nil and the instant the next one will be, zero for never.
	// A claimed row that never reached Doubt was not sent, and is due again after a crash. It is called for the next
	// letter while the last one is still in doubt.
	Next(ctx context.Context) (item *letters.Dispatch, wake time.Time, err error)
	// Doubt commits that the row may be out. It is called before the final dot is said.
	Doubt(ctx context.Context, id int64) error
	// Done commits what became of the row. After Retry it must be due at a later time.
	Done(ctx context.Context, id int64, o letters.Outcome) error
}

// OneCommit is an Outbox that can close one row and doubt the next in one commit. While letters follow each other this
// costs each of them one sync to disk instead of two, which is most of what a letter costs; and never more than one
// is in doubt.
type OneCommit interface {
	// DoneAndDoubt does Done for a row and Doubt for the next one, both or neither.
	DoneAndDoubt(ctx context.Context, id int64, o letters.Outcome, next int64) error
}

// check refuses a row that could say more to a server than one letter to one person: a stray line end or a quoted
// address is how a second one is smuggled in. Compose makes no such row.
func check(it *letters.Dispatch) error {
	if err := checkAddress(it.To); err != nil {
		return fmt.Errorf("recipient: %w", err)
	}
	if it.From != "" {
		if err := checkAddress(it.From); err != nil {
			return fmt.Errorf("envelope sender: %w", err)
		}
	}
	return checkLines(it.Raw)
}

// checkLines wants 7-bit lines of at most 998 octets, every one ended by CRLF (RFC 5321 2.3.8, 4.5.3.1.6).
func checkLines(raw []byte) error {
	for n := 1; len(raw) > 0; n++ {
		line, rest, found := bytes.Cut(raw, []byte("\r\n"))
		if !found {
			return errors.New("letter does not end in a line end")
		}
		if len(line) > 998 {
			return fmt.Errorf("letter has a line that is too long: line %d", n)
		}
		for _, c := range line {
			if c == '\r' || c == '\n' || c == 0 || c >= 0x80 {
				return fmt.Errorf("letter has a byte that cannot be sent: line %d, %#x", n, c)
			}
		}
		raw = rest
	}
	return nil
}
