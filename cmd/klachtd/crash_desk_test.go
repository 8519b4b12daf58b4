package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/mail"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"

	"klachtd/complaint"
)

// slowDesk is the counter of the post office on a bad day: it lets klachtd wait at every step of a letter, so that kills
// land there, and at times it files a copy of what it took into the Sent folder of the office, as some servers do.
type slowDesk struct {
	office                *postOffice
	recipient, dot, reply atomic.Int64 // how long it lets wait, in milliseconds: for the answer to RCPT, before it takes the letter, before it says so
	files                 atomic.Bool
	hangUps               atomic.Int64 // how often it hangs up instead of saying that it took the letter
	busy                  atomic.Int64 // letters it is taking

	mu     sync.Mutex
	copied map[string][]bool // by id of ours: for each time it was delivered, whether a copy was filed
	sent   [][]byte          // what lies in the Sent folder
}

// mood sets how slow it is; nil for not at all.
func (s *slowDesk) mood(rng *rand.Rand) {
	for _, wait := range []*atomic.Int64{&s.recipient, &s.dot, &s.reply} {
		wait.Store(0)
		if rng != nil && rng.IntN(3) == 0 {
			wait.Store(int64(rng.IntN(150)))
		}
	}
	s.files.Store(rng != nil && rng.IntN(2) == 0)
}

// copies are the ids of what lies in the Sent folder.
func (s *slowDesk) copies() (all []complaint.MailID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, raw := range s.sent {
		all = append(all, mailID(raw))
	}
	return all
}

// slowCounter is a session at the slow desk.
type slowCounter struct {
	counter
	desk *slowDesk
	conn *smtp.Conn
}

func (c *slowCounter) Rcpt(to string, o *smtp.RcptOptions) error {
	c.desk.wait(&c.desk.recipient)
	return c.counter.Rcpt(to, o)
}

func (c *slowCounter) Data(r io.Reader) error {
	c.desk.busy.Add(1)
	defer c.desk.busy.Add(-1)
	c.desk.wait(&c.desk.dot)
	raw, err := io.ReadAll(r)
	if err != nil { // the connection broke before the dot: this is no letter
		return err
	}
	if err := c.counter.Data(bytes.NewReader(raw)); err != nil {
		return err
	}
	if err := c.desk.file(raw); err != nil {
		return err
	}
	c.desk.wait(&c.desk.reply)
	if c.desk.hangUps.Add(-1) >= 0 {
		return c.conn.Conn().Close()
	}
	return nil
}

func (s *slowDesk) wait(ms *atomic.Int64) {
	<-time.After(time.Duration(ms.Load()) * time.Millisecond)
}

func (s *slowDesk) file(raw []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	filed := s.files.Load()
	s.copied[ourID(raw)] = append(s.copied[ourID(raw)], filed)
	if !filed {
		return nil
	}
	s.sent = append(s.sent, raw)
	return s.office.put(demoOffice, "Sent", raw)
}

// ourID is the id that klachtd gave a mail.
func ourID(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	return m.Header.Get("X-Klachtd-Id")
}
