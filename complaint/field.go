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

	FieldAuthority Field = "authority" // of a representative
	FieldOwnPoint  Field = "own_point" // which of several points is about this person
	FieldQuestions Field = "questions" // of a letter that asks
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

	FieldAuthority: {"machtiging van degene voor wie wordt geklaagd", "authorisation of the person who is represented"},
	FieldOwnPoint:  {"welk punt van de klacht over deze betrokkene gaat", "which point of the complaint is about this person"},
	FieldQuestions: {"de vragen", "the questions"},
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
	outcome := func() {
		need(FieldFinding, c.Finding != "")
		need(FieldReason, c.reasoned())
	}
	offer := func() { need(FieldOffer, len(c.Offers) > 0 || c.NoOffer != nil) }
	switch d.Letter {
	case LetterNonAcceptance:
		need(FieldGround, c.Declined.Body.(Declined).Ground > 0)
	case LetterInformation:
		need(FieldQuestions, d.Variant == VariantAuthority || c.questioned(d))
	case LetterConfirmation:
		if d.Variant != VariantUnfinished {
			outcome()
			offer()
			need(FieldAuthority, c.MayTell())
		}
	case LetterReportComplainant:
		need(FieldResponse, c.Heard())
		outcome()
		offer()
		need(FieldReaction, c.answered(d.To.ID))
		need(FieldMeasure, c.measureDecided())
		need(FieldAuthority, c.MayTell())
	case LetterReportConcerned:
		if d.Variant != VariantWithdrawn {
			need(FieldResponse, c.Heard())
			outcome()
			need(FieldOwnPoint, c.Finding == "" || len(c.PointsFor(d.To.ID)) > 0)
			need(FieldMeasure, c.measureDecided())
		}
	}
	return lacks
}

func (c *Case) measureDecided() bool { return len(c.Measures) > 0 || c.NoMeasure != nil }

// reasoned says whether every finding has its reason.
func (c *Case) reasoned() bool {
	for _, p := range c.Points {
		if p.Reason == "" {
			return false
		}
	}
	return len(c.Points) > 0
}

// answered says whether it is known how a complainant takes it, or how the handling was concluded without.
func (c *Case) answered(party int) bool {
	k, _ := c.Complainant(party)
	if len(k.Reactions) > 0 || k.ResolvedHow != "" {
		return true
	}
	for _, f := range c.current() {
		if b, ok := f.Body.(Told); ok && (b.Party == 0 || b.Party == k.ID) {
			return true // told the outcome, and nothing to react to
		}
	}
	return false
}

// questioned says whether the letter with questions has some.
func (c *Case) questioned(d Departure) bool {
	for _, o := range c.ordered(Information, d.To.ID) {
		if b, ok := o.asked(); ok && o.Key == d.Meets[0] {
			return b.Questions != ""
		}
	}
	return false
}
