package complaint

import (
	"slices"
	"strconv"
	"strings"

	"klachtd/calendar"
)

// answer carries out a short answer to the question of the ask.
func (r *reader) answer(a answer, line string) *Refusal {
	switch r.question() {
	case AskComplaint:
		return r.answerComplaint(a, line)
	case AskRelease:
		return r.answerRelease(a, line)
	case AskWhich:
		return r.answerWhich(a, line)
	case AskPosted:
		return r.answerPosted(a, line)
	case AskTakeOver:
		return r.answerTakeOver(a, line)
	case AskWrote:
		return r.answerWrote(a, line)
	case AskForm:
		if a.no {
			return r.refuse(line, Words{"Waar is er geen van? Zet het achter de regel die u bedoelt, met de reden erbij. Bijvoorbeeld: Aanbod: geen, de klager vraagt niets.",
				"None of what? Put it behind the line you mean, with the reason. For example: Offer: none, the complainant asks for nothing."}, r.formLines()...)
		}
		return r.refuse(line, Words{"Ik vroeg om de uitkomst van het gesprek. Vul deze regels in en stuur ze terug:", "I asked for the outcome of the call. Complete these lines and send them back:"}, r.formLines()...)
	}
	return r.refuse(line, Words{"In de mail waarop u antwoordt, stond geen vraag en geen brief om te versturen.", "The mail you answer held no question and no letter to send."}, r.resumeLine()...)
}

func (r *reader) answerComplaint(a answer, line string) *Refusal {
	if !a.yes && !a.no {
		return r.yesOrNo(line)
	}
	if refusal := r.ended(line, endDismissed|endDeclined); refusal != nil {
		return refusal
	}
	if a.no {
		if refusal := r.ownMatter(line); refusal != nil {
			return refusal
		}
		return doDismiss(r, command{line: line, on: r.today})
	}
	return doComplaint(r, command{line: line, on: r.today})
}

func (r *reader) answerRelease(a answer, line string) *Refusal {
	if !a.yes && !a.no {
		return r.yesOrNo(line)
	}
	if refusal := r.ended(line, endDeclined|endWithdrawn); refusal != nil {
		return refusal
	}
	if a.yes {
		if refusal := r.ownMatter(line); refusal != nil {
			return refusal
		}
		return r.approve(line)
	}
	if r.c.Held != nil {
		r.hint(Words{"De brieven van deze zaak werden al tegengehouden.", "The letters of this case were held already."})
		return nil
	}
	r.record(r.today, Held{})
	return nil
}

func (r *reader) yesOrNo(line string) *Refusal {
	return r.refuse(line, Words{"De vraag was er een van ja of nee.", "The question was one of yes or no."}, Words{"ja", "yes"}.In(r.lang), Words{"nee", "no"}.In(r.lang))
}

// answerWhich sorts the mails of the daily mail: who names some says that the others are no complaints.
func (r *reader) answerWhich(a answer, line string) *Refusal {
	items := r.ask.Items
	one := len(items) == 1
	switch {
	case len(items) == 0:
		return r.notUnderstood()
	case a.all, a.yes && one:
		r.out.Complaints = slices.Clone(items)
		return nil
	case a.no:
		r.out.Ordinary = slices.Clone(items)
		return nil
	case a.yes:
		return r.notUnderstood()
	}
	chosen, refusal := r.items(line, a.numbers)
	if refusal != nil {
		return refusal
	}
	for i, id := range items {
		if chosen[i] {
			r.out.Complaints = append(r.out.Complaints, id)
		} else {
			r.out.Ordinary = append(r.out.Ordinary, id)
		}
	}
	return nil
}

// items marks the items with the given numbers.
func (r *reader) items(line string, numbers []int) ([]bool, *Refusal) {
	chosen := make([]bool, len(r.ask.Items))
	for _, n := range numbers {
		if n < 1 || n > len(chosen) {
			last := strconv.Itoa(len(chosen))
			return nil, r.refuse(line, Words{"Er is geen nummer " + strconv.Itoa(n) + ". De nummers zijn 1 tot en met " + last + ".", "There is no number " + strconv.Itoa(n) + ". The numbers are 1 to " + last + "."})
		}
		chosen[n-1] = true
	}
	return chosen, nil
}

