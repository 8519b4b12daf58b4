package complaint

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"klachtd/calendar"
)

// ParseDay reads a day as people write it: "gisteren", "ma 2-11", "3 nov", "3 november 2026", "afgelopen vrijdag",
// "over 2 weken". Day comes before month. Without a year it is the nearest such day: from today on when future is set
// (a due date), else until today (something that happened). It returns false for what is no date and for what may be
// two: a weekday on that weekday, "vorige maandag", a date whose weekday is another.
func ParseDay(s string, today calendar.Date, future bool) (calendar.Date, bool) {
	s = clockTimeRE.ReplaceAllString(dayText(s), "")
	if d, ok := relativeDay(s, today); ok {
		return d, true
	}
	bare := pastRE.ReplaceAllString(s, "")
	past := bare != s
	future = future && !past
	weekday, rest, named := cutWeekday(bare)
	if named && rest == "" && past { // "dinsdag jl."
		return nextWeekday(weekday, today, false), true
	}
	if named && rest == "" {
		return nearestWeekday(weekday, today, future)
	}
	if named && (rest == "<" || rest == ">") {
		return nextWeekday(weekday, today, rest == ">"), true
	}
	d, ok := writtenDay(rest, today, future)
	if !ok || named && d.Weekday() != weekday {
		return 0, false
	}
	return d, true
}

// dayText lowers s and takes away what says nothing: accents, doubled spaces, a preposition, punctuation at the end.
func dayText(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		if r == '’' || r == '‘' {
			r = '\''
		}
		b.WriteRune(plainRune(r))
	}
	s = strings.TrimRight(oneLine(b.String()), " .,;:")
	for _, word := range [...]string{"op ", "on ", "d.d. ", "dd. ", "dd "} {
		s = strings.TrimPrefix(s, word)
	}
	return s
}

const hourWords = `een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf`

var (
	clockTimeRE = regexp.MustCompile(`[ ,]+(?:(?:om|at|rond) \d{1,2}(?:[:.]\d{2})?|\d{1,2}:\d{2}|\d{1,2}[:.]\d{2} ?(?:uur|u|h)|` +
		`(?:om|rond) (?:(?:half|kwart (?:voor|over)|(?:vijf|tien) (?:voor|over)(?: half)?) (?:\d{1,2}|` + hourWords + `)|(?:` + hourWords + `) uur))` +
		`(?: ?(?:uur|u|h|am|pm))?$`)
	pastRE      = regexp.MustCompile(` (?:j\.?l|l\.?l|jongstleden|laatstleden)\.?$`)
	numericRE   = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})(?:[-/.]'?(\d{4}|\d{2}))?$`)
	isoRE       = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dayMonthRE  = regexp.MustCompile(`^(\d{1,2})(?:e|de|ste|st|nd|rd|th)?\.? ?(?:of )?([a-z]{3,9})\.?(?:,? '?(\d{4}|\d{2}))?$`)
	monthDayRE  = regexp.MustCompile(`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$`)
	aheadRE     = regexp.MustCompile(`^(?:over|in) (\S+) (dag|dagen|day|days|week|weken|weeks)$`)
	agoRE       = regexp.MustCompile(`^(\S+) (dag|dagen|day|days|week|weken|weeks) (?:geleden|ago)$`)
	partOfDayRE = regexp.MustCompile(` ?(?:ochtend|middag|avond|morning|afternoon|evening)$`)
)

var relativeDays = map[string]int{
	"vandaag": 0, "heden": 0, "today": 0, "vanmorgen": 0, "van": 0, "this": 0,
	"gisteren": -1, "gister": -1, "yesterday": -1, "eergisteren": -2, "eergister": -2,
	"morgen": 1, "tomorrow": 1, "overmorgen": 2,
}

// relativeDay reads days counted from today.
func relativeDay(s string, today calendar.Date) (calendar.Date, bool) {
	bare := partOfDayRE.ReplaceAllString(s, "")
	if n, ok := relativeDays[bare]; ok && (bare != s || bare != "van" && bare != "this") {
		return today.AddDays(n), true
	}
	sign, m := 1, aheadRE.FindStringSubmatch(s)
	if m == nil {
		sign, m = -1, agoRE.FindStringSubmatch(s)
	}
	if m == nil {
		return 0, false
	}
	n, ok := smallNumber(m[1])
	if strings.HasPrefix(m[2], "w") {
		n *= 7
	}
	return today.AddDays(sign * n), ok && n <= 366
}

