package complaint

// The names of the letters: mode keys, template files and preview names are these.
const (
	LetterAcknowledgement    = "acknowledgement"     // L1
	LetterNonAcceptance      = "non_acceptance"      // L2
	LetterProgress           = "progress"            // L3
	LetterInformation        = "information"         // L4
	LetterConfirmation       = "confirmation"        // L5
	LetterReportComplainant  = "report_complainant"  // L6
	LetterReportConcerned    = "report_concerned"    // L7
	LetterReferral           = "referral"            // L8
	LetterExtension          = "extension"           // L9
	LetterWithdrawal         = "withdrawal"          // L10
	LetterReactionRequest    = "reaction_request"    // L11
	LetterWitnessClosing     = "witness_closing"     // L12
	LetterCommitmentLate     = "commitment_late"     // L13
	LetterExtensionConcerned = "extension_concerned" // L9 for a person concerned: a date, and nothing of the complainant
	LetterReceipt            = "receipt"             // the neutral receipt for a possible complaint nobody answered
)

// Variants of letters. The others follow from the facts.
const (
	VariantFull       = ""
	VariantUnfinished = "state_of_affairs" // L5: no outcome yet by R+6w
	VariantWithReport = "with_report"      // L5: confirmation and report in one letter: it meets both
	VariantAuthority  = "authority"        // L1, L4: to a representative whose authorisation is asked; says nothing of the person represented
	VariantWithdrawn  = "withdrawn"        // L7: the complaint was withdrawn, to a person concerned who knew of it
)
