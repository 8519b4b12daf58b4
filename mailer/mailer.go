// Package mailer brings finished letters to the mail server: each one once, byte for byte, with evidence of what the
// server said.
package mailer

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"time"
)

const (
	idleTime   = 30 * time.Second // a connection is kept this long for a next letter
	finishTime = 10 * time.Second // a letter under way gets this long when we have to stop
	longRest   = time.Hour        // look again at least this often: clocks are set, and laptops sleep
	firstWait  = time.Second      // after a failed connection, doubled up to
	longWait   = 5 * time.Minute
	loginWait  = 6 * time.Minute // after a refused login: ten an hour lock no account
	maxLosses  = 3               // connections Drain may lose in a row
)

// Mailer sends what is due in an outbox over one connection. Set its fields before the first call; Kick, Now, Log,
// HelloName, Username, Password, Token and StartTLS may be left out.
type Mailer struct {
	Server    string                                      // host:port, as the evidence and the errors name it
	Dial      func(ctx context.Context) (net.Conn, error) // to the server; with TLS on it where security is "tls"
	StartTLS  *tls.Config                                 // when set, STARTTLS is required
	HelloName string                                      // what we call ourselves; "" is localhost

	Username string                                    // "" for a server that wants no login
	Password func() (string, error)                    // asked at every login
	Token    func(ctx context.Context) (string, error) // an OAuth access token for XOAUTH2, instead of a password

	Outbox Outbox
	Kick   <-chan struct{}  // something may have become due
	Now    func() time.Time // the outbox's time
	Log    *slog.Logger
}

// Run sends what is due when it falls due, until ctx ends. A letter under way is then finished, for at most ten
// seconds, so that stopping leaves none in doubt. While the server cannot be reached Run tries again, ever more slowly.
// It returns an error only when the outbox fails.
func (m *Mailer) Run(ctx context.Context) (err error) {
	w := m.start()
	defer func() { err = errors.Join(err, w.leave(ctx)) }()
	for ctx.Err() == nil {
		wake, err := w.sendDue(ctx)
		down, isDown := errors.AsType[*downError](err)
		switch {
		case isDown && ctx.Err() == nil:
			wait := down.wait(w.failures)
			m.log().Warn("mail server does not take letters", "err", down, "wait", wait)
			sleep(ctx, wait)
		case isDown:
		case err != nil:
			return err
		default:
			w.rest(ctx, wake)
		}
	}
	return nil
}

// Drain sends all that is due now and returns. Letters the server turned down for now are no error: the outbox has them
// for later. The error says in words why letters that are due could not be sent.
func (m *Mailer) Drain(ctx context.Context) (err error) {
	w := m.start()
	defer func() { err = errors.Join(err, w.leave(ctx)) }()
	for {
		_, err := w.sendDue(ctx)
		down, isDown := errors.AsType[*downError](err)
		if isDown && !down.unreached && w.failures < maxLosses && ctx.Err() == nil {
			continue
		}
		if err == nil {
			err = ctx.Err()
		}
		return err
	}
}

// Check connects, logs in and takes leave. Its error says what is wrong and what to do about it.
func (m *Mailer) Check(ctx context.Context) error {
	s, err := m.open(ctx)
	if err != nil {
		return err
	}
	s.quit()
	return nil
}

func (m *Mailer) now() time.Time {
	if m.Now == nil {
		return time.Now()
	}
	return m.Now()
}

func (m *Mailer) log() *slog.Logger {
	if m.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return m.Log
}

// downError is a server that could not be reached, or went away under a letter. The letter is back in the outbox.
type downError struct {
	error
	unreached bool // no session came about
}

func (e *downError) Unwrap() error { return e.error }

// wait is how long to leave the server alone after that many failures in a row.
func (e *downError) wait(failures int) time.Duration {
	if is[loginError](e.error) {
		return loginWait
	}
	return min(firstWait<<min(failures-1, 20), longWait)
}
