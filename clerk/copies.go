package clerk

import (
	"context"
	"time"

	"klachtd/db"
)

// copyAfter is how long the mail server has to file its own copy of a letter in Sent.
const copyAfter = 10 * time.Minute

// Copy is a letter that was accepted and of which no copy lies in the Sent folder.
type Copy struct {
	ID   int64
	Raw  []byte
	Sent time.Time
}

// Uncopied gives the letters whose server had its ten minutes, and the instant at which the next one will have had them,
// zero for none. Mails to handlers are not letters: they lie in the handler's own mailbox.
func (c *Clerk) Uncopied(ctx context.Context) (due []Copy, next time.Time, err error) {
	err = c.DB.View(ctx, func(tx *db.Tx) error {
		rows, err := tx.Uncopied(c.Now().Add(time.Second))
		for _, r := range rows {
			switch at := r.AcceptedAt.Add(copyAfter); {
			case toHandler(r):
			case !at.After(c.Now()):
				due = append(due, Copy{r.ID, r.Raw, r.AcceptedAt})
			case next.IsZero() || at.Before(next):
				next = at
			}
		}
		return err
	})
	return due, next, err
}

// Copied records that a copy of a letter was filed. Killed in between, the copy itself tells (ownCopy).
func (c *Clerk) Copied(ctx context.Context, id int64) error {
	return c.DB.Update(ctx, func(tx *db.Tx) error { return tx.Copied(id) })
}
