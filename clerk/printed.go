package clerk

import (
	"fmt"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// toPrint begins the key of a letter that the handler is to print and post.
const toPrint = "print/"

func isToPrint(row db.Row) bool { return strings.HasPrefix(row.Key, toPrint) }

// toHandler says whether a mail goes to a handler, so that its failure is told elsewhere and never to who complains.
func toHandler(row db.Row) bool { return row.ToHandler || row.Case == "" || isToPrint(row) }

// toPrint makes the mail that brings a handler a letter to be posted, and keeps what an answer to it means.
func (d *desk) toPrint(c complaint.Case, dep complaint.Departure, l letters.Letter) (letters.Letter, error) {
	h := d.handlerOf(c)
	ask := d.newAsk(c.Opening.Number, h, complaint.AskPosted)
	ask.Keys = dep.Meets
	mail, err := d.Letters.Print(d.envelope(h, ask), letters.Print{Case: c, Departure: dep, Letter: l, Today: d.today()})
	if err != nil {
		return mail, fmt.Errorf("bring %s of %s to be posted: %w", dep.Letter, c.Opening.Number, err)
	}
	mail.MessageID = d.seal(ask.Token, d.domain())
	return mail, d.tx.SaveAsk(ask)
}

// printed records that a letter lies with the handler. It meets nothing yet: posting it does.
func (d *desk) printed(row db.Row, e db.Evidence) error {
	d.Log.Info("letter to be posted", "case", row.Case, "letter", row.Letter)
	p := complaint.Printed{Letter: row.Letter, Meets: row.Meets, Variant: row.Variant, MessageID: row.MessageID, Promised: row.Promised}
	_, err := d.record(row.Case, complaint.Fact{On: calendar.On(e.At, d.Policy.Zone), By: complaint.ByProgram, Body: p})
	return err
}

// unposted lists the duties whose letters lie with the handler.
func (d *desk) unposted(c complaint.Case) []complaint.Key {
	var keys []complaint.Key
	for _, duty := range complaint.Duties(c, d.today()) {
		if _, printed := c.Printed(duty.Key); printed && duty.State == complaint.Open {
			keys = append(keys, duty.Key)
		}
	}
	return keys
}
