package letters

import "strings"

func phone(s string) link {
	number := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
	return makeLink(strings.ReplaceAll(cleanLine(s, maxName), " ", solid), "tel:"+number)
}

func mail(s string) link { return makeLink(cleanLine(s, maxLine), "mailto:"+escapeMail(s)) }

// web makes a link of an address on the web; of anything else just its text.
func web(s string) link {
	s = cleanLine(s, maxLine)
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return makeLink(s, s)
	}
	return makeLink(s, "https://"+s)
}

// escapeMail writes text for a mailto: address, subject or body (RFC 6068).
func escapeMail(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(strings.ReplaceAll(s, "\n", "\r\n")) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~@", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
