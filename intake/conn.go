package intake

import (
	"errors"
	"net"
	"sync"
	"time"
)

// How long a server may be silent, and how long a command may take in all. IDLE is renewed every 28 minutes.
const (
	commandSilence = time.Minute
	commandTime    = 5 * time.Minute
	mailTime       = 10 * time.Minute
	restSilence    = 29 * time.Minute
)

// How many bytes a server may send where no mail is asked for: the answer to a search in a mailbox of a million mails.
const chatter = 16 << 20

var (
	errSilent = errors.New("the server does not answer any more")
	errFlood  = errors.New("the server sends more than was asked for")
)

// conn bounds what a server can do to us in time and bytes; the IMAP library does neither. Its own deadlines are ignored,
// because it goes on reading after one has passed: here the first error closes the connection, and with that everything
// that waits for it.
type conn struct {
	net.Conn

	mu      sync.Mutex
	silence time.Duration // how long one Read may wait
	until   time.Time     // when the command has to be over; zero when none runs
	budget  int64         // bytes that may still come
	err     error         // why the connection was given up
}

func newConn(c net.Conn) *conn {
	wrapped := &conn{Conn: c}
	wrapped.command()
	return wrapped
}

// command says that an answer is expected from now on.
func (c *conn) command() { c.expect(commandSilence, time.Now().Add(commandTime), chatter) }

// mail says that one mail of so many bytes comes next.
func (c *conn) mail(size int64) { c.expect(commandSilence, time.Now().Add(mailTime), size+chatter) }

// rest says that nothing is expected, or nothing but what the server says in IDLE.
func (c *conn) rest() { c.expect(restSilence, time.Time{}, chatter) }

func (c *conn) expect(silence time.Duration, until time.Time, budget int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.silence, c.until, c.budget = silence, until, budget
	c.arm() // a Read is most likely waiting already, with the deadline of before
}

// arm sets the deadline of the Read that waits or comes next. mu is held.
func (c *conn) arm() {
	deadline := time.Now().Add(c.silence)
	if !c.until.IsZero() && c.until.Before(deadline) {
		deadline = c.until
	}
	c.Conn.SetReadDeadline(deadline)
}

// Read implements net.Conn. The first error is the last: the connection is closed with it.
func (c *conn) Read(p []byte) (int, error) {
	c.mu.Lock()
	c.arm()
	c.mu.Unlock()
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	if c.budget -= int64(n); c.budget < 0 && err == nil {
		err = errFlood
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		err = errSilent
	}
	if err != nil && c.err == nil {
		c.err = err
	}
	c.mu.Unlock()
	if err != nil {
		c.Conn.Close()
	}
	return n, err
}

// SetReadDeadline does nothing: see conn.
func (c *conn) SetReadDeadline(time.Time) error { return nil }

// SetDeadline sets the deadline for writing only: see conn.
func (c *conn) SetDeadline(t time.Time) error { return c.Conn.SetWriteDeadline(t) }

// cause is why the connection was given up, nil as long as it was not.
func (c *conn) cause() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
