package letters

import "klachtd/complaint"

// Moved tells a handler that a case is somebody else's: its number, and nothing of what it is about.
type Moved struct {
	Case      complaint.CaseID
	To        string // the name of who handles it
	Concerned bool   // because this handler is a person concerned in it
	Kept      bool   // what this handler wrote was filed, and shown to who handles it
	Done      bool   // what else this handler ordered was carried out

	Refusal *complaint.Refusal // why nothing of it was done
	Answers complaint.Incoming // the mail that is answered, if any
}

// Moved writes it.
func (s *Set) Moved(e Envelope, m Moved) (Letter, error) {
	sh := s.sheet(e)
	if m.Refusal != nil {
		sh.refusal(*m.Refusal)
	}
	number := string(m.Case)
	w := complaint.Words{NL: "Zaak %s wordt nu behandeld door %s.", EN: "Case %s is now handled by %s."}
	sh.lead(w, number, m.To)
	if m.Kept {
		sh.para(complaint.Words{NL: "Uw bericht is in de zaak bewaard en doorgegeven aan %s.", EN: "Your message was filed in the case and passed on to %s."}, m.To)
	}
	if m.Done {
		sh.para(complaint.Words{NL: "Wat u verder schreef, is vastgelegd.", EN: "What else you wrote was recorded."})
	}
	if m.Concerned {
		sh.para(complaint.Words{NL: "U bent betrokkene in deze zaak. Daarom krijgt u er als behandelaar geen berichten meer over. Uw eigen reactie kunt u sturen als antwoord op deze e-mail.",
			EN: "You are a person concerned in this case. So as a handler you get no more messages about it. Your own response you can send in answer to this email."})
	} else {
		sh.para(complaint.Words{NL: "U hoeft nu niets te doen.", EN: "There is nothing you need to do now."})
	}
	l := sh.letter("moved", m.Case, complaint.Words{NL: "Een zaak is overgedragen", EN: "A case was handed over"})
	if id := m.Answers.MessageID; id != "" {
		l.InReplyTo = id
		l.References = append(append([]string{}, m.Answers.References...), id)
	}
	return l, nil
}
