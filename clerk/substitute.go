package clerk

import (
	"fmt"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// unheard lists the possible complaints that nobody answered for five working days: who steps in hears of them too.
func (d *desk) unheard(possible []db.Candidate) (all []db.Candidate) {
	for _, c := range possible {
		if d.today() >= d.Terms.Holidays.AddWorkdays(c.Opening.Received, 5) {
			all = append(all, c)
		}
	}
	return all
}

// tellSubstitutes writes who steps in what the handlers let pass: number and date only, until they take it over. What
// nobody can step in for goes to the alarm address.
func (d *desk) tellSubstitutes(stuck []letters.CaseReminders, possible []db.Candidate) error {
	var all []letters.Handler
	cases := map[string][]letters.CaseReminders{}
	add := func(h letters.Handler, more ...letters.CaseReminders) {
		who := complaint.BareMail(h.Email)
		if _, ok := cases[who]; !ok && who != "" {
			all = append(all, h)
		}
		cases[who] = append(cases[who], more...)
	}
	for _, s := range stuck {
		add(d.stepsIn(s.Case), s)
	}
	first := d.stepsIn(complaint.Case{Handler: complaint.BareMail(d.lead().Email)})
	if len(possible) > 0 {
		add(first)
	}
	for _, h := range all {
		var mails []db.Candidate
		if h.Email == first.Email {
			mails = possible
		}
		if err := d.tellSubstitute(h, cases[complaint.BareMail(h.Email)], mails); err != nil {
			return err
		}
	}
	return nil
}

// stepsIn is who hears of a case that its handler lets pass: a substitute who is not concerned in it, else whoever reads the
// alarm address, else any other handler; nobody when there is none.
func (d *desk) stepsIn(c complaint.Case) letters.Handler {
	c.Handler = d.handlerOf(c).Email
	if s, ok := d.setting().Substitute(c); ok {
		h, _ := d.handler(s.Mail)
		return h
	}
	if d.AlarmTo != "" {
		return letters.Handler{Email: d.AlarmTo}
	}
	for _, h := range d.Office.Handlers {
		if !complaint.SameMail(h.Email, c.Handler) && !c.Concerns(h.Email) {
			return h
		}
	}
	return letters.Handler{}
}

// tellSubstitute writes one of them. A handler can take the cases over by answering; the alarm address is asked nothing.
func (d *desk) tellSubstitute(to letters.Handler, stuck []letters.CaseReminders, possible []db.Candidate) error {
	cover := letters.Cover{Today: d.today(), Possible: len(possible)}
	ask := d.newAsk("", to, complaint.NoQuestion)
	for _, s := range stuck {
		cover.Cases = append(cover.Cases, coverLine(s))
		ask.Cases = append(ask.Cases, s.Case.Opening.Number)
	}
	for _, c := range possible {
		if by := d.convertOn(c); cover.PossibleBy.IsZero() || by < cover.PossibleBy {
			cover.PossibleBy = by
		}
		ask.Items = append(ask.Items, c.Mail)
	}
	if _, ok := d.handler(to.Email); ok {
		ask.Question = complaint.AskTakeOver
	} else {
		ask.Cases, ask.Items = nil, nil
	}
	l, err := d.Letters.Substitute(d.envelope(to, ask), cover)
	if err != nil {
		return fmt.Errorf("mail to the substitute: %w", err)
	}
	return d.tell(fmt.Sprintf("substitute/%s/%s", d.today(), complaint.BareMail(to.Email)), ask, l)
}

// coverLine is the number of a case and the first date that was let pass; our own rules are nobody else's concern.
func coverLine(s letters.CaseReminders) letters.CoverLine {
	line := letters.CoverLine{Case: s.Case.Opening.Number}
	var first calendar.Date
	for _, r := range s.Reminders {
		if r.Substitute && (first.IsZero() || r.Duty.Due < first) {
			first, line.By, line.Late = r.Duty.Due, r.Duty.Due, r.Duty.Overdue
		}
	}
	return line
}

// showPossible asks who takes them over about the possible complaints that are still open.
func (d *desk) showPossible(h letters.Handler, items []complaint.MailID, in complaint.Incoming) error {
	var open []db.Candidate
	for _, id := range items {
		cand, ok, err := d.tx.Candidate(id)
		if err != nil {
			return err
		}
		if ok && cand.State == db.CandidateOpen {
			open = append(open, cand)
		}
	}
	if len(open) == 0 {
		done := complaint.Words{NL: "Op deze berichten is intussen geantwoord.", EN: "These messages have been answered meanwhile."}
		return d.answerDaily(h, complaint.Ask{}, complaint.Reading{Hints: []complaint.Words{done}}, in)
	}
	return d.askWhich(h, open, "which/"+string(in.ID))
}

// askWhich asks a handler at once which of some mails are complaints.
func (d *desk) askWhich(h letters.Handler, list []db.Candidate, key string) error {
	ask := d.newAsk("", h, complaint.NoQuestion)
	day := letters.Daily{Today: d.today(), Possible: d.number(&ask, list)}
	l, err := d.Letters.Daily(d.envelope(h, ask), day)
	if err != nil {
		return fmt.Errorf("question about possible complaints: %w", err)
	}
	return d.tell(key, ask, l)
}
