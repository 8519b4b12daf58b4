package complaint

// Field is something a letter must say and only the handler knows.
type Field string

const (
	FieldFinding  Field = "finding"
	FieldReason   Field = "reason"
	FieldResponse Field = "response"
	FieldOffer    Field = "offer"
	FieldReaction Field = "reaction"
	FieldMeasure  Field = "measure"
	FieldGround   Field = "ground"
)

// fieldNames are the fields as the handler is asked for them.
var fieldNames = map[Field]Words{
	FieldFinding:  {"oordeel", "finding"},
	FieldReason:   {"waarom (de reden van het oordeel)", "why (the reason for the finding)"},
	FieldResponse: {"reactie van de betrokkene", "response of the person concerned"},
	FieldOffer:    {"aanbod", "offer"},
	FieldReaction: {"reactie van de klager", "reaction of the complainant"},
	FieldMeasure:  {"maatregel tegen herhaling", "measure against repetition"},
	FieldGround:   {"grond om niet te behandelen", "ground for not taking it up"},
}

// Name is the field as people read it.
func (f Field) Name() Words { return fieldNames[f] }

// missing lists what a letter still lacks, in the order in which it is asked.
func (c *Case) missing(d Departure) []Field {
	var lacks []Field
	need := func(f Field, have bool) {
		if !have {
			lacks = append(lacks, f)
		}
	}
	switch d.Letter {
	case LetterNonAcceptance:
		need(FieldGround, c.Declined.Body.(Declined).Ground > 0)
	case LetterConfirmation:
		if d.Variant != VariantUnfinished {
			need(FieldFinding, c.Finding != "")
			need(FieldReason, c.FindingReason != "")
			need(FieldOffer, len(c.Offers) > 0 || c.NoOffer != nil)
		}
	case LetterReportComplainant:
		need(FieldResponse, c.Heard())
		need(FieldFinding, c.Finding != "")
		need(FieldReason, c.FindingReason != "")
		need(FieldOffer, len(c.Offers) > 0 || c.NoOffer != nil)
		need(FieldReaction, len(c.Reactions) > 0 || c.ResolvedHow != "")
		need(FieldMeasure, c.measureDecided())
	case LetterReportConcerned:
		need(FieldResponse, c.Heard())
		need(FieldFinding, c.Finding != "")
		need(FieldReason, c.FindingReason != "")
		need(FieldMeasure, c.measureDecided())
	}
	return lacks
}

func (c *Case) measureDecided() bool { return len(c.Measures) > 0 || c.NoMeasure != nil }
