package clerk

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// tell queues a mail to a handler: its token in the Message-ID, frozen at once, unique by key.
func (d *desk) tell(key string, ask complaint.Ask, l letters.Letter) error {
	l.MessageID = d.seal(ask.Token, d.domain())
	l.ToHandler = true
	raw, err := d.Compose(l, d.now)
	if err != nil {
		return fmt.Errorf("compose %s: %w", l.Name, err)
	}
	isNew, err := d.tx.Queue(db.Row{
		Key: key, Case: ask.Case, Letter: l.Name, To: l.To.Mail, Lang: l.Lang,
		NotBefore: d.now, QueuedAt: d.now, MessageID: l.MessageID, Raw: raw, ToHandler: true,
	})
	if err != nil || !isNew {
		return err
	}
	return d.tx.SaveAsk(ask)
}

// newAsk begins a mail to a handler about a case.
func (d *desk) newAsk(c complaint.CaseID, to letters.Handler, q complaint.Question) complaint.Ask {
	return complaint.Ask{Token: newToken(), Case: c, To: complaint.BareMail(to.Email), Question: q, Asked: d.now}
}

func (d *desk) envelope(to letters.Handler, ask complaint.Ask) letters.Envelope {
	return letters.Envelope{To: to, Ask: ask, Lang: d.Lang}
}

// notice tells the handler of a new case, and who else its mail went to.
func (d *desk) notice(c complaint.Case, others ...complaint.Address) error {
	h := d.handlerOf(c)
	ask := d.newAsk(c.Opening.Number, h, complaint.AskComplaint)
	related, err := d.related(c)
	if err != nil {
		return err
	}
	l, err := d.Letters.Notice(d.envelope(h, ask), letters.Notice{
		Case: c, Mail: firstMail(c), Plan: complaint.Plan(c, d.now, d.Policy), Today: d.today(), Now: d.now, Related: related, Others: others,
		Names: d.named(c),
	})
	if err != nil {
		return fmt.Errorf("notice of %s: %w", c.Opening.Number, err)
	}
	return d.tell(fmt.Sprintf("notice/%s", c.Opening.Number), ask, l)
}

// named is the handler whom a complaint names, who may be the person concerned.
func (d *desk) named(c complaint.Case) string {
	h, _ := complaint.NamesHandler(firstMail(c), d.setting().Handlers)
	return h.Name
}

// askNext makes the ask of the one thing to say in a case now.
func (d *desk) askNext(c complaint.Case, plan []complaint.Departure, to letters.Handler) complaint.Ask {
	ask, _, _ := d.askWithDrafts(c, plan, to)
	return ask
}

// askWithDrafts is askNext with the drafts it is about, and what keeps others from going.
func (d *desk) askWithDrafts(c complaint.Case, plan []complaint.Departure, to letters.Handler) (complaint.Ask, []letters.Letter, []*letters.Incomplete) {
	q, deps := complaint.NextQuestion(c, plan, d.today())
	ask := d.newAsk(c.Opening.Number, to, q)
	if keys := d.unposted(c); q == complaint.NoQuestion && len(keys) > 0 {
		ask.Question, ask.Keys = complaint.AskPosted, keys
	}
	if q != complaint.AskRelease {
		return ask, nil, nil
	}
	drafts, version, blocked := d.render(c, deps)
	if len(blocked) > 0 { // she must first say what they lack
		ask.Question = complaint.NoQuestion
		return ask, drafts, blocked
	}
	ask.Version = version
	for _, dep := range deps {
		ask.Keys = append(ask.Keys, dep.Meets...)
	}
	return ask, drafts, nil
}

// plan is the plan of a case as a mail to its handler tells it: a letter whose text may not go (a leak, something missing)
// leaves by no clock, and what keeps it is told beside.
func (d *desk) plan(c complaint.Case) ([]complaint.Departure, []*letters.Incomplete) {
	all := complaint.Plan(c, d.now, d.Policy)
	var blocked []*letters.Incomplete
	for i, dep := range all {
		if !dep.Ready() {
			continue
		}
		var lacks *letters.Incomplete
		if _, err := d.Letters.Letter(dep, c, d.today()); errors.As(err, &lacks) {
			blocked, all[i].NotBefore = append(blocked, lacks), time.Time{}
		}
	}
	return all, blocked
}

// answer answers a handler's mail: what was recorded or why nothing was, what is owed, and the next question.
func (d *desk) answer(before, after complaint.Case, h letters.Handler, r complaint.Reading, in complaint.Incoming, also ...letters.Also) error {
	running, err := d.casesOf(h, r)
	if err != nil {
		return err
	}
	plan, blocked := d.plan(after)
	ask, drafts, _ := d.askWithDrafts(after, plan, h)
	if r.Quiet && r.Refusal == nil && len(blocked)+len(r.Hints)+len(also) == 0 && ask.Question == complaint.NoQuestion && r.Show == complaint.ShowNothing {
		return nil // as she asked: there is nothing to decide
	}
	l, err := d.Letters.Answer(d.envelope(h, ask), letters.Answer{
		Case: after, Before: before, Reading: r, Plan: plan, Drafts: drafts, Blocked: blocked,
		Duties: complaint.Duties(after, d.today()), Today: d.today(), Now: d.now, To: in, Also: also, Cases: running,
		Leaving: d.leaving(before, after, plan),
	})
	if err != nil {
		return fmt.Errorf("answer in %s: %w", after.Opening.Number, err)
	}
	return d.tell(fmt.Sprintf("answer/%s/%s", after.Opening.Number, in.ID), ask, l)
}

