package calendar

import (
	"fmt"
	"time"
)

// Dutch writes days and months with a small letter.
var (
	dutchDays   = [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
	dutchMonths = [...]string{"januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december"}
)

// Short returns d for lists, without its year: "di 3-11", or "Tue 3 Nov" when lang is "en". Any other lang is Dutch, and
// no date is "", here and below.
func (d Date) Short(lang string) string {
	if d.IsZero() {
		return ""
	}
	_, m, day := d.YMD()
	if lang == "en" {
		return fmt.Sprintf("%.3s %d %.3s", d.Weekday(), day, m)
	}
	return fmt.Sprintf("%.2s %d-%d", dutchDays[d.Weekday()], day, m)
}

// Long returns d for running text: "3 november 2026" or "3 November 2026".
func (d Date) Long(lang string) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.YMD()
	return fmt.Sprintf("%d %s %d", day, monthName(m, lang), y)
}

// Full returns d with its weekday, for what people put in their diary: "dinsdag 3 november 2026" or "Tuesday 3 November 2026".
func (d Date) Full(lang string) string {
	if d.IsZero() {
		return ""
	}
	return dayName(d.Weekday(), lang) + " " + d.Long(lang)
}

func dayName(w time.Weekday, lang string) string {
	if lang == "en" {
		return w.String()
	}
	return dutchDays[w]
}

func monthName(m time.Month, lang string) string {
	if lang == "en" {
		return m.String()
	}
	return dutchMonths[m-1]
}
