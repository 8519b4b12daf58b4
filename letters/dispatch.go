package letters

import "time"

// Dispatch is a letter on its way: one recipient, bytes that never change.
type Dispatch struct {
	ID        int64
	From, To  string // envelope addresses; From is "" for the null sender
	MessageID string // without angle brackets
	Raw       []byte
	Attempt   int // 1 for the first
}

// Verdict is what became of one attempt to send.
type Verdict string

const (
	Accepted Verdict = "accepted" // the server took the letter
	Retry    Verdict = "retry"    // it did not, this time: 4xx, or no connection, or one that broke before the final dot
	Refused  Verdict = "refused"  // it never will: 5xx
	Doubtful Verdict = "doubtful" // no answer after the final dot: it may have been delivered (RFC 1047)
)

// Outcome is the evidence of one attempt.
type Outcome struct {
	Verdict Verdict
	Code    int       // the server's reply code; 0 when it gave none
	Reply   string    // its text, on one line; or what went wrong, in words
	Server  string    // host:port
	TLS     string    // "TLS 1.3 TLS_AES_128_GCM_SHA256", or "none"
	At      time.Time // when it was known
}
