package intake

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"klachtd/complaint"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var arrived = time.Date(2026, 11, 3, 10, 0, 5, 0, time.UTC)

func ours(id string) bool { return strings.HasPrefix(id, "k2026-") }

// TestParseCorpus reads each mail in testdata, named by its fault, and compares with the JSON beside it.
func TestParseCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatal("no mails", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".eml"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := golden(t, Parse(raw, arrived, complaint.Inbox, Kinds{}, ours))
			goldenFile := strings.TrimSuffix(file, ".eml") + ".json"
			if *update {
				if err := os.WriteFile(goldenFile, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(goldenFile)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// golden is a mail as JSON, without what says nothing: zero values, its id, and words of others.
func golden(t *testing.T, in complaint.Incoming) []byte {
	t.Helper()
	in.ID, in.KindWhy, in.Folder = "", "", ""
	fields := map[string]any{}
	v := reflect.ValueOf(in)
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			fields[v.Type().Field(i).Name] = f.Interface()
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	if err := enc.Encode(fields); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTextInEveryCharset(t *testing.T) {
	const utf = "Eén café, € 75, “goed”"
	tests := []struct{ label, encoded, want string }{
		{"", utf, utf},
		{"us-ascii", utf, utf},
		{"utf-8", utf, utf},
		{"UTF-8", utf, utf},
		{"iso-8859-1", utf, utf},
		{"x-unknown", utf, utf},
		{"", "E\xe9n caf\xe9, \x80 75, \x93goed\x94", utf},
		{"iso-8859-1", "E\xe9n caf\xe9, \x80 75, \x93goed\x94", utf},
		{"utf-8", "E\xe9n caf\xe9, \x80 75, \x93goed\x94", utf},
		{"windows-1252", "E\xe9n caf\xe9, \x80 75, \x93goed\x94", utf},
		{"iso-8859-15", "E\xe9n caf\xe9, \xa4 75", "Eén café, € 75"},
		{"iso-8859-9", "\xddstanbul", "İstanbul"},
		{"windows-1251", "\xc4\xee\xe1\xf0\xfb\xe9 \xe4\xe5\xed\xfc", "Добрый день"},
		{"koi8-r", "\xe4\xcf\xc2\xd2\xd9\xca \xc4\xc5\xce\xd8", "Добрый день"},
		{"windows-1256", "\xe3\xd1\xcd\xc8\xc7", "مرحبا"},
		{"iso-2022-jp", "\x1b$B$3$s$K$A$O\x1b(B", "こんにちは"},
		{"gb2312", "\xc4\xe3\xba\xc3", "你好"},
		{"utf-7", "E+AOk-n caf+AOk-", "Eén café"},
		{"\"utf-8", "Eén", "Eén"},
		{"charset=utf-8", "Eén", "Eén"},
	}
	for _, test := range tests {
		for _, encoding := range []string{"8bit", "quoted-printable", "base64"} {
			body := test.encoded
			switch encoding {
			case "quoted-printable":
				body = ""
				for _, c := range []byte(test.encoded) {
					body += fmt.Sprintf("=%02X", c)
				}
			case "base64":
				body = base64Of(test.encoded)
			}
			raw := "From: a@b.nl\r\nContent-Type: text/plain; charset=" + test.label + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body
			if test.label == "" {
				raw = strings.Replace(raw, "; charset=", "", 1)
			}
			if got := Parse([]byte(raw), arrived, complaint.Inbox, Kinds{}, nil).Text; got != test.want {
				t.Errorf("%s, %s: got %q, want %q", test.label, encoding, got, test.want)
			}
		}
	}
}

func TestArrivalIsTheEarlierOfInternalDateAndReceived(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	const received = "from a by b with ESMTP id 1; "
	tests := []struct {
		name, received, internal, want string
		damage                         bool
	}{
		{"a second apart", received + "Tue, 3 Nov 2026 23:59:59 +0100", "2026-11-03T23:00:01Z", "2026-11-03T22:59:59Z", false},
		{"Received is later", received + "Tue, 3 Nov 2026 11:00:00 +0000", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z", false},
		{"a day apart", received + "Mon, 2 Nov 2026 10:00:00 +0000", "2026-11-03T10:00:00Z", "2026-11-02T10:00:00Z", false},
		{"three days apart", received + "Sat, 31 Oct 2026 10:00:00 +0000", "2026-11-03T10:00:00Z", "2026-10-31T10:00:00Z", true},
		{"moved after a year", received + "Mon, 3 Nov 2025 10:00:00 +0000", "2026-11-03T10:00:00Z", "2025-11-03T10:00:00Z", true},
		{"older than can be", received + "Thu, 3 Jan 2019 10:00:00 +0000", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z", true},
		{"far in the future", received + "Fri, 3 Nov 2028 10:00:00 +0000", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z", true},
		{"no date", "from a by b", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z", false},
		{"garbage", received + "gisteren", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z", false},
		{"with a comment", received + "Tue, 3 Nov 2026 10:00:00 +0100 (CET)", "2026-11-03T10:00:00Z", "2026-11-03T09:00:00Z", false},
		{"no Received", "", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z", false},
		{"a server without a clock", received + "Tue, 3 Nov 2026 11:00:00 +0000", "1970-01-01T00:00:07Z", "2026-11-03T11:00:00Z", false},
		{"no INTERNALDATE", received + "Tue, 3 Nov 2026 11:00:00 +0000", "0001-01-01T00:00:00Z", "2026-11-03T11:00:00Z", false},
	}
	for _, test := range tests {
		h := header{{"Received", test.received}, {"Received", "from c by d; Mon, 1 Jan 2024 10:00:00 +0000"}}
		if test.received == "" {
			h = nil
		}
		got, damage := arrival(at(test.internal), h)
		if !got.Equal(at(test.want)) || (damage != "") != test.damage {
			t.Errorf("%s: got %v %q, want %s", test.name, got.UTC(), damage, test.want)
		}
	}
}

// checkSound reports what must hold for every mail, however it came to be.
func checkSound(t *testing.T, in complaint.Incoming) {
	t.Helper()
	lines := []string{in.Subject, in.From.Name, in.From.Mail, in.Sender, in.MessageID, in.OurID, in.ReturnPath}
	for _, list := range [][]complaint.Address{in.To, in.Cc, in.ReplyTo} {
		for _, a := range list {
			lines = append(lines, a.Name, a.Mail)
		}
	}
	for _, a := range in.Attachments {
		lines = append(lines, a.Name, a.Type)
	}
	lines = append(append(append(lines, in.InReplyTo...), in.References...), in.Damage...)
	if in.Report != nil {
		lines = append(lines, in.Report.MessageID, in.Report.OurID, in.Report.Recipient, in.Report.Action, in.Report.Status, in.Report.Text)
	}
	for _, line := range lines {
		if strings.ContainsAny(line, "\r\n\x00") || !utf8.ValidString(line) {
			t.Errorf("not one sound line: %q", line)
		}
	}
	if strings.ContainsAny(in.Text, "\r\x00") || !utf8.ValidString(in.Text) || len(in.Text) > maxText {
		t.Errorf("not a sound text: %.200q", in.Text)
	}
	if strings.Contains(strings.Join(in.Damage, " "), "within the program") {
		t.Errorf("the parser panicked: %q", in.Damage)
	}
	if len(in.To) > maxAddresses || len(in.References) > 100 {
		t.Errorf("%d addresses, %d references", len(in.To), len(in.References))
	}
}

func base64Of(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
