package mailer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"klachtd/letters"
)

// worker is a mailer at work. It keeps its books while the server is busy: what became of a letter is recorded when the
// first commands of the next one are on their way, and the next one is looked up while the server takes this one in.
type worker struct {
	*Mailer
	books    books
	session  *session
	lastUsed time.Time
	failures int // connections that failed, in a row
}

func (m *Mailer) start() *worker {
	return &worker{Mailer: m, books: books{outbox: m.Outbox, now: m.now, log: m.log()}}
}

// sendDue sends until nothing is due, and returns when the next letter will be. It returns a downError when the
// server is not there, any other error when the outbox failed, and early when ctx ends.
func (w *worker) sendDue(ctx context.Context) (wake time.Time, err error) {
	for ctx.Err() == nil {
		item, wake, err := w.books.take(ctx)
		if err != nil || item == nil {
			return wake, err
		}
		if err := w.deliver(ctx, item); err != nil {
			return time.Time{}, err
		}
	}
	return time.Time{}, nil
}

// deliver makes one attempt and sees to it that its outcome is recorded: at once, or when the next letter is begun.
func (w *worker) deliver(ctx context.Context, it *letters.Dispatch) error {
	out, err := w.attempt(ctx, it)
	if err != nil && !is[*downError](err) {
		return err
	}
	w.failures++
	if err == nil {
		w.failures = 0
	}
	if err := w.books.settle(ctx); err != nil { // the letter before, when this one was not begun
		return err
	}
	w.books.owe(it, out)
	if w.books.ahead != nil && w.session != nil {
		return err
	}
	return cmp.Or(w.books.settle(ctx), err)
}

// attempt sends one letter. When the connection turns out to have died since the last letter, a new one is made; the
// letter has not been heard then, and the outbox need not know.
func (w *worker) attempt(ctx context.Context, it *letters.Dispatch) (letters.Outcome, error) {
	if err := check(it); err != nil {
		return w.unsent(letters.Refused, err), nil
	}
	out, err := w.try(ctx, it)
	if errors.Is(err, errStale) {
		out, err = w.try(ctx, it)
	}
	return out, err
}

func (w *worker) try(ctx context.Context, it *letters.Dispatch) (letters.Outcome, error) {
	if w.session == nil {
		s, err := w.open(ctx)
		if err != nil {
			return w.unsent(letters.Retry, err), &downError{error: err, unreached: true}
		}
		w.session = s
	}
	out, err := w.converse(ctx, w.session, it)
	w.lastUsed = time.Now()
	broken := w.session.broken || err != nil
	if broken {
		w.session.close()
		w.session = nil
	}
	if err == nil && broken && (out.Verdict == letters.Retry || out.Verdict == letters.Doubtful) {
		err = &downError{error: fmt.Errorf("%s went away during a letter (%s, code %d)", w.Server, out.Verdict, out.Code)}
	}
	return out, err
}

// converse carries one letter over. The dot that makes it a letter is said only when the outbox has committed that it
// may be out. Its errors are the outbox's, or errStale; all else is in the outcome.
func (w *worker) converse(ctx context.Context, s *session, it *letters.Dispatch) (letters.Outcome, error) {
	letter, done := outlive(ctx, finishTime)
	defer done()
	defer context.AfterFunc(letter, s.close)()

	heard := s.ask(it)
	if err := w.books.turn(ctx, it); err != nil {
		return letters.Outcome{}, err
	}
	if heard == nil {
		heard = s.granted()
	}
	if heard == nil {
		heard = s.body(it.Raw)
	}
	if heard == errStale {
		return letters.Outcome{}, errStale
	}
	if heard != nil {
		return s.undelivered(heard), nil
	}
	if err := w.books.doubt(letter, it); err != nil {
		return letters.Outcome{}, err
	}
	if err := s.dot(); err != nil {
		return s.doubtful(err), nil
	}
	w.books.lookAhead(ctx)
	return s.verdict(), nil
}

// leave hangs up, settles, and gives back the letter whose turn did not come.
func (w *worker) leave(ctx context.Context) error {
	w.hangUp()
	err := w.books.settle(ctx)
	if it := w.books.ahead; it != nil {
		w.books.ahead = nil
		w.books.owe(it, w.unsent(letters.Retry, errors.New("stopped before this letter's turn")))
	}
	return errors.Join(err, w.books.settle(ctx))
}

func (w *worker) unsent(v letters.Verdict, why error) letters.Outcome {
	return letters.Outcome{Verdict: v, Reply: short(why.Error()), Server: w.Server, TLS: "none"}
}

// rest waits until wake, a kick or the end of ctx, and hangs up when the connection has been idle for long enough.
func (w *worker) rest(ctx context.Context, wake time.Time) {
	wait := longRest
	if !wake.IsZero() {
		wait = min(wake.Sub(w.now()), wait)
	}
	if wait <= 0 { // due, but not handed out: do not spin
		wait = firstWait
	}
	due := time.NewTimer(wait)
	defer due.Stop()
	var idle <-chan time.Time
	if w.session != nil {
		idle = time.After(time.Until(w.lastUsed.Add(idleTime)))
	}
	for {
		select {
		case <-idle:
			w.hangUp()
			idle = nil
			continue
		case <-ctx.Done():
		case <-w.Kick:
		case <-due.C:
		}
		return
	}
}

func (w *worker) hangUp() {
	if w.session != nil {
		w.session.quit()
		w.session = nil
	}
}

// outlive gives a context that ends grace after ctx does, or when cancel is called.
func outlive(ctx context.Context, grace time.Duration) (out context.Context, cancel func()) {
	out, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(grace, end)
		context.AfterFunc(out, func() { timer.Stop() })
	})
	return out, func() { stop(); end() }
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
