package letters

import (
	"strconv"

	"klachtd/complaint"
)

// concerned makes the view of the letters to a person concerned: the request for a reaction and the report.
func (w *writing) concerned() concernedView {
	v := concernedView{head: w.head(), Written: text(either(w.own(), w.c.Report.Concerned)), Withdrawn: w.dep.Variant == complaint.VariantWithdrawn}
	if !w.confidential() {
		v.Received = w.long(w.c.Received)
	}
	for _, p := range w.c.Persons {
		if p.ID != w.dep.To.ID {
			continue
		}
		v.Over, v.Questions = text(p.Over), text(p.Questions)
		if p.Response != nil {
			v.Response = text(p.Response.Summary)
		}
	}
	if v.Withdrawn || w.dep.Letter != complaint.LetterReportConcerned {
		return v
	}
	w.ownPart(&v)
	v.Measures, v.NoMeasure = measures(w.c)
	satisfied, known := w.c.Satisfied()
	v.Settled = known && satisfied
	return v
}

// ownPart is the finding on the reader's part: that on the whole, that on the one point, or those on several, numbered
// anew so that they do not tell of the others.
func (w *writing) ownPart(v *concernedView) {
	own := w.c.PointsFor(w.dep.To.ID)
	if len(own) == 1 {
		v.Finding, v.Reason = value(own[0].Finding), text(own[0].Reason)
		return
	}
	for i, p := range own {
		v.Points = append(v.Points, point{value(strconv.Itoa(i + 1)), short(p.About), value(p.Finding), text(p.Reason)})
	}
}

// confidential says whether the reader must not learn who complains: then no date is told that could show it.
func (w *writing) confidential() bool {
	for _, k := range w.c.Complainants {
		if k.Confidential {
			return true
		}
	}
	return false
}
