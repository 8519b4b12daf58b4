package complaint

import "strings"

// quantities are the numbers people write in letters, and how often.
var quantities = wordSet(`een twee drie vier vijf zes zeven acht negen tien elf twaalf veertien vijftien twintig dertig veertig vijftig
	halve halfuur twiee paar tweede derde vierde vijfde zesde zevende zoveelste tweemaal driemaal
	one two three four five six seven eight nine ten second third fourth fifth`)

// abbreviations end in a point that closes no sentence. Single letters are initials.
var abbreviations = wordSet(`dhr mw mevr mr mrs ms drs dr ds ing ir sr nr tel evt bijv incl excl ca ivm jl
	a b c d e f g h i j k l m n o p r s t v w`)

// smallNameWords are parts of names that name nobody.
var smallNameWords = wordSet(`van der den het ten ter mevrouw meneer`)

// unaccented are the letters that are read as others.
var unaccented = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'ã': "a", 'å': "a", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ñ': "n", 'ò': "o", 'ó': "o", 'ô': "o", 'ö': "o", 'õ': "o",
	'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ý': "y", 'ÿ': "y", 'ĳ': "ij", 'œ': "oe", 'æ': "ae", 'ß': "ss",
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
