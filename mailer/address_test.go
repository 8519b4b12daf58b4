package mailer

import (
	"net/mail"
	"strings"
	"testing"
)

func TestCheckAddress(t *testing.T) {
	good := []string{
		"info@optimumconsult.example", "a@b", "a.b+k2026-0007@sub.office.example", "o'hara@people.example",
		"x_y=z@1-2.example", strings.Repeat("a", 64) + "@b.example",
	}
	for _, s := range good {
		if err := checkAddress(s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	bad := map[string]string{
		"nothing":            "",
		"no at":              "anna",
		"no local part":      "@b.example",
		"no domain":          "a@",
		"two at":             "a@b@c.example",
		"quoted":             `"a b"@c.example`,
		"smuggled parameter": `"a> ORCPT=x"@b.example`,
		"brackets":           "<a@b.example>",
		"space":              "a b@c.example",
		"line end":           "a@b.example\r\nRCPT TO:<c@d.example>",
		"bare CR":            "a\r@b.example",
		"NUL":                "a@b\x00.example",
		"comment":            "a(b)@c.example",
		"route":              "@x.example:a@b.example",
		"literal":            "a@[192.0.2.1]",
		"empty atom":         "a..b@c.example",
		"dot first":          ".a@c.example",
		"dot last":           "a.@c.example",
		"domain dot last":    "a@c.example.",
		"hyphen first":       "a@-c.example",
		"hyphen last":        "a@c-.example",
		"letters with marks": "josé@c.example",
		"domain with marks":  "a@café.example",
		"two addresses":      "a@b.example,c@d.example",
		"long local part":    strings.Repeat("a", 65) + "@b.example",
		"long label":         "a@" + strings.Repeat("b", 64) + ".example",
		"long":               "a@" + strings.Repeat("b.", 127) + "example",
		"encoded-word":       "=?utf-8?q?a=40b?=@c.example\t",
	}
	for name, s := range bad {
		if err := checkAddress(s); err == nil {
			t.Errorf("%s: %q was accepted", name, s)
		} else if len(s) > 4 && strings.Contains(err.Error(), s) {
			t.Errorf("%s: the error tells the address: %v", name, err)
		}
	}
}

// What passes is one token to every reader: it means the same bare, between angle brackets and in a list.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"a@b.example", `"a> ORCPT=x"@b`, "a@b\r\nDATA", "a,b@c", "é@b", "a@b.", "=?q?@b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if checkAddress(s) != nil {
			return
		}
		if strings.ContainsAny(s, " \t\r\n<>()[]\\,;:\"") || len(s) > maxAddress {
			t.Errorf("%q was accepted", s)
		}
		list, err := mail.ParseAddressList("<" + s + ">, Somebody <" + s + ">, " + s)
		if err != nil || len(list) != 3 {
			t.Fatalf("%q was accepted, but reads as %v, %v", s, list, err)
		}
		for _, a := range list {
			if a.Address != s {
				t.Errorf("%q reads as %q", s, a.Address)
			}
		}
	})
}
