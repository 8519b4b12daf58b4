package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"
)

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		start, before := time.Now(), bytes.Clone(raw)
		in := Parse(raw, arrived, complaint.Inbox, Kinds{}, ours)
		checkSound(t, in)
		if took := time.Since(start); took > bombTime {
			t.Errorf("took %v", took)
		}
		if !bytes.Equal(raw, before) {
			t.Error("reading changed the mail")
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add("<p>a<br>b</p><blockquote>c</blockquote>")
	f.Add("<div style='display:none'>x<style>y")
	f.Add("<a href=https://x>y</a><pre>\n a\n</pre>")
	f.Fuzz(func(t *testing.T, s string) {
		text := htmlText(strings.ToValidUTF8(s, "?"))
		if len(text) > 4*len(s)+maxText {
			t.Errorf("%d bytes of %d", len(text), len(s))
		}
	})
}

func FuzzAddresses(f *testing.F) {
	for _, seed := range []string{"Jan <a@b.nl>", "a@b.nl, c@d.nl", `"x, y" <a@b.nl>`, "x: a@b, c@d;", "<@a,@b:c@d>", "a (b) <c@d>", `"\"" <a@b>`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		list, _ := parseAddresses(value)
		for _, a := range list {
			if strings.ContainsAny(a.Name, "\r\n") || strings.ContainsAny(lenientSpec(a.Mail), " \r\n<>,") {
				t.Errorf("address %+v", a)
			}
		}
	})
}
