package complaint

import (
	"regexp"
	"strings"
)

func doPerson(r *reader, c command) *Refusal {
	if _, none := cutNone(c.text); none && len(c.got) == 0 {
		return r.refuse(c.line, Words{"Gaat de klacht over niemand in het bijzonder?", "Is the complaint about nobody in particular?"},
			Words{"#geenbetrokkene <reden>", "#noconcerned <reason>"}.In(r.lang))
	}
	if post := c.got["post"]; strings.Contains(post, "@") { // an address, but one of mail
		c.got["mail"], c.got["post"] = c.got["mail"]+" "+post, ""
	}
	person, refusal := r.readPerson(c.line, strings.Join([]string{c.text, c.got["name"], c.got["mail"]}, " "))
	if refusal != nil {
		return refusal
	}
	if c.got["role"] == "" && witnessRE.MatchString(c.text) {
		return r.refuse(c.line, Words{"Is dit een getuige? Dan krijgt die geen verslag. Schrijf het zo.", "Is this a witness? A witness gets no report. Please write it like this."},
			c.in(r.lang)+" "+strings.Trim(oneLine(witnessRE.ReplaceAllString(c.text, " ")), " ,;:()")+Words{" rol: getuige", " role: witness"}.In(r.lang))
	}
	person.Post = either(oneLine(c.got["post"]), person.Post)
	switch plain(c.got["role"]) {
	case "getuige", "witness":
		person.Role = RoleWitness
	case "", "betrokkene", "beklaagde", "concerned":
		r.nameHerself(person)
	default:
		return r.refuse(c.line, Words{"Een betrokkene is degene over wie de klacht gaat. Iemand anders kan getuige zijn.", "A person concerned is whom the complaint is about. Somebody else can be a witness."},
			c.in(r.lang)+" "+either(person.Name, person.Mail)+Words{" rol: getuige", " role: witness"}.In(r.lang))
	}
	r.record(c.on, PersonNamed{Person: person, Over: c.got["over"], Questions: c.got["questions"]})
	return nil
}

var (
	addressRE = regexp.MustCompile(`(?:mailto:)?([^\s<>,;:()\[\]"]+@[^\s<>,;:()\[\]"]*)`)
	// mailboxRE is what a letter can be sent to: one local part, a domain with a dot, nothing odd.
	mailboxRE = regexp.MustCompile(`^[\pL\d.!#$%&'*+/=?^_{|}~-]+@(?:[\pL\d](?:[\pL\d-]*[\pL\d])?\.)+[\pL\d]{2,}$`)
	// contactRE is a label that people write between a name and what it belongs to.
	contactRE  = regexp.MustCompile(`(?i)(?:^|[\s,;])(?:naam|name|e-?mail(?:-?adres| address)?|mail(?:adres| address)?|tel(?:efoon|\.)?|phone)\s*:\s*`)
	phoneInRE  = regexp.MustCompile(`\+?\d[\d ()-]{7,}\d`)
	postRE     = regexp.MustCompile(`(?i)(?:^|[\s,;])(?:post)?(?:adres|address):?\s+(\S.*)$`)
	witnessRE  = regexp.MustCompile(`(?i)(?:^|[\s,;(])(?:als )?(?:getuige|witness)(?:[\s,;:).]|$)`)
	nameTrimRE = regexp.MustCompile(`\(\s*\)|<\s*>|^[\s<>,;:"\[\]–—-]+|[\s<>,;:"\[\]–—-]+$`)
)

// readPerson reads a person concerned from a name, a mail address, or both.
func (r *reader) readPerson(line, s string) (Party, *Refusal) {
	p, refusal := r.readParty(line, s)
	if refusal != nil {
		return p, refusal
	}
	p = r.resolve(p)
	return p, r.checkPerson(line, p)
}

// readParty reads a name, a mail address and a phone number, as far as they are there.
func (r *reader) readParty(line, s string) (Party, *Refusal) {
	s = strings.TrimSpace(contactRE.ReplaceAllString(oneLine(s), " "))
	found := addressRE.FindAllStringSubmatch(s, 3)
	if len(found) > 1 && !SameMail(found[0][1], found[1][1]) {
		return Party{}, r.refuse(line, Words{"Hier staan twee adressen. Schrijf elke persoon op een eigen regel.",
			"Here are two addresses. Please give each person a line of their own."})
	}
	var p Party
	for _, m := range found {
		p.Mail = strings.TrimRight(m[1], ".'")
		s = strings.Replace(s, m[0], " ", 1)
	}
	if p.Phone = strings.TrimSpace(phoneInRE.FindString(s)); p.Phone != "" {
		s = strings.Replace(s, p.Phone, " ", 1)
	}
	if m := postRE.FindStringSubmatchIndex(s); m != nil {
		s, p.Post = s[:m[0]], s[m[2]:]
	} else if name, post, ok := strings.Cut(s, ","); ok && strings.ContainsAny(post, "0123456789") {
		s, p.Post = name, post
	}
	p.Post = strings.Trim(oneLine(p.Post), " ,;.")
	p.Name = nameTrimRE.ReplaceAllString(oneLine(nameTrimRE.ReplaceAllString(s, "")), "")
	if plain(p.Name) == "" {
		p.Name = ""
	}
	return p, nil
}

