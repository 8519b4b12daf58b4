package complaint

// The names of the letters: mode keys, template files and preview names are these.
const (
	LetterAcknowledgement   = "acknowledgement"    // L1
	LetterNonAcceptance     = "non_acceptance"     // L2
	LetterProgress          = "progress"           // L3
	LetterConfirmation      = "confirmation"       // L5
	LetterReportComplainant = "report_complainant" // L6
	LetterReportConcerned   = "report_concerned"   // L7
	LetterReceipt           = "receipt"            // the neutral receipt for a possible complaint nobody answered
)

// Variants of the confirmation (L5). The others follow from the facts.
const (
	VariantFull       = ""
	VariantUnfinished = "state_of_affairs" // no outcome yet by R+6w
	VariantWithReport = "with_report"      // confirmation and report in one letter: it meets both
)
