package letters

import (
	"klachtd/calendar"
	"klachtd/complaint"
)

// orders fills what the handler's word has a letter say: it is what Case.Order knows of the duty the letter meets.
func (w *writing) orders() orders {
	var v orders
	switch w.dep.Letter {
	case complaint.LetterAcknowledgement:
		if w.dep.Variant == complaint.VariantAuthority {
			v.Until = w.full(w.authorityUntil())
		}
		return v
	case complaint.LetterProgress, complaint.LetterInformation, complaint.LetterExtension, complaint.LetterCommitmentLate, complaint.LetterWithdrawal:
	default:
		return v
	}
	switch b := w.order().(type) {
	case complaint.ProgressOrdered:
		v.Text = text(b.Text)
	case complaint.HandedOver:
		v.NewHandler = true
	case complaint.Asked:
		v.Questions, v.Until = text(b.Questions), w.full(b.Until)
	case complaint.Extended:
		w.putOff(&v, b)
	case complaint.CommitmentMoved:
		w.moved(&v, b)
	}
	if w.dep.Variant == complaint.VariantAuthority && v.Until == "" {
		v.Until = w.full(w.authorityUntil())
	}
	if f := w.k.Withdrawn; f != nil {
		v.WithdrawnOn, v.Withdrawal = w.long(f.On), text(f.Body.(complaint.Withdrawn).Words)
		v.Known = w.known()
	}
	return v
}

func (w *writing) order() complaint.Body {
	for _, k := range w.dep.Meets {
		if b := w.c.Order(k, w.today); b != nil {
			return b
		}
	}
	return nil
}

// authorityUntil is the day by which the handler wants the authorisation, none when she named none.
func (w *writing) authorityUntil() calendar.Date {
	var until calendar.Date
	for _, f := range w.c.Facts {
		if b, is := f.Body.(complaint.Asked); is && b.Authority && b.Until > w.today {
			until = b.Until
		}
	}
	return until
}

// putOff says from which day the end of the handling was put off: what a letter promised, else its term.
func (w *writing) putOff(v *orders, b complaint.Extended) {
	t := w.c.Opening.Terms
	before := w.lastPromise()
	if before.IsZero() || before >= b.To {
		c := w.c
		c.Extended = nil
		before = c.Expected()
	}
	v.PutOffFrom, v.PutOffTo = w.full(before), w.full(b.To)
	v.Why, v.Agrees = text(b.Reason), b.Consent
	v.Where = value(cleanLine(t.Articles[complaint.Extend], maxLine))
}

// moved says what was agreed, and from which day to which it moves.
func (w *writing) moved(v *orders, b complaint.CommitmentMoved) {
	i := b.Commitment - 1
	if i < 0 || i >= len(w.c.Commitments) || w.c.Commitments[i].Internal {
		return
	}
	k := w.c.Commitments[i]
	v.Promise, v.Why = short(k.Text), text(b.Reason)
	v.PutOffFrom, v.PutOffTo = w.full(w.movedFrom(k, b)), w.full(b.To)
}

// movedFrom is the day by which a commitment was to be done before it was moved.
func (w *writing) movedFrom(k complaint.Commitment, to complaint.CommitmentMoved) calendar.Date {
	by := k.By
	for _, f := range w.c.Facts {
		if b, is := f.Body.(complaint.CommitmentMoved); is && b.Commitment == to.Commitment {
			if b == to {
				break
			}
			by = b.To
		}
	}
	return by
}

// known says whether a person concerned knows of the complaint: was asked, or responded.
func (w *writing) known() bool {
	for _, p := range w.c.Persons {
		if p.Response != nil && p.Response.Summary != "" {
			return true
		}
	}
	for _, l := range allArrived(w.c) {
		if l.Letter == complaint.LetterReactionRequest {
			return true
		}
	}
	return false
}
