package letters

import (
	"strconv"

	"klachtd/calendar"
	"klachtd/complaint"
)

// outcome fills finding, offers, reactions, commitments and measures as they are for this reader (articles 4 to 8).
func (w *writing) outcome() outcome {
	c, t := w.c, w.c.Opening.Terms
	v := outcome{Finding: value(c.Finding), Offers: w.offers(), Commitments: w.commitments()}
	v.Reason, v.Points = w.findings(c.Points)
	if c.NoOffer != nil {
		v.NoOffer = text(c.NoOffer.Body.(complaint.NoOffer).Reason)
	}
	satisfied, known := w.k.Satisfied()
	v.Satisfied, v.Opposed = known && satisfied, known && !satisfied && !waits(v.Offers)
	switch {
	case v.Satisfied:
		v.Outcome = "accepted"
	case c.NoOffer != nil || len(v.Offers) == 0:
		v.Outcome = "no_offer"
	case v.Opposed:
		v.Outcome = "declined"
	default:
		v.Outcome = "thinking"
	}
	if w.k.Thinking != nil {
		v.ThinkUntil = w.full(w.k.Thinking.Body.(complaint.Thinking).Until)
	}
	if n := len(w.k.Reactions); n > 0 {
		last := w.k.Reactions[n-1]
		v.Reaction = text(last.Body.(complaint.Reacted).Words)
		term := t.NewOffer
		if term.IsZero() {
			term = t.Working
		}
		v.OfferBy = w.full(max(term.After(last.On, t.Holidays), w.today.AddDays(1)))
	}
	if !w.k.ResolvedOn.IsZero() && !t.Report.IsZero() {
		v.ReportBy = w.full(t.Report.After(w.k.ResolvedOn, t.Holidays))
	}
	v.Measures, v.NoMeasure = measures(c)
	v.ReportedOn = w.long(w.reportedOn())
	w.consent(&v)
	return v
}

// findings are the reason of the finding on the whole, or those on points.
func (w *writing) findings(all []complaint.Point) (reason value, points []point) {
	for _, p := range all {
		if p.Number == 0 {
			return text(p.Reason), nil
		}
		points = append(points, point{value(strconv.Itoa(p.Number)), short(p.About), value(p.Finding), text(p.Reason)})
	}
	return "", points
}

// consent is the agreement that the complaint is sent on. It names no complainant: of several, none is told of it.
func (w *writing) consent(v *outcome) {
	f := w.c.Consent
	if f == nil || len(w.c.Complainants) > 1 {
		return
	}
	v.Consented = w.long(f.On)
	v.ConsentedTo = short(f.Body.(complaint.Referred).Commissioner)
	if v.ConsentedTo == "" {
		v.ConsentedTo, _ = w.commissioner()
	}
}

// waits says whether the last offer still waits for a reaction.
func waits(offers []offer) bool { return len(offers) > 0 && offers[len(offers)-1].Open }

func (w *writing) offers() []offer {
	var all []offer
	made := w.c.OffersTo(w.k.ID)
	for i, o := range made {
		v := offer{On: w.long(o.On), Text: text(o.Text), Again: i > 0, Written: o.Written}
		v.Open = i == len(made)-1 && o.Reaction == nil && w.k.ResolvedOn.IsZero()
		if o.Reaction != nil {
			r := o.Reaction.Body.(complaint.Reacted)
			v.HasReacted, v.Satisfied = true, r.Satisfied
			v.ReactedOn, v.Reaction = w.long(o.Reaction.On), text(r.Words)
		}
		all = append(all, v)
	}
	return all
}

// commitments are what was agreed with the complainants, and how it stands; after a reopening, what was agreed since and
// what is still to be done.
func (w *writing) commitments() []agreement {
	var all []agreement
	agreed := w.agreedOn()
	for i, k := range w.c.Commitments {
		if k.Internal || w.guarded() || !k.KeptOn.IsZero() && w.c.Reopened != nil && agreed[i] < w.c.Reopened.Seq {
			continue
		}
		all = append(all, agreement{Text: short(k.Text), Owner: short(k.Owner), By: w.full(k.Until), KeptOn: w.long(k.KeptOn)})
	}
	return all
}

// agreedOn gives the number of the fact that made each commitment.
func (w *writing) agreedOn() []int {
	seqs := make([]int, len(w.c.Commitments))
	n := 0
	for _, f := range w.c.Facts {
		b, is := f.Body.(complaint.Committed)
		if is && n < len(seqs) && b == w.c.Commitments[n].Committed {
			seqs[n] = f.Seq
			n++
		}
	}
	return seqs
}

// reportedOn is the day the last report went to the reader.
func (w *writing) reportedOn() calendar.Date {
	var on calendar.Date
	for _, l := range w.arrived() {
		if l.Letter == complaint.LetterReportComplainant || l.Variant == complaint.VariantWithReport {
			on = l.on
		}
	}
	return on
}

// measures are those that were taken, or why there is none; after a reopening, those taken since, if there are.
func measures(c complaint.Case) (taken []value, none value) {
	all := c.Measures
	if n := recent(c); n > 0 {
		all = all[len(all)-n:]
	}
	for _, m := range all {
		if t := short(m.Text); t != "" {
			taken = append(taken, t)
		}
	}
	if len(taken) == 0 && c.NoMeasure != nil {
		none = short(c.NoMeasure.Reason)
	}
	return taken, none
}

// recent counts the measures that were taken since the case was reopened.
func recent(c complaint.Case) int {
	n := 0
	for i := len(c.Facts) - 1; i >= 0 && c.Reopened != nil && c.Facts[i].Seq > c.Reopened.Seq; i-- {
		m, is := c.Facts[i].Body.(complaint.MeasureTaken)
		if last := len(c.Measures) - 1 - n; is && last >= 0 && c.Measures[last].MeasureTaken == m {
			n++
		}
	}
	return n
}
