package complaint

// Class is what the words of a mail make of it.
type Class string

const (
	Certain  Class = "certain"  // a complaint: a case opens and the handler is told at once
	Possible Class = "possible" // a careful person would want to look
	Ordinary Class = "ordinary" // the rest: no robot ever answers it
)

// Signal is one reason why a mail counted for, or against, being a complaint.
type Signal struct {
	Weight int    `json:"weight"`
	Words  string `json:"words"` // the words that matched, as written
	Why    string `json:"why"`   // a stable name: "files_complaint", "medical"
}

// Verdict is what the words of a mail say, with the reasons, strongest first.
type Verdict struct {
	Class   Class    `json:"class"`
	Score   int      `json:"score"`
	Signals []Signal `json:"signals,omitempty"`
	Lang    string   `json:"lang"`             // "nl", "en", "other", or "" when unclear
	Danger  bool     `json:"danger,omitempty"` // a threat, or signs of self-harm
}
