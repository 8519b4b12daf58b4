package clerk

import (
	"slices"
	"strings"
	"testing"

	"klachtd/complaint"
)

func TestAuthenticate(t *testing.T) {
	for _, c := range []struct {
		name    string
		from    string
		headers []string
		want    authentication
	}{
		{"DMARC passes", "noor@praktijk.example", []string{"mx.office.example; dmarc=pass header.from=praktijk.example"}, passed},
		{"DMARC passes for another domain", "noor@praktijk.example", []string{"mx.office.example; dmarc=pass header.from=vreemd.example"}, unknown},
		{"DMARC fails", "noor@praktijk.example", []string{"mx.office.example; dmarc=fail header.from=praktijk.example"}, failed},
		{"aligned DKIM", "noor@praktijk.example", []string{"mx.office.example; dkim=pass header.d=praktijk.example"}, passed},
		{"a subdomain signs", "noor@praktijk.example", []string{"mx.office.example; dkim=pass header.d=mail.praktijk.example"}, passed},
		{"somebody else signs", "noor@praktijk.example", []string{"mx.office.example; dkim=pass header.d=vreemd.example"}, unknown},
		{"a parent domain signs", "noor@praktijk.example", []string{"mx.office.example; dkim=pass header.d=example"}, unknown},
		{"a lookalike signs", "noor@praktijk.example", []string{"mx.office.example; dkim=pass header.d=evilpraktijk.example"}, unknown},
		{"aligned SPF", "noor@praktijk.example", []string{"mx.office.example; spf=pass smtp.mailfrom=noor@praktijk.example"}, passed},
		{"SPF of another sender", "noor@praktijk.example", []string{"mx.office.example; spf=pass smtp.mailfrom=eve@vreemd.example"}, unknown},
		{"another server said it", "noor@praktijk.example", []string{"mx.vreemd.example; dmarc=pass header.from=praktijk.example"}, unknown},
		{"our server said it, below a forged one", "noor@praktijk.example", []string{"mx.office.example; dmarc=fail header.from=praktijk.example", "mx.office.example; dmarc=pass header.from=praktijk.example"}, failed},
		{"it stands in a comment", "noor@praktijk.example", []string{"mx.office.example; none (dmarc=pass header.from=praktijk.example)"}, unknown},
		{"it stands in a reason", "noor@praktijk.example", []string{`mx.office.example; dmarc=fail reason="dmarc=pass" header.from=praktijk.example`}, failed},
		{"nothing was said", "noor@praktijk.example", nil, unknown},
		{"garbage", "noor@praktijk.example", []string{";;;=", "mx.office.example"}, unknown},
	} {
		in := complaint.Incoming{From: complaint.Address{Mail: c.from}, AuthResults: c.headers}
		if got := authenticate(in, "mx.office.example"); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := authenticate(in, ""); got != unknown {
			t.Errorf("%s: without a trusted server it is %d", c.name, got)
		}
	}
}

func TestTokensAreFoundWhereMailKeepsThem(t *testing.T) {
	const a, b, c = "abcdefghijklmnopqrstuvwxyz", "bbcdefghijklmnopqrstuvwxyz", "cbcdefghijklmnopqrstuvwxyz"
	in := complaint.Incoming{
		References: []string{"old." + "x@y", b + ".proof234567abcdef@office.example"},
		InReplyTo:  []string{a + ".proof234567abcdef@office.example"},
		Subject:    "Re: Nieuwe klacht? [K2026-0007 " + strings.ToUpper(c) + "]",
		To:         []complaint.Address{{Mail: "info+" + a + "@office.example"}},
		Text:       "ja\n\n> kenmerk voor de computer: " + b,
	}
	if got := tokensIn(in); !slices.Equal(got, []string{a, b, c}) {
		t.Errorf("tokens %v", got)
	}
	if got := numberIn(in.Subject); got != "K2026-0007" {
		t.Errorf("number %q", got)
	}
	if got := numberIn("Re: factuur 2026-0007"); got != "" {
		t.Errorf("number %q in a subject without one", got)
	}
}

func TestOwnIDs(t *testing.T) {
	c, other := &Clerk{Key: []byte("een")}, &Clerk{Key: []byte("twee")}
	id := c.seal("naam", "office.example")
	if !c.OwnID(id) || !c.OwnID("<"+id+">") {
		t.Error("our own id is not recognised")
	}
	for _, not := range []string{"", "naam@office.example", other.seal("naam", "office.example"), strings.Replace(id, "naam", "naem", 1), "." + id} {
		if c.OwnID(not) {
			t.Errorf("%q counts as ours", not)
		}
	}
}

func TestForwardedMailSpeaksForItsSender(t *testing.T) {
	for text, want := range map[string]complaint.Address{
		"Ter info\n\n-------- Doorgestuurd bericht --------\nVan: Kim Verbeek <kim@klager.example>\nDatum: gisteren\nOnderwerp: x\n\nIk klaag.": {Name: "Kim Verbeek", Mail: "kim@klager.example"},
		"Begin doorgestuurd bericht:\n\n> Van: kim@klager.example\n> Onderwerp: x\n>\n> Ik klaag.":                                              {Mail: "kim@klager.example"},
		"*From:* Kim <kim@klager.example>\n*Sent:* Monday\n\ntext":                                                                              {Name: "Kim", Mail: "kim@klager.example"},
		"Ik hoorde van: mijn buurman dat het zo is.":                                                                                            {},
	} {
		if got := forwardedFrom(text); got != want {
			t.Errorf("%q speaks for %+v, want %+v", text, got, want)
		}
	}
}

func FuzzMailFields(f *testing.F) {
	f.Add("mx.office.example; dmarc=pass header.from=x.example", "Re: [K2026-0007 abcdefghijklmnopqrstuvwxyz]", "Van: Kim <k@x.example>\n\nhallo")
	f.Fuzz(func(t *testing.T, auth, subject, text string) {
		in := complaint.Incoming{From: complaint.Address{Mail: "noor@praktijk.example"}, AuthResults: []string{auth}, Subject: subject, Text: text}
		if !strings.Contains(strings.ToLower(auth), "pass") && authenticate(in, "mx.office.example") == passed {
			t.Errorf("%q passes", auth)
		}
		for _, token := range tokensIn(in) {
			if len(token) != 26 {
				t.Errorf("token %q", token)
			}
		}
		numberIn(subject)
		if a := forwardedFrom(text); strings.ContainsAny(a.Mail, " \r\n<>") {
			t.Errorf("address %q", a.Mail)
		}
		forwardedText(text)
	})
}
