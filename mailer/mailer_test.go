package mailer

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"

	"klachtd/letters"
)

// run runs m in a synctest bubble until the test ends or stop is called; stop returns what Run returned.
func run(t *testing.T, m *Mailer) (stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- m.Run(ctx) }()
	return func() error { cancel(); return <-done }
}

func TestRunSendsWhenDueOrKicked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, o := (&server{}).start(t), queue(3)
		kick := make(chan struct{}, 1)
		m := srv.mailer(o)
		m.Kick = kick
		start := time.Now()
		o.rows[1].due = start.Add(90 * time.Minute)
		o.rows[2].closed = true
		stop := run(t, m)

		time.Sleep(time.Second)
		if n := len(srv.received()); n != 1 {
			t.Fatalf("%d letters after a second, want 1", n)
		}
		time.Sleep(2 * time.Hour)
		if got := o.last(t, 2); !got.At.Equal(start.Add(90 * time.Minute)) {
			t.Errorf("second letter left after %v, want 1h30m", got.At.Sub(start))
		}
		kicked := time.Now()
		o.mu.Lock()
		o.rows[2].closed = false
		o.mu.Unlock()
		kick <- struct{}{}
		synctest.Wait()
		if got := o.last(t, 3); !got.At.Equal(kicked) {
			t.Errorf("kicked letter left after %v, want at once", got.At.Sub(kicked))
		}
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

func TestConnectionIsKeptForHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, o := (&server{}).start(t), queue(3)
		o.rows[1].due = time.Now().Add(29 * time.Second)
		o.rows[2].due = time.Now().Add(65 * time.Second)
		stop := run(t, srv.mailer(o))
		time.Sleep(30 * time.Second)
		if n := srv.connections(); n != 1 || len(srv.received()) != 2 {
			t.Errorf("%d letters over %d connections, want 2 over 1", len(srv.received()), n)
		}
		time.Sleep(time.Minute)
		if n := srv.connections(); n != 2 || len(srv.received()) != 3 {
			t.Errorf("%d letters over %d connections, want 3 over 2", len(srv.received()), n)
		}
		stop()
	})
}

func TestUnreachableServerIsTriedEverMoreSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, o := (&server{}).start(t), queue(1)
		o.again = time.Millisecond
		srv.pipes.down.Store(true)
		start := time.Now()
		stop := run(t, srv.mailer(o))
		time.Sleep(30 * time.Minute)
		srv.pipes.down.Store(false)
		time.Sleep(longWait)
		stop()

		var waits []time.Duration
		at := start
		for _, out := range o.rows[0].outcomes {
			if out.Verdict == letters.Retry && (out.Code != 0 || !strings.Contains(out.Reply, "connection refused")) {
				t.Errorf("outcome %+v", out)
			}
			waits = append(waits, out.At.Sub(at))
			at = out.At
		}
		s := time.Second
		want := []time.Duration{0, s, 2 * s, 4 * s, 8 * s, 16 * s, 32 * s, 64 * s, 128 * s, 256 * s,
			longWait, longWait, longWait, longWait, longWait}
		if !slices.Equal(waits, want) {
			t.Errorf("waits %v, want %v", waits, want)
		}
		if o.last(t, 1).Verdict != letters.Accepted {
			t.Error("the letter did not leave when the server was back")
		}
	})
}

// A server that takes the connection but always drops the letter must not be hammered either.
func TestDroppingServerIsNotHammered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, o := (&server{cut: "rcpt"}).start(t), queue(1000)
		stop := run(t, srv.mailer(o))
		time.Sleep(time.Hour)
		stop()
		if n := srv.connections(); n < 15 || n > 25 {
			t.Errorf("%d connections in an hour, want some twenty", n)
		}
	})
}

func TestRefusedLoginIsTriedTenTimesAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, o := (&server{user: "info", password: "right"}).start(t), queue(1)
		o.again = time.Millisecond
		m := srv.mailer(o)
		m.Username, m.Password = "info", func() (string, error) { return "wrong", nil }
		stop := run(t, m)
		time.Sleep(time.Hour - time.Second)
		stop()
		if n := srv.connections(); n != 10 {
			t.Errorf("%d logins in an hour, want 10", n)
		}
	})
}

// A stuck outbox, which names a time that has passed but hands out nothing, makes no busy loop.
func TestStuckOutboxDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &stuck{}
		stop := run(t, &Mailer{Outbox: o})
		time.Sleep(time.Minute)
		stop()
		if o.asked > 61 {
			t.Errorf("asked %d times in a minute", o.asked)
		}
	})
}

type stuck struct {
	outbox
	asked int
}

func (s *stuck) Next(context.Context) (*letters.Dispatch, time.Time, error) {
	s.asked++
	return nil, time.Now().Add(-time.Hour), nil
}

func TestStoppingBetweenLettersStopsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, o := (&server{}).start(t), queue(2)
		o.rows[1].due = time.Now().Add(time.Hour)
		stop := run(t, srv.mailer(o))
		time.Sleep(time.Second)
		before := time.Now()
		if err := stop(); err != nil || time.Since(before) != 0 {
			t.Errorf("stopped after %v with %v", time.Since(before), err)
		}
	})
}

func TestStoppingFinishesTheLetterUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := &server{}
		srv.onDot = func() { time.Sleep(9 * time.Second) } // a slow server
		o := queue(5)
		stop := run(t, srv.start(t).mailer(o))
		time.Sleep(time.Second)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		if got := o.last(t, 1); got.Verdict != letters.Accepted || len(srv.received()) != 1 {
			t.Errorf("outcome %+v, %d letters; want the first one only", got, len(srv.received()))
		}
		for _, row := range o.rows {
			if row.claimed {
				t.Errorf("letter %d was not given back", row.item.ID)
			}
		}
	})
}

func TestStoppingDoesNotWaitForASilentServer(t *testing.T) {
	for stage, verdict := range map[string]letters.Verdict{"mail": letters.Retry, "dot": letters.Doubtful} {
		t.Run(stage, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv, o := (&server{hang: stage}).start(t), queue(1)
				stop := run(t, srv.mailer(o))
				time.Sleep(time.Second)
				before := time.Now()
				if err := stop(); err != nil {
					t.Fatal(err)
				}
				if got := o.last(t, 1); got.Verdict != verdict || time.Since(before) != finishTime {
					t.Errorf("outcome %+v after %v", got, time.Since(before))
				}
			})
		})
	}
}

// Stopping while the server has yet to greet waits for nothing.
func TestStoppingWhileConnecting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := queue(1)
		near, far := net.Pipe()
		defer far.Close()
		stop := run(t, &Mailer{Outbox: o, Dial: func(context.Context) (net.Conn, error) { return near, nil }})
		time.Sleep(time.Second)
		before := time.Now()
		if err := stop(); err != nil || time.Since(before) != 0 {
			t.Errorf("stopped after %v with %v", time.Since(before), err)
		}
		if got := o.last(t, 1); got.Verdict != letters.Retry {
			t.Errorf("outcome %+v", got)
		}
	})
}

func TestDrainSaysWhatIsWrong(t *testing.T) {
	t.Run("server down", func(t *testing.T) {
		srv, o := (&server{}).start(t), queue(3)
		srv.pipes.down.Store(true)
		err := srv.mailer(o).Drain(t.Context())
		if err == nil || !strings.Contains(err.Error(), "connect to mx.example:465: dial tcp: connection refused; are name and port right") {
			t.Errorf("Drain: %v", err)
		}
		if len(o.calls) != 2 {
			t.Errorf("went on after the server was found to be down: %q", o.calls)
		}
	})
	t.Run("connections drop", func(t *testing.T) {
		srv, o := (&server{cut: "rcpt"}).start(t), queue(10)
		if err := srv.mailer(o).Drain(t.Context()); err == nil || srv.connections() != maxLosses {
			t.Errorf("Drain: %v after %d connections", err, srv.connections())
		}
	})
	t.Run("later is no error", func(t *testing.T) {
		srv := (&server{fail: map[string]*smtp.SMTPError{"rcpt": {Code: 451, Message: "greylisted"}}}).start(t)
		o := queue(3)
		o.again = time.Hour
		if err := srv.mailer(o).Drain(t.Context()); err != nil {
			t.Errorf("Drain: %v", err)
		}
	})
	t.Run("outbox", func(t *testing.T) {
		full := errors.New("disk full")
		srv := (&server{}).start(t)
		m := srv.mailer(nil)
		m.Outbox = &broken{queue(1), full}
		if err := m.Drain(t.Context()); !errors.Is(err, full) {
			t.Errorf("Drain: %v", err)
		}
		m.Outbox = &broken{queue(1), full}
		if err := m.Run(t.Context()); !errors.Is(err, full) {
			t.Errorf("Run: %v", err)
		}
	})
}

type broken struct {
	*outbox
	err error
}

func (b *broken) Done(context.Context, int64, letters.Outcome) error { return b.err }

// The log tells what happened to a letter and never to whom, or what was in it.
func TestLogNamesNobody(t *testing.T) {
	var b bytes.Buffer
	no := &smtp.SMTPError{Code: 550, Message: "p1@people.example is unknown\r\nlevel=ERROR"}
	srv := (&server{fail: map[string]*smtp.SMTPError{"rcpt": no}, failOnce: true}).start(t)
	m := srv.mailer(queue(2))
	m.Log = slog.New(slog.NewTextHandler(&b, nil))
	if err := m.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	log := b.String()
	if n := strings.Count(log, "\n"); n != 2 {
		t.Errorf("%d lines, want 2", n)
	}
	for _, want := range []string{"letter=1 attempt=1 verdict=refused code=550", "letter=2 attempt=1 verdict=accepted code=250"} {
		if !strings.Contains(log, want) {
			t.Errorf("log lacks %q", want)
		}
	}
	for _, never := range []string{"people.example", "office.example", "unknown", "Dear"} {
		if strings.Contains(log, never) {
			t.Errorf("log holds %q", never)
		}
	}
}
