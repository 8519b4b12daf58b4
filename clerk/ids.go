package clerk

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"regexp"
	"strings"

	"klachtd/complaint"
)

var code = base32.StdEncoding.WithPadding(base32.NoPadding)

// mac is a keyed hash of some words, in lower-case base32, n bytes of it.
func (c *Clerk) mac(n int, words ...string) string {
	h := hmac.New(sha256.New, c.Key)
	for _, w := range words {
		fmt.Fprintf(h, "%d:%s", len(w), w)
	}
	return strings.ToLower(code.EncodeToString(h.Sum(nil)[:n]))
}

// newToken makes the 128 random bits that prove an answer belongs to one mail of ours.
func newToken() string {
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return strings.ToLower(code.EncodeToString(b[:]))
}

// seal makes a Message-ID of ours: a local name and the proof that we made it.
func (c *Clerk) seal(name, domain string) string {
	return name + "." + c.mac(10, "own", name) + "@" + domain
}

// OwnID says whether a Message-ID, or an X-Klachtd-Id, was made with our key. Anybody may quote one: it proves where an
// id came from, not who wrote the mail.
func (c *Clerk) OwnID(id string) bool {
	local, _, ok := strings.Cut(strings.Trim(id, "<> "), "@")
	if !ok {
		return false
	}
	name, proof, ok := strings.Cut(local, ".")
	return ok && hmac.Equal([]byte(proof), []byte(c.mac(10, "own", name)))
}

// letterID is the Message-ID of a letter, the same wherever it is made: it hangs on the complaint's own bytes and the
// duty, not on our numbering. One mail of a handler may open several cases; what they are about and who complains tells
// them apart.
func (d *desk) letterID(c complaint.Case, k complaint.Key) string {
	origin := string(c.Opening.Number)
	if len(c.Facts) > 0 && c.Facts[0].Mail != "" {
		origin = string(c.Facts[0].Mail)
	}
	if o := c.Opening; o.Origin == complaint.OriginEntered || o.Origin == complaint.OriginSplit {
		origin += "\n" + o.Subject + "\n" + c.Facts[0].Body.(complaint.Opened).Complainant.Name
	}
	name := d.mac(16, "letter", origin, string(k.Kind), fmt.Sprint(k.Party), fmt.Sprint(k.Round))
	return d.seal(name, d.domain())
}

// domain is the right-hand side of our Message-IDs: that of the address we send from.
func (d *desk) domain() string {
	if _, domain, ok := strings.Cut(d.Office.From.Mail, "@"); ok {
		return strings.ToLower(domain)
	}
	return "klachtd.invalid"
}

var (
	tokenWord  = regexp.MustCompile(`\b[a-z2-7]{26}\b`)
	caseNumber = regexp.MustCompile(`\[\s*(K\d{4}-\d{4,})`)
	caseWord   = regexp.MustCompile(`\bK\d{4}-\d{4,}\b`)
)

// tokensIn lists what looks like a token anywhere in a mail: ids it answers, its subject, the address it was sent to,
// its text. A token may be read from a quote; a command never.
func tokensIn(in complaint.Incoming) []string {
	var places []string
	places = append(places, in.InReplyTo...)
	for i := len(in.References) - 1; i >= 0; i-- { // the newest stands last
		places = append(places, in.References[i])
	}
	places = append(places, in.Subject)
	for _, a := range append(in.To[:len(in.To):len(in.To)], in.Cc...) {
		places = append(places, a.Mail)
	}
	places = append(places, in.Text)
	var found []string
	seen := map[string]bool{}
	for _, p := range places {
		for _, t := range tokenWord.FindAllString(strings.ToLower(p), -1) {
			if !seen[t] {
				seen[t] = true
				found = append(found, t)
			}
		}
	}
	return found
}

// numberIn is the case number a subject closes with, "" when there is none.
func numberIn(subject string) complaint.CaseID {
	if m := caseNumber.FindStringSubmatch(strings.ToUpper(subject)); m != nil {
		return complaint.CaseID(m[1])
	}
	return complaint.CaseID(caseWord.FindString(strings.ToUpper(subject)))
}
