package complaint

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain brings words to the form in which they are compared: small letters without accents and hyphens, everything that
// is no letter or digit a single space.
func plain(s string) string {
	var b strings.Builder
	space := false
	b.Grow(len(s))
	for _, r := range s {
		switch r = plainRune(r); {
		case r == '\'', r == '’', r == '-', r == '_':
			// e-mail is email, niet-behandelen is nietbehandelen
		case r >= utf8.RuneSelf && unicode.In(r, unicode.Mn, unicode.Cf, unicode.Pd):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return b.String()
}

// plainRune lowers a letter, makes it half-width and takes its accent away.
func plainRune(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	r = unicode.ToLower(r)
	if r < 'à' || r > 'ÿ' {
		return r
	}
	for base, accented := range accents {
		if strings.ContainsRune(accented, r) {
			return base
		}
	}
	return r
}

var accents = map[rune]string{
	'a': "àáâãäå", 'c': "ç", 'e': "èéêë", 'i': "ìíîï", 'n': "ñ", 'o': "òóôõöø", 'u': "ùúûü", 'y': "ýÿ",
}

// sameText says whether two texts have the same words.
func sameText(a, b string) bool { return plain(a) == plain(b) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// maxTypos is the distance up to which a word is taken for a misspelling of another, in what is suggested.
const maxTypos = 2

// typos counts the letters to insert, leave out, replace or swap with their neighbour to make b of a. Above maxTypos it
// says maxTypos+1.
func typos(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s) > 40 || len(t) > 40 || len(s)-len(t) > maxTypos || len(t)-len(s) > maxTypos {
		return maxTypos + 1
	}
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return min(rows[len(s)][len(t)], maxTypos+1)
}

// near says whether a is a likely misspelling of b: the shorter the word, the less may differ.
func near(a, b string) bool {
	limit := maxTypos
	switch n := len(b); {
	case n <= 3:
		limit = 0
	case n <= 5:
		limit = 1
	}
	return a != b && typos(a, b) <= limit
}
