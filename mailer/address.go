package mailer

import (
	"errors"
	"fmt"
	"strings"
)

const (
	maxLocal   = 64  // octets before the @ (RFC 5321 4.5.3.1.1)
	maxAddress = 254 // octets in all (RFC 3696 erratum 1690)
	maxLabel   = 63  // octets between two dots of a domain (RFC 1035 2.3.4)
)

// checkAddress accepts the plain form of an address, dot-atom@host.name in ASCII, and nothing else the RFCs allow:
// no quotes, comments, routes or address literals. Those are how extra commands and parameters are smuggled past a
// mail program (`"a> ORCPT=x"@b`), and people do not have them. The error says why, never the address itself.
func checkAddress(s string) error {
	if len(s) > maxAddress {
		return fmt.Errorf("address is longer than %d characters", maxAddress)
	}
	local, domain, found := strings.Cut(s, "@")
	if !found {
		return errors.New("address has no @")
	}
	if len(local) > maxLocal {
		return fmt.Errorf("address has more than %d characters before the @", maxLocal)
	}
	for atom := range strings.SplitSeq(local, ".") {
		if err := checkChars(atom, isAtext); err != nil {
			return err
		}
	}
	for label := range strings.SplitSeq(domain, ".") {
		if err := checkLabel(label); err != nil {
			return err
		}
	}
	return nil
}

func checkLabel(label string) error {
	if len(label) > maxLabel {
		return fmt.Errorf("address has more than %d characters between two dots", maxLabel)
	}
	if strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
		return errors.New("address has a domain part that begins or ends with a hyphen")
	}
	return checkChars(label, isHost)
}

func checkChars(s string, allowed func(byte) bool) error {
	if s == "" {
		return errors.New("address has an empty part")
	}
	for i := range len(s) {
		if !allowed(s[i]) {
			return fmt.Errorf("address has a character that is not allowed: %q", s[i:i+1])
		}
	}
	return nil
}

func isAtext(c byte) bool {
	return isAlnum(c) || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}

func isHost(c byte) bool { return isAlnum(c) || c == '-' }

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// isMessageID tells whether s can stand between the angle brackets of a Message-ID, In-Reply-To or References header:
// visible ASCII with an @, no brackets, and short enough for a line of its own (RFC 5322 2.1.1).
func isMessageID(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' || s[i] == '<' || s[i] == '>' {
			return false
		}
	}
	return len(s) <= 900 && strings.Contains(s, "@")
}