// casesOf lists the running cases of a handler who asks for them; none of those in which they are concerned.
func (d *desk) casesOf(h letters.Handler, r complaint.Reading) (running []complaint.Case, err error) {
	if r.Show != complaint.ShowCases {
		return nil, nil
	}
	open, err := d.tx.OpenCases()
	if err != nil {
		return nil, err
	}
	for _, id := range open {
		c, err := d.load(id)
		if err != nil {
			return nil, err
		}
		if complaint.SameMail(d.handlerOf(c).Email, h.Email) && !c.Recused(h.Email) {
			running = append(running, c)
		}
	}
	return running, nil
}

// firstMail is the mail a case began with, as its opening tells it.
func firstMail(c complaint.Case) complaint.Incoming {
	o := c.Opening
	return complaint.Incoming{
		From: author(o), Subject: o.Subject, Text: o.Words, Arrived: o.ReceivedAt,
		Attachments: o.Attachments, Damage: o.Damage, Unreadable: o.Origin == complaint.OriginUnreadable,
	}
}

func author(o complaint.Opened) complaint.Address {
	return complaint.Address{Name: o.Complainant.Name, Mail: o.Complainant.Mail}
}

// answerDaily answers a mail about no single case.
func (d *desk) answerDaily(h letters.Handler, old complaint.Ask, r complaint.Reading, in complaint.Incoming) error {
	ask := d.newAsk("", h, complaint.NoQuestion)
	if r.Refusal != nil || r.Show != complaint.ShowNothing { // she may answer this mail as she would have the other
		ask.Question, ask.Items, ask.Cases = old.Question, old.Items, old.Cases
	}
	running, err := d.casesOf(h, r)
	if err != nil {
		return err
	}
	l, err := d.Letters.Answer(d.envelope(h, ask), letters.Answer{
		Reading: r, Today: d.today(), Now: d.now, To: in, Cases: running,
	})
	if err != nil {
		return fmt.Errorf("answer to the daily mail: %w", err)
	}
	return d.tell(fmt.Sprintf("answer/daily/%s", in.ID), ask, l)
}

// leaving are the letters that a mail set on their way and that nobody has seen yet: her word ordered them, and they leave after
// grace. The acknowledgement is not among them, nor what she approved, which she has read.
func (d *desk) leaving(before, after complaint.Case, plan []complaint.Departure) []letters.Letter {
	known := map[string]bool{}
	for _, dep := range complaint.Plan(before, d.now, d.Policy) {
		if dep.OnWord && dep.Ready() {
			known[departureKey(dep)] = true
		}
	}
	for _, f := range after.Facts {
		if a, ok := f.Body.(complaint.Approved); ok {
			for _, k := range a.Keys {
				known[rowKey(k)], known[toPrint+rowKey(k)] = true, true
			}
		}
	}
	var all []letters.Letter
	for _, dep := range plan {
		if !dep.OnWord || !dep.Ready() || known[departureKey(dep)] || dep.Letter == complaint.LetterAcknowledgement {
			continue
		}
		l, err := d.Letters.Letter(dep, after, d.today())
		if err != nil {
			d.Log.Error("render letter", "case", after.Opening.Number, "letter", dep.Letter, "err", err)
			continue
		}
		all = append(all, l)
	}
	return all
}

// showMessage shows the handler a mail that was filed in a case. After signs of danger nothing else is asked.
func (d *desk) showMessage(c complaint.Case, in complaint.Incoming) error {
	h := d.handlerOf(c)
	plan, _ := d.plan(c)
	ask, drafts, _ := d.askWithDrafts(c, plan, h)
	danger := dangerous(c, in.ID)
	if danger {
		ask, drafts = d.newAsk(c.Opening.Number, h, complaint.NoQuestion), nil
	}
	l, err := d.Letters.Message(d.envelope(h, ask), letters.Message{Case: c, Mail: in, Plan: plan, Drafts: drafts, Danger: danger, Today: d.today(), Now: d.now})
	if err != nil {
		return fmt.Errorf("show mail in %s: %w", c.Opening.Number, err)
	}
	return d.tell(fmt.Sprintf("message/%s/%s", c.Opening.Number, in.ID), ask, l)
}

// alarm tells the handler at once of something that cannot wait for the daily mail: once for each key.
func (d *desk) alarm(c complaint.Case, key string, a letters.Alarm) error {
	h := d.lead()
	if c.Opening.Number != "" {
		h = d.handlerOf(c)
	}
	a.Case = c
	ask := d.newAsk("", h, complaint.NoQuestion)
	if c.Opening.Number != "" {
		a.Plan, _ = d.plan(c)
		ask, a.Drafts, _ = d.askWithDrafts(c, a.Plan, h)
	}
	l, err := d.Letters.Alarm(d.envelope(h, ask), a)
	if err != nil {
		return fmt.Errorf("alarm %s: %w", a.Kind, err)
	}
	return d.tell(fmt.Sprintf("alarm/%s/%s", a.Kind, key), ask, l)
}

// alarmElsewhere tells the alarm address, and the substitute, when the handler herself cannot be reached.
func (d *desk) alarmElsewhere(kind letters.AlarmKind, row db.Row, why string) error {
	to := letters.Handler{Email: d.AlarmTo}
	if s, ok := d.substitute(); ok && to.Email == "" {
		to = s
	}
	if to.Email == "" || strings.EqualFold(to.Email, row.To) {
		return nil // it is in the log, and there is nobody else to tell
	}
	ask := d.newAsk("", to, complaint.NoQuestion)
	l, err := d.Letters.Alarm(d.envelope(to, ask), letters.Alarm{Kind: kind, Letter: row.Letter, To: row.To, Detail: why})
	if err != nil {
		return fmt.Errorf("alarm %s: %w", kind, err)
	}
	return d.tell(fmt.Sprintf("alarm/%s/%s/%s", kind, row.Key, to.Email), ask, l)
}
