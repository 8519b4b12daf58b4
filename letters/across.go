package letters

import "klachtd/complaint"

// Also is what a handler's mail did in a case beside the one it answers.
type Also struct {
	Case   complaint.Case
	Facts  []complaint.Fact
	Opened bool // the mail opened it
}
