package complaint

import "strings"

// SameMail says whether two mail addresses are the same mailbox: letter case and a plus-part do not count.
func SameMail(a, b string) bool {
	return a != "" && BareMail(a) == BareMail(b)
}

// BareMail is an address as it is compared: lower case, without its plus-part.
func BareMail(a string) string {
	a = strings.ToLower(strings.TrimSpace(a))
	local, domain, ok := strings.Cut(a, "@")
	if !ok {
		return a
	}
	local, _, _ = strings.Cut(local, "+")
	return local + "@" + domain
}

func foldName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
