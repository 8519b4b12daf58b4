package intake

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"net/textproto"
	"os"
	"strings"
	"testing"

	"klachtd/complaint"
)

func headerOf(lines string) Header {
	h := Header{}
	for line := range strings.Lines(lines) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			key := textproto.CanonicalMIMEHeaderKey(name)
			h[key] = append(h[key], strings.TrimSpace(value))
		}
	}
	return h
}

func TestKindOf(t *testing.T) {
	const person, automatic, bounce = complaint.FromPerson, complaint.Automatic, complaint.Bounce
	for _, test := range []struct {
		header string
		want   complaint.MailKind
		why    string
	}{
		{"", person, ""},
		{"From: Jan <jan@example.nl>", person, ""},
		// what proves nothing
		{"From: jan@example.nl\nX-Auto-Response-Suppress: All", person, ""},
		{"From: jan@example.nl\nX-Auto-Response-Suppress: DR, OOF, AutoReply\nImportance: high\nX-Priority: 1", person, ""},
		{"From: jan@example.nl\nAuto-Submitted: no", person, ""},
		{"From: jan@example.nl\nAuto-Submitted: No (really)", person, ""},
		{"From: jan@example.nl\nPrecedence: first-class", person, ""},
		{"From: jan@example.nl\nReturn-Path: <bounce-12@host.example>\nX-Spam-Flag: YES", person, ""},
		{"From: jan@example.nl\nSubject: Automatisch antwoord: verlof", person, ""},
		{"From: jan@example.nl\nContent-Type: multipart/mixed; boundary=x", person, ""},
		{"From: antwoord@example.nl", person, ""},
		{"From: postmaster@example.nl\nReply-To: jan@example.nl\nSubject: vraag", person, ""},
		// RFC 3834
		{"Auto-Submitted: auto-replied", automatic, "Auto-Submitted: auto-replied"},
		{"Auto-Submitted: AUTO-GENERATED; owner=x", automatic, "Auto-Submitted: auto-generated"},
		{"Auto-Submitted: no\nAuto-Submitted: auto-notified (twice)", automatic, "Auto-Submitted: auto-notified"},
		{"Return-Path: <>", automatic, "Return-Path: <>"},
		{"X-Autoreply: yes", automatic, "X-Autoreply"},
		{"X-Autorespond: otrs", automatic, "X-Autorespond"},
		{"Subject: =?utf-8?q?Automatisch_antwoord:_verlof?=\nX-Auto-Response-Suppress: All", automatic, "Subject, with X-Auto-Response-Suppress"},
		// lists and mailings
		{"List-Id: <nieuws.example.nl>", automatic, "List-Id"},
		{"List-Unsubscribe: <https://example.nl/u>", automatic, "List-Unsubscribe"},
		{"Precedence: Bulk", automatic, "Precedence: bulk"},
		{"X-BeenThere: lijst@example.nl", automatic, "X-Beenthere"},
		// nobody reads these
		{"From: Winkel <no-reply@shop.example>", automatic, "From: no-reply@shop.example"},
		{"From: noreply+123@shop.example", automatic, "From: noreply+123@shop.example"},
		{"From: support-noreply@hosting.example", automatic, "From: support-noreply@hosting.example"},
		{"From: lijst-request@example.nl", automatic, "From: lijst-request@example.nl"},
		// receipts, invitations
		{"Content-Type: multipart/report; report-type=disposition-notification; boundary=m", automatic, "Content-Type: multipart/report"},
		{"Content-Type: multipart/report; report-type=feedback-report", automatic, "Content-Type: multipart/report"},
		{"From: jan@example.nl\nContent-Type: text/calendar; method=REPLY", automatic, "Content-Type: text/calendar"},
		// delivery reports
		{"From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; report-type=Delivery-Status; boundary=x\nAuto-Submitted: auto-replied", bounce, "Content-Type: multipart/report; report-type=delivery-status"},
		{"From: mailer-daemon@mx.example\nSubject: Undelivered Mail Returned to Sender", bounce, "From: mailer-daemon@mx.example"},
		{"From: Postmaster <postmaster@mx.example>\nSubject: =?utf-8?q?Onbestelbaar:_brief?=", bounce, "From: postmaster@mx.example"},
		{"X-Failed-Recipients: jan@example.nl\nFrom: x@example.nl", bounce, "X-Failed-Recipients"},
		{"From: mailer-daemon@mx.example\nSubject: hallo", automatic, "From: mailer-daemon@mx.example"},
		// web forms speak for a person
		{"From: no-reply@eigen.example\nReply-To: an@post.example\nAuto-Submitted: auto-generated\nX-Form: contact", person, ""},
		{"From: no-reply@eigen.example\nReply-To: An <an@post.example>\nAuto-Submitted: auto-generated", person, ""},
		{"From: wordpress@eigen.example\nX-Contact-Form-Id: 7", person, ""},
		{"From: no-reply@eigen.example\nReply-To: no-reply@eigen.example\nAuto-Submitted: auto-generated", automatic, "Auto-Submitted: auto-generated"},
		{"From: no-reply@eigen.example\nReply-To: an@post.example\nAuto-Submitted: auto-replied", automatic, "Auto-Submitted: auto-replied"},
		{"From: no-reply@shop.example\nReply-To: an@post.example\nList-Unsubscribe: <https://x.example>", automatic, "List-Unsubscribe"},
	} {
		if kind, why := KindOf(headerOf(test.header)); kind != test.want || why != test.why {
			t.Errorf("%q: %s by %q, want %s by %q", test.header, kind, why, test.want, test.why)
		}
	}
}

