package intake

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2"

	"klachtd/complaint"
)

// watched runs Watch within the bubble until the test ends.
func watched(t *testing.T, m *Mailbox) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- m.Watch(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Watch returned %v, want the error of its context", err)
		}
	})
	synctest.Wait()
}

// heard waits for the next mail handled and returns how long that took.
func heard(t *testing.T, d *desk, subject string) time.Duration {
	t.Helper()
	start := time.Now()
	select {
	case in := <-d.arrived:
		if in.Subject != subject {
			t.Fatalf("heard of %q, want %q", in.Subject, subject)
		}
	case <-time.After(24 * time.Hour):
		t.Fatalf("%q was not heard of in a day", subject)
	}
	return time.Since(start)
}

func listeningDesk() *desk {
	d := newDesk()
	d.arrived = make(chan complaint.Incoming, 100)
	return d
}

func TestWatchHearsOfMailAtOnceEvenAfterMonths(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t, imap.CapIdle), listeningDesk()
		m := mailbox(srv.Dial, d)
		m.Poll = 20 * time.Minute
		watched(t, m)
		for day := range 100 {
			time.Sleep(24*time.Hour + 13*time.Second)
			subject := fmt.Sprint("day ", day)
			srv.put(t, "INBOX", mailAbout(subject), time.Now())
			if took := heard(t, d, subject); took > time.Second {
				t.Fatalf("%s: heard after %v", subject, took)
			}
		}
		if srv.dials != 1 {
			t.Errorf("%d connections in 100 days, want 1", srv.dials)
		}
	})
}

func TestWatchWithoutIdleLooksEveryPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t), listeningDesk()
		m := mailbox(srv.Dial, d)
		m.Poll = 3 * time.Minute
		watched(t, m)
		for i := range 20 {
			time.Sleep(37 * time.Minute)
			subject := fmt.Sprint("mail ", i)
			srv.put(t, "INBOX", mailAbout(subject), time.Now())
			if took := heard(t, d, subject); took > 3*time.Minute+time.Second {
				t.Fatalf("%s: heard after %v", subject, took)
			}
		}
	})
}

func TestWatchReconnects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t, imap.CapIdle), listeningDesk()
		watched(t, mailbox(srv.Dial, d))
		for i := range 10 {
			srv.drop()
			subject := fmt.Sprint("while away ", i)
			srv.put(t, "INBOX", mailAbout(subject), time.Now())
			if took := heard(t, d, subject); took > 2*time.Second {
				t.Fatalf("%s: heard after %v", subject, took)
			}
			time.Sleep(time.Hour)
		}
	})
}

func TestWatchPausesLongerAndLongerWhileTheServerIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []error
		d, dials := newDesk(), 0
		m := mailbox(func(context.Context) (net.Conn, error) {
			dials++
			return nil, errors.New("no route to host")
		}, d)
		m.Told = func(err error) { told = append(told, err) }
		watched(t, m)
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if dials < 200 || dials > 300 {
			t.Errorf("dialled %d times in a day, want about one every five minutes", dials)
		}
		if len(told) != dials || told[0] == nil {
			t.Errorf("told %d times of %d failures", len(told), dials)
		}
	})
}

func TestLargeMailIsNoTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("large"), metDesk()
		l.mails[1] += strings.Repeat("x", 2*fragment)
		d.arrived = make(chan complaint.Incoming, 1)
		m := mailbox(l.Dial, d)
		m.MaxSize = fragment
		m.Told = func(err error) {
			if err != nil {
				t.Errorf("told of %v", err)
			}
		}
		watched(t, m)
		if took := heard(t, d, "large"); took > 100*time.Millisecond {
			t.Errorf("heard after %v", took)
		}
	})
}

// Many servers lock an account after some ten refused logins.
func TestRefusedLoginIsNotHammered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t), newDesk()
		m := mailbox(srv.Dial, d)
		m.Password = func() (string, error) { return "changed", nil }
		watched(t, m)
		time.Sleep(time.Hour)
		synctest.Wait()
		if srv.dials > 10 {
			t.Errorf("%d logins in an hour, want at most 10", srv.dials)
		}
	})
}

// severed is a connection that, from some moment on, carries nothing either way and does not say so, as when a router
// has forgotten it.
type severed struct {
	net.Conn
	cut <-chan struct{}
}

func (c severed) isCut() bool {
	select {
	case <-c.cut:
		return true
	default:
		return false
	}
}

func (c severed) Write(b []byte) (int, error) {
	if c.isCut() {
		return len(b), nil
	}
	return c.Conn.Write(b)
}

func (c severed) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	for err == nil && c.isCut() {
		n, err = c.Conn.Read(b)
	}
	return n, err
}

func TestHalfOpenConnectionIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t, imap.CapIdle), listeningDesk()
		cut, dials := make(chan struct{}), 0
		watched(t, mailbox(func(ctx context.Context) (net.Conn, error) {
			c, err := srv.Dial(ctx)
			if dials++; err == nil && dials == 1 {
				c = severed{c, cut}
			}
			return c, err
		}, d))
		close(cut)
		srv.put(t, "INBOX", mailAbout("after"), time.Now())
		if took := heard(t, d, "after"); took > defaultPoll+commandSilence+2*time.Second {
			t.Errorf("heard after %v", took)
		}
	})
}

func TestWatchEndsWithItsContextWhateverTheServerDoes(t *testing.T) {
	for name, after := range map[string]time.Duration{"at once": 0, "in idle": time.Minute, "between polls": 8 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := newMailServer(t, imap.CapIdle)
				ctx, cancel := context.WithTimeout(t.Context(), after)
				defer cancel()
				start := time.Now()
				if err := mailbox(srv.Dial, newDesk()).Watch(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
				if late := time.Since(start) - after; late > time.Second {
					t.Errorf("ended %v late", late)
				}
			})
		})
	}
}

func TestMailWhoseReadingHangsIsParkedAndTheOthersGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t, imap.CapIdle), listeningDesk()
		m := mailbox(srv.Dial, d)
		release := make(chan struct{})
		m.reads = func(k complaint.Kept) complaint.Incoming {
			in := parse(k, Kinds{}, nil)
			if in.Subject == "hangs" {
				<-release
			}
			return in
		}
		watched(t, m)
		srv.put(t, "INBOX", mailAbout("hangs"), time.Now())
		srv.put(t, "INBOX", mailAbout("behind it"), time.Now())
		if took := heard(t, d, "behind it"); took > readTime+time.Second {
			t.Errorf("held up for %v", took)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if d.parkedWhy() != "reading the mail takes longer than 10s" {
			t.Errorf("parked %q", d.parkedWhy())
		}
		close(release)
	})
}

func TestRenumberedFolderIsNoticedWhileWatching(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, d := newMailServer(t, imap.CapIdle), listeningDesk()
		watched(t, mailbox(srv.Dial, d))
		srv.put(t, "INBOX", mailAbout("one"), time.Now())
		heard(t, d, "one")
		if err := errors.Join(srv.user.Delete("INBOX"), srv.user.Create("INBOX", nil)); err != nil {
			t.Fatal(err)
		}
		srv.put(t, "INBOX", mailAbout("one"), time.Now())
		srv.put(t, "INBOX", mailAbout("two"), time.Now())
		if took := heard(t, d, "two"); took > defaultPoll+time.Second {
			t.Errorf("heard after %v", took)
		}
		d.wantSubjects(t, "one", "two")
	})
}