// nameHerself remarks on a handler who is the person concerned.
func (r *reader) nameHerself(p Party) {
	if SameMail(p.Mail, r.in.From.Mail) {
		r.hint(Words{"U noemt uzelf als betrokkene. Laat een ander oordelen als dat kan.", "You name yourself as the person concerned. Let somebody else judge if possible."})
	}
}

func (r *reader) checkPerson(line string, p Party) *Refusal {
	switch {
	case p.Mail != "" && !mailboxRE.MatchString(p.Mail):
		return r.refuse(line, Words{"Dit is geen e-mailadres: " + p.Mail, "This is not a mail address: " + p.Mail})
	case p.Name == "" && p.Mail == "":
		return r.refuse(line, Words{"Wie is de betrokkene? Schrijf een naam of een e-mailadres.", "Who is the person concerned? Please write a name or a mail address."},
			Words{"#betrokkene <naam, e-mailadres>", "#concerned <name, mail address>"}.In(r.lang))
	case r.complainsFrom(p.Mail):
		return r.refuse(line, Words{"Dit is het e-mailadres van de klager. De betrokkene krijgt een eigen verslag, en dat is niet voor de klager.",
			"This is the complainant's mail address. The person concerned gets a report of their own, and it is not for the complainant."})
	}
	return nil
}

func doNobody(r *reader, c command) *Refusal {
	if len(r.c.Persons) > 0 {
		return r.alreadyNamed(c.line)
	}
	r.record(c.on, NoPersonConcerned{Reason: c.text})
	return nil
}

func (r *reader) alreadyNamed(line string) *Refusal {
	p := r.c.Persons[0]
	who := either(p.Name, p.Mail)
	return r.refuse(line, Words{"In deze zaak staat al een betrokkene: " + who + ". Is er geen reactie, zeg dan waarom.",
		"This case already has a person concerned: " + who + ". If there is no response, say why."},
		Words{"#geenreactie <reden>", "#noresponse <reason>"}.In(r.lang))
}

func doResponse(r *reader, c command) *Refusal {
	id, text, refusal := r.whose(c)
	if refusal != nil {
		return refusal
	}
	shared := true
	if c.got["share"] != "" {
		if shared, refusal = r.yesNo(c, "share"); refusal != nil {
			return refusal
		}
	}
	r.record(c.on, Responded{Person: id, Summary: text, Private: !shared})
	return nil
}

func doNoResponse(r *reader, c command) *Refusal {
	id, text, refusal := r.whose(c)
	if refusal != nil {
		return refusal
	}
	r.record(c.on, NoResponse{Person: id, Reason: text})
	return nil
}

// whose finds the person whose response it is: by the field, by a name before a colon, or because there is but one.
func (r *reader) whose(c command) (id int, text string, refused *Refusal) {
	who, text := c.got["who"], c.text
	if head, rest, ok := strings.Cut(text, ":"); ok && who == "" && len(r.personsNamed(head)) == 1 {
		who, text = head, strings.TrimSpace(rest)
	}
	found := r.personsNamed(who)
	switch {
	case who == "" && len(r.c.Persons) <= 1:
		return 0, text, nil
	case len(found) == 1 && text != "":
		return r.forOne(found[0].ID), text, nil
	}
	var try []string
	for _, p := range r.c.Persons {
		try = append(try, c.tag.in(r.lang)+" "+either(p.Name, p.Mail)+": "+oneLine(text))
	}
	if len(try) == 0 {
		try = []string{Words{"#betrokkene ", "#concerned "}.In(r.lang) + who, c.line}
	}
	return 0, "", r.refuse(c.line, Words{"Van wie is dit?", "Whose is this?"}, try...)
}

// forOne is how a fact names a person: 0 while there is but one.
func (r *reader) forOne(id int) int {
	if len(r.c.Persons) <= 1 {
		return 0
	}
	return id
}

// personsNamed finds the persons concerned by a mail address, or by words of their name.
func (r *reader) personsNamed(who string) (found []Person) {
	words := strings.Fields(plain(who))
	for _, p := range r.c.Persons {
		if SameMail(p.Mail, strings.TrimSpace(who)) || hasWords(plain(p.Name), words) {
			found = append(found, p)
		}
	}
	return found
}

// hasWords says whether every one of the words, and at least one, stands in a name.
func hasWords(name string, words []string) bool {
	for _, w := range words {
		if !isOneOf(w, strings.Fields(name)) {
			return false
		}
	}
	return len(words) > 0
}

var noneRE = regexp.MustCompile(`(?i)^(?:geen|none|niets|niemand|nobody|nee|no|n\.?v\.?t\.?|n/a|nvt|niet van toepassing)` +
	`(?: (?:aanbod|offer|maatregel|measure|reactie|response|betrokkene))?(?: (?:gedaan|gegeven|genomen|nodig|needed|mogelijk|possible))?` +
	`(?:\s*$|\s*[,.;:–—(-]\s*|\s+(?:want|omdat|because|as|since)\s+)`)

// cutNone reads "geen, want ..." and gives the reason. "Geen kosten in rekening gebracht" is something else.
func cutNone(s string) (reason string, none bool) {
	m := noneRE.FindString(s)
	if m == "" {
		return "", false
	}
	reason = strings.TrimSpace(s[len(m):])
	for _, word := range [...]string{"want ", "omdat ", "because "} {
		if len(reason) > len(word) && strings.EqualFold(reason[:len(word)], word) {
			reason = reason[len(word):]
		}
	}
	if strings.Contains(m, "(") {
		reason = strings.TrimSuffix(reason, ")")
	}
	return reason, true
}
