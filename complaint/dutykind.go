package complaint

// Kind is what is owed. The names are stable: they stand in the database and in --json.
type Kind string

// What the regulation promises.
const (
	Acknowledgement   Kind = "acknowledgement"    // article 2, L1
	Decision          Kind = "decision"           // article 2: taken up or not; L2 says that it is not
	Progress          Kind = "progress"           // article 3, L3
	Confirmation      Kind = "confirmation"       // article 5, L5
	ReconsiderOffer   Kind = "new_offer"          // article 5: consider one when dissatisfied
	ReportComplainant Kind = "report_complainant" // article 6, L6
	ReportConcerned   Kind = "report_concerned"   // article 6, L7
	Measure           Kind = "measure"            // article 7: decide on measures against repetition
	KeepCommitment    Kind = "commitment"         // article 8: what was agreed is done
	Referral          Kind = "referral"           // article 9, L8
)

// Our own working rules: nobody outside was promised them, so nobody outside is alarmed when they pass.
const (
	Information     Kind = "information"         // article 1: ask the complainant, L4
	AwaitAuthority  Kind = "authorisation"       // a representative's authorisation comes in, or is asked again
	AskResponse     Kind = "reaction_request"    // ask a person concerned, L11
	AwaitResponse   Kind = "response"            // the person concerned responds, or not
	AwaitReaction   Kind = "reaction"            // the complainant reacts to the offer
	Extend          Kind = "extension"           // tell that the confirmation is put off, L9
	ExtendConcerned Kind = "extension_concerned" // tell a person concerned so, where the terms want it
	Withdrawal      Kind = "withdrawal"          // confirm it, L10
	CloseWitness    Kind = "witness_closing"     // L12
	CommitmentLate  Kind = "commitment_late"     // tell that what was agreed comes later, L13
	FollowMeasure   Kind = "measure_follow_up"   // a measure is carried out
	// Receipt keys the neutral receipt for a possible complaint nobody answered. It is owed to nobody.
	Receipt Kind = "receipt"
)

// kinds of duties in the order in which they are listed, with what there is to know of each.
var dutyKinds = [...]struct {
	kind    Kind
	article int    // of the regulation; 0 for our own rules
	letter  string // that meets it, "" for none
	name    Words
}{
	{Acknowledgement, 2, LetterAcknowledgement, Words{"ontvangstbevestiging", "acknowledgement"}},
	{Receipt, 0, LetterReceipt, Words{"bericht van ontvangst", "receipt"}},
	{Information, 0, LetterInformation, Words{"vragen aan de klager", "questions to the complainant"}},
	{AwaitAuthority, 0, "", Words{"machtiging", "authorisation"}},
	{Decision, 2, LetterNonAcceptance, Words{"besluit over behandeling", "decision to take it up"}},
	{AskResponse, 0, LetterReactionRequest, Words{"verzoek om een reactie", "request for a response"}},
	{AwaitResponse, 0, "", Words{"reactie van de betrokkene", "response of the person concerned"}},
	{Progress, 3, LetterProgress, Words{"bericht over de voortgang", "notice of progress"}},
	{Extend, 0, LetterExtension, Words{"bericht van uitstel", "notice of extension"}},
	{ExtendConcerned, 0, LetterExtensionConcerned, Words{"bericht van uitstel aan de betrokkene", "notice of extension to the person concerned"}},
	{Confirmation, 5, LetterConfirmation, Words{"schriftelijke bevestiging", "written confirmation"}},
	{AwaitReaction, 0, "", Words{"reactie van de klager", "reaction of the complainant"}},
	{ReconsiderOffer, 5, "", Words{"nieuw aanbod overwegen", "consider a new offer"}},
	{Withdrawal, 0, LetterWithdrawal, Words{"bevestiging van de intrekking", "confirmation of the withdrawal"}},
	{ReportComplainant, 6, LetterReportComplainant, Words{"verslag aan de klager", "report to the complainant"}},
	{ReportConcerned, 6, LetterReportConcerned, Words{"verslag aan de betrokkene", "report to the person concerned"}},
	{CloseWitness, 0, LetterWitnessClosing, Words{"afsluiting voor de getuige", "closing word to the witness"}},
	{Measure, 7, "", Words{"maatregel tegen herhaling", "measure against repetition"}},
	{FollowMeasure, 0, "", Words{"maatregel uitvoeren", "carry out the measure"}},
	{KeepCommitment, 8, "", Words{"afspraak nakomen", "keep what was agreed"}},
	{CommitmentLate, 0, LetterCommitmentLate, Words{"bericht over een latere afspraak", "notice of a later commitment"}},
	{Referral, 9, LetterReferral, Words{"doorverwijzing", "referral"}},
}

// place is where a kind stands in the list.
func place(k Kind) int {
	for i := range dutyKinds {
		if dutyKinds[i].kind == k {
			return i
		}
	}
	return len(dutyKinds)
}

// Kinds lists all kinds of duties.
func Kinds() []Kind {
	var all []Kind
	for i := range dutyKinds {
		all = append(all, dutyKinds[i].kind)
	}
	return all
}

// Article is the article of the regulation that promises it, 0 for a rule of our own.
func (k Kind) Article() int {
	if i := place(k); i < len(dutyKinds) {
		return dutyKinds[i].article
	}
	return 0
}

// Letter is the letter that meets it, "" when none does.
func (k Kind) Letter() string { return letterFor(k) }

func letterFor(k Kind) string {
	if i := place(k); i < len(dutyKinds) {
		return dutyKinds[i].letter
	}
	return ""
}

// Name is the duty as people read it.
func (k Kind) Name() Words {
	if i := place(k); i < len(dutyKinds) {
		return dutyKinds[i].name
	}
	return Words{string(k), string(k)}
}
