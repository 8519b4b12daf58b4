package clerk

import (
	"strings"

	"github.com/emersion/go-msgauth/authres"

	"klachtd/complaint"
)

// authentication is what the office's own mail server said of a mail.
type authentication int

const (
	unknown authentication = iota // nobody we trust said anything
	passed
	failed
)

// authenticate reads the trusted Authentication-Results of a mail (RFC 8601): DMARC, or aligned DKIM or SPF, for the
// domain of its From. Only the configured server counts, and only its topmost header.
func authenticate(in complaint.Incoming, authservID string) authentication {
	if authservID == "" {
		return unknown
	}
	domain := domainOf(in.From.Mail)
	for _, header := range in.AuthResults {
		id, results, err := authres.Parse(header)
		if err != nil || !strings.EqualFold(id, authservID) {
			continue
		}
		return verdictOf(results, domain)
	}
	return unknown
}

func verdictOf(results []authres.Result, domain string) authentication {
	said := unknown
	for _, r := range results {
		switch r := r.(type) {
		case *authres.DMARCResult:
			if r.Value == authres.ResultPass && (r.From == "" || strings.EqualFold(domainOf(r.From), domain)) {
				return passed
			}
			if r.Value == authres.ResultFail {
				said = failed
			}
		case *authres.DKIMResult:
			if r.Value == authres.ResultPass && aligned(r.Domain, domain) {
				return passed
			}
		case *authres.SPFResult:
			if r.Value == authres.ResultPass && aligned(domainOf(r.From), domain) {
				return passed
			}
		}
	}
	return said
}

// aligned is strict alignment, or a subdomain of the From domain's owner signing for it (RFC 7489 3.1): never the other
// way round for somebody else's parent domain.
func aligned(signer, from string) bool {
	signer, from = strings.ToLower(signer), strings.ToLower(from)
	return signer != "" && (signer == from || strings.HasSuffix(signer, "."+from))
}

func domainOf(mail string) string {
	if _, domain, ok := strings.Cut(mail, "@"); ok {
		return strings.ToLower(domain)
	}
	return strings.ToLower(mail)
}

// refusedWhy says why a mail that looks like a handler's is not obeyed.
type refusedWhy string

const (
	noToken       refusedWhy = "no_token"
	otherToken    refusedWhy = "other_token"   // a token given to somebody else
	deadToken     refusedWhy = "dead_token"    // sixty days after its case ended
	numberClash   refusedWhy = "number_clash"  // token and case number disagree
	notAuthentic  refusedWhy = "not_authentic" // the mail failed, or lacks, authentication
	notFromHand   refusedWhy = "not_a_handler" // a token or a command from somebody who is no handler
	inboxOfOwnBox refusedWhy = "inbox_of_own"  // the inbox copy of a mail whose Sent copy counts
)

// words say it to the handler.
func (w refusedWhy) words() complaint.Words {
	switch w {
	case otherToken:
		return complaint.Words{NL: "het kenmerk is aan iemand anders gegeven", EN: "the reference was given to somebody else"}
	case deadToken:
		return complaint.Words{NL: "de zaak is al meer dan 60 dagen geleden geëindigd", EN: "the case ended more than 60 days ago"}
	case numberClash:
		return complaint.Words{NL: "het zaaknummer in het onderwerp hoort bij een andere zaak dan het kenmerk: welke zaak bedoelde u?", EN: "the case number in the subject belongs to another case than the reference: which case did you mean?"}
	case notAuthentic:
		return complaint.Words{NL: "de mailserver bevestigt niet dat het bericht van dit adres komt", EN: "the mail server does not confirm that the message is from this address"}
	}
	return complaint.Words{NL: "de afzender is geen behandelaar", EN: "the sender is no handler"}
}

// tokenLife is how many days a token lives after its case ended.
const tokenLife = 60

// authorise is the one gate for commands. It gives the ask a handler's mail answers, or why it may not command.
func (d *desk) authorise(in complaint.Incoming) (complaint.Ask, refusedWhy, error) {
	handler, ok := d.handler(in.From.Mail)
	if !ok {
		return complaint.Ask{}, notFromHand, nil
	}
	if in.Ambiguous {
		return complaint.Ask{}, notAuthentic, nil
	}
	if d.isMailbox(handler.Email) {
		// Being in Sent replaces authentication: only who can log in to the mailbox puts a mail there.
		if in.Folder != complaint.SentItems {
			return complaint.Ask{}, inboxOfOwnBox, nil
		}
	} else if d.AuthservID != "" && authenticate(in, d.AuthservID) != passed {
		return complaint.Ask{}, notAuthentic, nil
	}
	ask, found, err := d.askOf(in)
	switch {
	case err != nil:
		return complaint.Ask{}, "", err
	case !found:
		return complaint.Ask{}, noToken, nil
	case !complaint.SameMail(ask.To, in.From.Mail):
		return complaint.Ask{}, otherToken, nil
	}
	if n := numberIn(in.Subject); n != "" && ask.Case != "" && n != ask.Case && !d.sameCase(n, ask.Case) {
		return ask, numberClash, nil
	}
	if ask.Case == "" {
		return ask, "", nil
	}
	c, err := d.load(ask.Case)
	if err != nil {
		return complaint.Ask{}, "", err
	}
	if end := complaint.EndedOn(c, d.today()); !end.IsZero() && d.today() > end.AddDays(tokenLife) {
		return ask, deadToken, nil
	}
	return ask, "", nil
}

// sameCase says whether two numbers lead to one case: a merged one and the one it went into.
func (d *desk) sameCase(a, b complaint.CaseID) bool {
	one, err := d.current(a)
	if err != nil {
		return false
	}
	other, err := d.current(b)
	return err == nil && one.Opening.Number == other.Opening.Number
}

// askOf finds the newest ask whose token a mail carries.
func (d *desk) askOf(in complaint.Incoming) (complaint.Ask, bool, error) {
	for _, t := range tokensIn(in) {
		ask, ok, err := d.tx.Ask(t)
		if err != nil || ok {
			return ask, ok, err
		}
	}
	return complaint.Ask{}, false, nil
}
