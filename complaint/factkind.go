package complaint

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

func (Opened) fact()            {}
func (Registered) fact()        {}
func (Described) fact()         {}
func (Dismissed) fact()         {}
func (ResolvedAtOnce) fact()    {}
func (ReceiptMoved) fact()      {}
func (Reached) fact()           {}
func (Called) fact()            {}
func (PersonNamed) fact()       {}
func (NoPersonConcerned) fact() {}
func (Responded) fact()         {}
func (NoResponse) fact()        {}
func (Judged) fact()            {}
func (Weighed) fact()           {}
func (Offered) fact()           {}
func (NoOffer) fact()           {}
func (Reacted) fact()           {}
func (Resolved) fact()          {}
func (ReportWritten) fact()     {}
func (MeasureTaken) fact()      {}
func (NoMeasure) fact()         {}
func (Declined) fact()          {}
func (Approved) fact()          {}
func (Held) fact()              {}
func (Released) fact()          {}
func (Undone) fact()            {}
func (Noted) fact()             {}
func (Filed) fact()             {}
func (Sent) fact()              {}
func (ComplainantAdded) fact()  {}
func (Authority) fact()         {}
func (Asked) fact()             {}
func (ProgressOrdered) fact()   {}
func (Extended) fact()          {}
func (Thinking) fact()          {}
func (Told) fact()              {}
func (MeasureDone) fact()       {}
func (Committed) fact()         {}
func (CommitmentMoved) fact()   {}
func (CommitmentKept) fact()    {}
func (Referred) fact()          {}
func (Withdrawn) fact()         {}
func (Reopened) fact()          {}
func (MergedInto) fact()        {}
func (Merged) fact()            {}
func (Linked) fact()            {}
func (HandedOver) fact()        {}
func (Printed) fact()           {}
func (Posted) fact()            {}
func (Confided) fact()          {}
func (Categorised) fact()       {}
func (Retained) fact()          {}
func (Forced) fact()            {}
func (MarkedTest) fact()        {}
func (Rewritten) fact()         {}
func (Undelivered) fact()       {}

// kinds names every body as it is stored. A name is never changed or reused.
var kinds = map[string]reflect.Type{
	"opened":              reflect.TypeFor[Opened](),
	"registered":          reflect.TypeFor[Registered](),
	"described":           reflect.TypeFor[Described](),
	"dismissed":           reflect.TypeFor[Dismissed](),
	"resolved_at_once":    reflect.TypeFor[ResolvedAtOnce](),
	"receipt_moved":       reflect.TypeFor[ReceiptMoved](),
	"reached":             reflect.TypeFor[Reached](),
	"called":              reflect.TypeFor[Called](),
	"person_named":        reflect.TypeFor[PersonNamed](),
	"no_person_concerned": reflect.TypeFor[NoPersonConcerned](),
	"responded":           reflect.TypeFor[Responded](),
	"no_response":         reflect.TypeFor[NoResponse](),
	"judged":              reflect.TypeFor[Judged](),
	"weighed":             reflect.TypeFor[Weighed](),
	"offered":             reflect.TypeFor[Offered](),
	"no_offer":            reflect.TypeFor[NoOffer](),
	"reacted":             reflect.TypeFor[Reacted](),
	"resolved":            reflect.TypeFor[Resolved](),
	"report_written":      reflect.TypeFor[ReportWritten](),
	"measure_taken":       reflect.TypeFor[MeasureTaken](),
	"no_measure":          reflect.TypeFor[NoMeasure](),
	"declined":            reflect.TypeFor[Declined](),
	"approved":            reflect.TypeFor[Approved](),
	"held":                reflect.TypeFor[Held](),
	"released":            reflect.TypeFor[Released](),
	"undone":              reflect.TypeFor[Undone](),
	"noted":               reflect.TypeFor[Noted](),
	"filed":               reflect.TypeFor[Filed](),
	"sent":                reflect.TypeFor[Sent](),
	"complainant_added":   reflect.TypeFor[ComplainantAdded](),
	"authority":           reflect.TypeFor[Authority](),
	"asked":               reflect.TypeFor[Asked](),
	"progress_ordered":    reflect.TypeFor[ProgressOrdered](),
	"extended":            reflect.TypeFor[Extended](),
	"thinking":            reflect.TypeFor[Thinking](),
	"told":                reflect.TypeFor[Told](),
	"measure_done":        reflect.TypeFor[MeasureDone](),
	"committed":           reflect.TypeFor[Committed](),
	"commitment_moved":    reflect.TypeFor[CommitmentMoved](),
	"commitment_kept":     reflect.TypeFor[CommitmentKept](),
	"referred":            reflect.TypeFor[Referred](),
	"withdrawn":           reflect.TypeFor[Withdrawn](),
	"reopened":            reflect.TypeFor[Reopened](),
	"merged_into":         reflect.TypeFor[MergedInto](),
	"merged":              reflect.TypeFor[Merged](),
	"linked":              reflect.TypeFor[Linked](),
	"handed_over":         reflect.TypeFor[HandedOver](),
	"printed":             reflect.TypeFor[Printed](),
	"posted":              reflect.TypeFor[Posted](),
	"confided":            reflect.TypeFor[Confided](),
	"categorised":         reflect.TypeFor[Categorised](),
	"retained":            reflect.TypeFor[Retained](),
	"forced":              reflect.TypeFor[Forced](),
	"marked_test":         reflect.TypeFor[MarkedTest](),
	"rewritten":           reflect.TypeFor[Rewritten](),
	"undelivered":         reflect.TypeFor[Undelivered](),
}

// KindOf names a body as it is stored.
func KindOf(b Body) string {
	t := reflect.TypeOf(b)
	for name, kind := range kinds {
		if kind == t {
			return name
		}
	}
	panic(fmt.Sprintf("complaint: %T is not in the table of kinds", b))
}

// EncodeBody gives the stored form of a body: its kind and JSON.
func EncodeBody(b Body) (kind string, body []byte, err error) {
	body, err = json.Marshal(b)
	if err != nil {
		return "", nil, fmt.Errorf("encode fact: %w", err)
	}
	return KindOf(b), body, nil
}

// DecodeBody reads a stored body. An unknown kind is an error: a newer klachtd wrote it.
func DecodeBody(kind string, body []byte) (Body, error) {
	t, ok := kinds[kind]
	if !ok {
		return nil, fmt.Errorf("fact of unknown kind %q: written by a newer klachtd", kind)
	}
	v := reflect.New(t)
	if err := json.Unmarshal(body, v.Interface()); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	return v.Elem().Interface().(Body), nil
}

// Bodies gives an empty body of every kind, in the order of their stored names.
func Bodies() []Body {
	var all []Body
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		all = append(all, reflect.Zero(kinds[name]).Interface().(Body))
	}
	return all
}
