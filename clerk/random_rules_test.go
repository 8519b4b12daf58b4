package clerk

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

func (w *world) wrong(format string, what ...any) {
	w.t.Helper()
	w.t.Fatalf("at %s, after %s: %s", w.now.Format("2006-01-02 15:04"), strings.Join(w.did, ", "), fmt.Sprintf(format, what...))
}

func (w *world) view(do func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.DB.View(w.t.Context(), do); err != nil {
		w.t.Fatal(err)
	}
}

// facts are those of all cases.
func (w *world) facts() map[complaint.CaseID][]complaint.Fact {
	all := map[complaint.CaseID][]complaint.Fact{}
	w.view(func(tx *db.Tx) error {
		ids, err := tx.Cases()
		for _, id := range ids {
			if all[id], err = tx.Facts(id); err != nil {
				return err
			}
		}
		return err
	})
	return all
}

// look looks at all that must hold at any time.
func (w *world) look() {
	w.t.Helper()
	for id := range w.facts() {
		w.settledOnce(id)
		w.view(func(tx *db.Tx) error { return tx.VerifyChain(id) })
	}
	w.send()
	for _, l := range w.sent[w.seen:] {
		w.secretsKept(l)
	}
	w.seen = len(w.sent)
	for _, facts := range w.facts() {
		w.lettersOnce(facts)
	}
}

// settledOnce: settling twice is settling once.
func (w *world) settledOnce(id complaint.CaseID) {
	type rest struct {
		rows []db.Row
		wake any
	}
	var first, second rest
	err := w.act(w.t.Context(), func(d *desk) error {
		for _, r := range []*rest{&first, &second} {
			_, err := d.settle(id)
			if err != nil {
				return err
			}
			if r.rows, err = d.tx.LettersOf(id); err != nil {
				return err
			}
			if r.wake, err = d.tx.NextWake(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if !reflect.DeepEqual(first, second) {
		w.wrong("%s: settled again it is something else", id)
	}
}

// lettersOnce: for each duty one letter, and to the party of the duty.
func (w *world) lettersOnce(facts []complaint.Fact) {
	for i, f := range facts {
		b, ok := f.Body.(complaint.Sent)
		if !ok {
			continue
		}
		then := complaint.Fold(facts[:i+1])
		for _, k := range b.Meets {
			name := rowKey(k)
			if other := w.left[name]; other != "" && other != b.MessageID {
				w.wrong("two letters for %s", name)
			}
			w.left[name] = b.MessageID
			if then.Party(k.Party).Mail != b.To {
				w.wrong("the letter for %s went to %s, and the party is %+v", name, b.To, then.Party(k.Party))
			}
		}
	}
}

// secretsKept: what somebody planted in a complaint is read by nobody else among those who get letters, and who complains
// stays unknown to a person concerned.
func (w *world) secretsKept(l letters.Letter) {
	if l.To.Mail == noor || l.To.Mail == ruud {
		return
	}
	text := l.Subject + l.Text + l.HTML
	for _, p := range w.people {
		if p.mail == l.To.Mail {
			continue
		}
		for _, secret := range []string{p.secret, p.mail, p.name} {
			if strings.Contains(text, secret) {
				w.wrong("%s to %s says %q:\n%s", l.Name, l.To.Mail, secret, l.Text)
			}
		}
	}
	if l.Case != "" {
		if err := letters.Leaks(l, w.theCase(l.Case)); err != nil {
			w.wrong("%s to %s: %v", l.Name, l.To.Mail, err)
		}
	}
}

// refusedChangesNothing: when klachtd answers that nothing was done, nothing was, but that the mail is filed.
func (w *world) refusedChangesNothing(before map[complaint.CaseID][]complaint.Fact, answers []letters.Letter) {
	if !slices.ContainsFunc(answers, func(l letters.Letter) bool { return strings.HasPrefix(l.Subject, "Niets gedaan") }) {
		return
	}
	w.onlyFiled(before, w.facts())
}

// onlyFiled: no case says more than it did, but for mails that were filed, letters that left, and cases that a complaint opened.
func (w *world) onlyFiled(before, after map[complaint.CaseID][]complaint.Fact) {
	for id, facts := range after {
		if len(before[id]) == 0 {
			continue
		}
		for _, f := range facts[len(before[id]):] {
			switch f.Body.(type) {
			case complaint.Filed, complaint.Sent, complaint.Linked:
			default:
				w.wrong("%s: %s was recorded", id, complaint.KindOf(f.Body))
			}
		}
	}
}

// closeAndOpen: a database that is closed and opened again holds the same cases.
func (w *world) closeAndOpen() {
	before := w.facts()
	w.reopenDatabase()
	if after := w.facts(); !reflect.DeepEqual(before, after) {
		w.wrong("the cases are others after a restart")
	}
}