// smallNumber reads 1-99 in digits, and the first few in words.
func smallNumber(s string) (int, bool) {
	if n, ok := numberWords[s]; ok {
		return n, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && n < 100
}

var numberWords = map[string]int{
	"een": 1, "a": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4, "four": 4, "vijf": 5, "five": 5,
	"zes": 6, "six": 6,
}

var weekdayNames = [...][]string{
	{"zondag", "sunday", "zo", "sun"}, {"maandag", "monday", "ma", "mon"}, {"dinsdag", "tuesday", "di", "tue", "tues"},
	{"woensdag", "wednesday", "wo", "wed"}, {"donderdag", "thursday", "do", "thu", "thur", "thurs"},
	{"vrijdag", "friday", "vr", "fri"}, {"zaterdag", "saturday", "za", "sat"},
}

// cutWeekday takes a weekday from the front of s. What is left is "<" or ">" when s says that the last or the coming one
// is meant.
func cutWeekday(s string) (day time.Weekday, rest string, ok bool) {
	direction, bare := "", s
	for word, way := range weekdayDirections {
		if after, ok := strings.CutPrefix(s, word+" "); ok {
			direction, bare = way, after
		}
	}
	if before, ok := strings.CutSuffix(bare, " a.s"); ok && direction == "" {
		direction, bare = ">", before
	}
	word, rest, _ := strings.Cut(partOfDayRE.ReplaceAllString(bare, ""), " ")
	word = strings.Trim(word, ".,")
	for day, names := range weekdayNames {
		for _, name := range names {
			if word == name && (direction == "" || rest == "") {
				return time.Weekday(day), direction + rest, true
			}
		}
	}
	return 0, s, false
}

// weekdayDirections leave out "vorige" and "volgende": people mean two different weeks by them.
var weekdayDirections = map[string]string{
	"afgelopen": "<", "laatste": "<", "jongstleden": "<", "last": "<",
	"komende": ">", "aanstaande": ">", "a.s.": ">", "as.": ">", "aankomende": ">", "coming": ">", "this coming": ">",
}

// nearestWeekday refuses today's own weekday: it may be today and it may be a week away.
func nearestWeekday(day time.Weekday, today calendar.Date, future bool) (calendar.Date, bool) {
	if today.Weekday() == day {
		return 0, false
	}
	return nextWeekday(day, today, future), true
}

// nextWeekday is the first such weekday after today, or the last before it.
func nextWeekday(day time.Weekday, today calendar.Date, future bool) calendar.Date {
	step := -1
	if future {
		step = 1
	}
	d := today.AddDays(step)
	for d.Weekday() != day && !d.IsZero() {
		d = d.AddDays(step)
	}
	return d
}

// writtenDay reads a day and a month, with or without a year.
func writtenDay(s string, today calendar.Date, future bool) (calendar.Date, bool) {
	if m := isoRE.FindStringSubmatch(s); m != nil {
		return existingDay(m[1], monthNumber(m[2]), m[3], today, future)
	}
	if m := numericRE.FindStringSubmatch(s); m != nil {
		return existingDay(m[3], monthNumber(m[2]), m[1], today, future)
	}
	if m := dayMonthRE.FindStringSubmatch(s); m != nil {
		return existingDay(m[3], monthNamed(m[2]), m[1], today, future)
	}
	if m := monthDayRE.FindStringSubmatch(s); m != nil {
		return existingDay(m[3], monthNamed(m[1]), m[2], today, future)
	}
	return 0, false
}

func monthNumber(s string) time.Month {
	n, _ := strconv.Atoi(s)
	return time.Month(n)
}

var monthNames = [...][]string{
	{"januari", "january"}, {"februari", "february"}, {"maart", "march", "mrt"}, {"april"}, {"mei", "may"}, {"juni", "june"},
	{"juli", "july"}, {"augustus", "august"}, {"september"}, {"oktober", "october"}, {"november"}, {"december"},
}

// monthNamed reads a month or its beginning; 0 when it is none.
func monthNamed(s string) time.Month {
	for i, names := range monthNames {
		for _, name := range names {
			if strings.HasPrefix(name, s) {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}

// existingDay returns the day when there is such a day in this century; without a year the nearest one.
func existingDay(year string, m time.Month, day string, today calendar.Date, future bool) (calendar.Date, bool) {
	d, _ := strconv.Atoi(day)
	if year != "" {
		y, _ := strconv.Atoi(year)
		if len(year) == 2 {
			y += 2000
		}
		return realDay(y, m, d)
	}
	step := -1
	if future {
		step = 1
	}
	for i := range 9 { // 29 February is at most eight years away
		found, ok := realDay(today.Year()+i*step, m, d)
		if ok && (future && found >= today || !future && found <= today) {
			return found, true
		}
	}
	return 0, false
}

func realDay(y int, m time.Month, d int) (calendar.Date, bool) {
	if y < 2000 || y > 2099 || m < time.January || m > time.December || d < 1 || d > 31 {
		return 0, false
	}
	date := calendar.NewDate(y, m, d)
	_, sameMonth, _ := date.YMD()
	return date, sameMonth == m
}

// leadDay is a day at the front of a text.
type leadDay struct {
	day     calendar.Date
	rest    string // the text behind it
	pause   bool   // the text pauses there, so that the day cannot belong to a sentence: "19-11, excuses aangeboden"
	weekday bool   // it is a weekday alone, which may be the coming one
}

// leadingDay takes a day from the front of a text.
func leadingDay(text string, today calendar.Date, future bool) (leadDay, bool) {
	line, below, _ := strings.Cut(text, "\n")
	words := strings.Fields(line)
	for n := min(len(words), 7); n > 0; n-- {
		head, tail := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
		day, ok := ParseDay(head, today, future)
		if !ok {
			continue
		}
		after := strings.TrimLeft(tail, "-–—,;:")
		l := leadDay{day: day, rest: strings.TrimSpace(strings.TrimSpace(after) + "\n" + below)}
		l.pause = tail == "" || after != tail || strings.ContainsAny(head[len(head)-1:], ",;:")
		if !strings.ContainsAny(head, "0123456789") {
			if !l.pause && len(head) <= 3 { // "zo" and "do" are words too
				return leadDay{}, false
			}
			_, relative := relativeDay(dayText(head), today)
			l.weekday = !relative
		}
		return l, true
	}
	return leadDay{}, false
}