// answerWrote says what to do with a mail of somebody whose case had ended.
func (r *reader) answerWrote(a answer, line string) *Refusal {
	if len(a.numbers) != 1 || a.numbers[0] < 1 || a.numbers[0] > 3 || len(r.ask.Items) != 1 {
		return r.refuse(line, instructions[AskWrote], "1", "2", "3")
	}
	mail := r.ask.Items[0]
	switch a.numbers[0] {
	case 1:
		r.out.Ordinary = []MailID{mail}
		r.hint(Words{"Goed, u antwoordt zelf. Er verandert niets aan de zaak.", "Good, you answer it yourself. Nothing changes in the case."})
		return nil
	case 2:
		r.out.Complaints = []MailID{mail}
		return nil
	}
	if !StatusOn(r.c, r.today).Ended() {
		r.hint(Words{"De zaak was al weer open.", "The case was open again already."})
		return nil
	}
	on, party := r.wroteOn(mail)
	r.record(r.today, Reopened{Reason: Words{"de klager schreef opnieuw", "the complainant wrote again"}.In(r.lang), From: on, Party: r.c.comesBack(party)})
	return nil
}

// wroteOn is the day on which a mail of the case came in, and the complainant who wrote it; 0 for somebody else.
func (r *reader) wroteOn(mail MailID) (calendar.Date, int) {
	for _, f := range r.c.Facts {
		if f.Mail == mail {
			b, _ := f.Body.(Filed)
			k, _ := r.c.complains(b.From.Mail)
			return f.On, k.ID
		}
	}
	return r.today, 0
}

// sort carries out "#klacht 3" or "#geenklacht 2" in answer to the daily mail. Unlike a bare number it leaves the others
// as they are.
func (r *reader) sort(c command) *Refusal {
	a, ok := shortAnswer(c.text, AskWhich, nil)
	if !ok || len(a.numbers) == 0 {
		return r.refuse(c.line, Words{"Welk nummer bedoelt u?", "Which number do you mean?"}, c.in(r.lang)+" 1")
	}
	chosen, refusal := r.items(c.line, a.numbers)
	if refusal != nil {
		return refusal
	}
	for i, id := range r.ask.Items {
		switch {
		case !chosen[i]:
		case slices.Contains(r.out.Complaints, id) || slices.Contains(r.out.Ordinary, id) || slices.ContainsFunc(r.out.Belongs, func(b Belongs) bool { return b.Mail == id }):
			return r.refuse(c.line, Words{"Een nummer staat hier twee keer.", "A number stands here twice."})
		case c.name == "klacht":
			r.out.Complaints = append(r.out.Complaints, id)
		default:
			r.out.Ordinary = append(r.out.Ordinary, id)
		}
	}
	return nil
}

// notUnderstood refuses free text where there is no case to keep it with.
func (r *reader) notUnderstood() *Refusal {
	if r.question() != AskWhich || len(r.ask.Items) == 0 {
		return r.aboutOneCase("")
	}
	why := Words{"Ik begreep uw antwoord niet. " + instructions[AskWhich].NL, "I did not understand your answer. " + instructions[AskWhich].EN}
	return r.refuse("", why, "1", Words{"geen", "none"}.In(r.lang))
}

// meantAnswer asks whether a text that begins like an answer was meant as one.
func (r *reader) meantAnswer(text string) {
	q := r.question()
	meant, ok := meanings[q]
	if !ok {
		if _, short := shortAnswer(text, q, nil); short && q == NoQuestion {
			r.hint(Words{"In de mail waarop u antwoordt, stond geen vraag. Uw tekst is bewaard als notitie.", "The mail you answer held no question. Your text was kept as a note."})
		}
		return
	}
	yes, no := startsLikeAnswer(strings.TrimSpace(text), q)
	if q == AskPosted && !yes && !no {
		r.hint(Words{"Dit is bewaard als notitie. Is de brief op de post? Antwoord dan met ja, of met: #verzonden <datum>",
			"This was kept as a note. Was the letter posted? Then answer with yes, or with: #posted <date>"})
	}
	if yes != no {
		w, word := meant[0], Words{"ja", "yes"}
		if no {
			w, word = meant[1], Words{"nee", "no"}
		}
		r.hint(Words{"Dit is bewaard als notitie. Bedoelde u: " + w.NL + "? Antwoord dan alleen: " + word.NL,
			"This was kept as a note. Did you mean: " + w.EN + "? Then answer only: " + word.EN})
	}
}

// meanings word what yes and no mean to each question.
var meanings = map[Question][2]Words{
	AskComplaint: {{"dit is een klacht", "this is a complaint"}, {"dit is geen klacht", "this is not a complaint"}},
	AskRelease:   {{"versturen", "send"}, {"niet versturen", "do not send"}},
	AskPosted:    {{"de brief is op de post", "the letter was posted"}, {"de brief is nog niet op de post", "the letter was not posted yet"}},
}