func TestKindsKnowConfiguredAddresses(t *testing.T) {
	kinds := Kinds{FormSenders: []string{"formulier@site.example", "@forms.example"}, NeverAnswer: []string{"Robot@Example.nl"}, Own: []string{"info@firma.example"}}
	for _, test := range []struct {
		header string
		want   complaint.MailKind
	}{
		{"From: formulier@site.example\nAuto-Submitted: auto-generated\nPrecedence: bulk", complaint.FromPerson},
		{"From: abc@forms.example\nAuto-Submitted: auto-generated", complaint.FromPerson},
		{"From: formulier@site.example\nContent-Type: multipart/report; report-type=delivery-status", complaint.Bounce},
		{"From: robot@example.nl", complaint.Automatic},
		{"From: mens@example.nl", complaint.FromPerson},
		// info@ is a group, so that every mail to it carries the marks of a list
		{"From: jan@example.nl\nList-Id: info <info.firma.example>\nPrecedence: list\nMailing-List: list info@firma.example", complaint.FromPerson},
		{"From: jan@example.nl\nList-Id: <nieuws.firma.example>\nPrecedence: list", complaint.Automatic},
	} {
		if kind, why := kinds.Of(headerOf(test.header)); kind != test.want {
			t.Errorf("%q: %s by %q, want %s", test.header, kind, why, test.want)
		}
	}
}

// labelledMail is a line of a triage set.
type labelledMail struct {
	ID, Label, Subject, Text, HTML string
	Headers                        map[string]string
	Attachments                    []string
}

// readSet calls see with each mail of a set and what the whole way makes of it: "machine" by its header, else the class
// by its words.
func readSet(t *testing.T, path string, see func(m labelledMail, got string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m labelledMail
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		h := Header{}
		for name, value := range m.Headers {
			h[textproto.CanonicalMIMEHeaderKey(name)] = []string{value}
		}
		in := complaint.Incoming{Subject: m.Subject, Text: m.Text}
		if m.Text == "" {
			in.Text = htmlText(m.HTML)
		}
		for _, name := range m.Attachments {
			in.Attachments = append(in.Attachments, complaint.Attachment{Name: name})
		}
		kind, _ := KindOf(h)
		if kind != complaint.FromPerson {
			see(m, "machine")
			continue
		}
		see(m, string(complaint.Triage(in, nil).Class))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestMachineMailRaisesNoAlarm(t *testing.T) {
	machines, alarms := 0, 0
	readSet(t, "../complaint/testdata/triage.jsonl", func(m labelledMail, got string) {
		switch {
		case m.Label != "machine" && got == "machine":
			t.Errorf("%s: somebody wrote this: %.60q", m.ID, m.Text)
		case m.Label == "machine":
			machines++
			if got == "certain" || got == "possible" {
				alarms++
				t.Errorf("%s: a machine's mail is %s: %.60q", m.ID, got, m.Text)
			}
		}
	})
	if machines < 10 {
		t.Errorf("only %d machine mails", machines)
	}
}

// TestTriageOnSet measures the whole way on a larger set of labelled mails (JSON lines with id, label, subject, text,
// html, headers, attachments), in two parts by the hash of the id.
func TestTriageOnSet(t *testing.T) {
	path := os.Getenv("KLACHTD_TRIAGE_SET")
	if path == "" {
		t.Skip("KLACHTD_TRIAGE_SET names no set of labelled mails to measure on")
	}
	labels := []string{"certain", "possible", "ordinary", "machine"}
	counts := [2]map[string]map[string]int{{}, {}}
	readSet(t, path, func(m labelledMail, got string) {
		part := 0
		if sum := sha256.Sum256([]byte(m.ID)); sum[0]%3 == 0 {
			part = 1
		}
		if counts[part][m.Label] == nil {
			counts[part][m.Label] = map[string]int{}
		}
		counts[part][m.Label][got]++
		if m.Label != got && !(m.Label == "machine" && got == "ordinary") {
			t.Logf("%s: %s read as %s", m.ID, m.Label, got)
		}
	})
	for part, name := range []string{"two thirds", "one third"} {
		t.Logf("%s: label, read as %v", name, labels)
		for _, label := range labels {
			row := counts[part][label]
			t.Logf("%9s %4d %4d %4d %4d", label, row["certain"], row["possible"], row["ordinary"], row["machine"])
		}
	}
}

func FuzzKindOf(f *testing.F) {
	f.Add("From: no-reply@x.example\nReply-To: a@b.example\nAuto-Submitted: auto-generated\nX-Form: contact")
	f.Add("Content-Type: multipart/report; report-type=delivery-status\nReturn-Path: <>\nList-Id: <a.b>")
	f.Add("Auto-Submitted: (;\nFrom: =?utf-8?q?=40?= <\xff@\n:\nContent-Type: ;=")
	f.Fuzz(func(t *testing.T, lines string) {
		kinds := Kinds{Own: []string{"info@firma.example"}, FormSenders: []string{"form@x.example"}}
		kind, why := kinds.Of(headerOf(lines))
		switch kind {
		case complaint.FromPerson:
			if why != "" {
				t.Errorf("from a person, but %q shows it", why)
			}
		case complaint.Bounce, complaint.Automatic:
			if why == "" {
				t.Errorf("%s for no reason", kind)
			}
		default:
			t.Errorf("kind %q", kind)
		}
	})
}
