package complaint

var quantities = map[string]bool{
	"een": true, "twee": true, "drie": true, "vier": true, "vijf": true, "zes": true, "zeven": true, "acht": true, "negen": true, "tien": true, "elf": true, "twaalf": true, "twintig": true, "dertig": true, "veertig": true, "vijftig": true,
	"halve": true, "halfuur": true, "twieje": true, "twiee": true, "veertien": true, "vijftien": true, "paar": true,
	"one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true, "nine": true, "ten": true,
	"tweede": true, "derde": true, "vierde": true, "vijfde": true, "zesde": true, "zevende": true, "zoveelste": true, "tweemaal": true, "driemaal": true, "second": true, "third": true, "fourth": true, "fifth": true,
}

var unaccented = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'ã': "a", 'å': "a", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e", 'ì': "i", 'í': "i", 'î': "i", 'ï': "i",
	'ñ': "n", 'ò': "o", 'ó': "o", 'ô': "o", 'ö': "o", 'õ': "o", 'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ý': "y", 'ÿ': "y", 'ĳ': "ij", 'œ': "oe", 'æ': "ae", 'ß': "ss",
}

var abbreviations = map[string]bool{
	"dhr": true, "mw": true, "mevr": true, "mr": true, "drs": true, "dr": true, "ds": true, "ing": true, "ir": true, "nr": true, "tel": true, "evt": true, "bijv": true, "incl": true, "excl": true, "ca": true, "ivm": true, "jl": true,
	"a": true, "b": true, "c": true, "d": true, "e": true, "f": true, "g": true, "h": true, "i": true, "j": true, "k": true, "l": true, "m": true, "n": true, "o": true, "p": true, "r": true, "s": true, "t": true, "v": true, "w": true,
	"mrs": true, "ms": true, "sr": true, "jan": false,
}
