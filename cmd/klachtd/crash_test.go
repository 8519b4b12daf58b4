package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// TestKilledAtAnyMoment kills klachtd again and again while people write and the handler answers, starts it again each
// time, and then looks whether anything was lost, done twice or sent to the wrong person. The pretended time runs from a
// Tuesday to the last safe day of its complaints, so that the daily mail, the complaints nobody answered and the letters
// that leave by themselves are hit as well. KLACHTD_KILLS and KLACHTD_SEED choose another run than the usual one.
func TestKilledAtAnyMoment(t *testing.T) {
	kills := fromEnv(t, "KLACHTD_KILLS", 50)
	if testing.Short() {
		kills = min(kills, 20)
	}
	seed := fromEnv(t, "KLACHTD_SEED", 1)
	w := openCrashWorld(t, uint64(seed), kills)
	began := time.Now()
	t.Logf("seed %d, %d kills", seed, kills)
	for k := range kills {
		w.killOnce(k)
	}
	w.desk.mood(nil)
	w.settle()
	w.judge()
	t.Logf("in %s: %s", time.Since(began).Round(time.Second), w.figures)
}

// TestSecondDaemonIsRefused: two daemons on one database would send everything twice.
func TestSecondDaemonIsRefused(t *testing.T) {
	w := openCrashWorld(t, 1, 1)
	first := w.start()
	first.log.await(t, "klachtd is at work")
	second := w.start()
	err := second.cmd.Wait()
	if code := second.cmd.ProcessState.ExitCode(); code != failed {
		t.Errorf("the second daemon ended with status %d (%v), want %d", code, err, failed)
	}
	said := second.log.String()
	if path := filepath.Join(w.dir, "klachtd.db"); strings.Count(said, "\n") != 1 || !strings.Contains(said, path) {
		t.Errorf("the second daemon said %q, want one line that names %s", said, path)
	}
	first.kill(t)
	third := w.start() // what a killed daemon leaves behind keeps nobody out
	third.log.await(t, "klachtd is at work")
	third.stop(t)
}

func fromEnv(t *testing.T, name string, usual int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is no number", name, s)
	}
	return n
}

// crashWorld is the office, its mail servers, its people and their time. The test plays all of them but klachtd.
type crashWorld struct {
	t      *testing.T
	rng    *rand.Rand
	dir    string
	kills  int
	ahead  atomic.Int64 // of the real time, in nanoseconds
	office *postOffice
	desk   slowDesk

	fed     []fedMail       // what lies in the office's mailbox, in order: the n-th has UID n
	seen    int             // how much of the post the handler has looked through
	pending []delivery      // mails that wait for her answer
	replied map[string]bool // by Message-ID of the mail she answered

	figures string
}

// fedMail is a mail that somebody sent to the office.
type fedMail struct {
	kind string // complaint, possible, ordinary, answer
	from string
	id   complaint.MailID
	raw  []byte
}

func openCrashWorld(t *testing.T, seed uint64, kills int) *crashWorld {
	w := &crashWorld{t: t, rng: rand.New(rand.NewPCG(seed, 0)), dir: t.TempDir(), kills: kills, replied: map[string]bool{}}
	w.jump(time.Date(2026, 11, 3, 9, 0, 0, 0, mustZone(t)))
	w.office = openPostOffice(w.now)
	t.Cleanup(w.office.close)
	w.desk.office, w.desk.copied = w.office, map[string][]bool{}
	w.office.smtp.Backend = smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &slowCounter{counter{office: w.office}, &w.desk, c}, nil
	})
	imapAddr, smtpAddr, err := w.office.listen("127.0.0.1:0", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf(demoConfig, "nl", imapAddr, smtpAddr)
	config = strings.Replace(config, "[smtp]", "since = \"2026-11-01\"\npoll = \"2s\"\n\n[smtp]", 1)
	config += "\n[letters]\ngrace = \"0s\"\nhours = \"00:00-23:59\"\n"
	if err := os.WriteFile(w.config(), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *crashWorld) config() string { return filepath.Join(w.dir, "config.toml") }

// now is the pretended time; it runs.
func (w *crashWorld) now() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }

func (w *crashWorld) jump(at time.Time) { w.ahead.Add(int64(at.Sub(w.now()))) }

// killOnce starts klachtd, lets things happen, and kills it.
func (w *crashWorld) killOnce(k int) {
	w.turnClock(k)
	w.desk.mood(w.rng)
	if k == 0 {
		w.happens(k)
	}
	c := w.start()
	if w.rng.IntN(4) > 0 { // else the kill may come while it starts
		c.log.await(w.t, "klachtd is at work")
	}
	for range w.rng.IntN(4) {
		w.happens(k)
		w.pause(80)
	}
	w.pause(400)
	c.kill(w.t)
	if w.rng.IntN(2) == 0 {
		w.happens(k)
	}
}

// pause waits for at most that many milliseconds: the moment of the kill.
func (w *crashWorld) pause(most int) {
	<-time.After(time.Duration(w.rng.IntN(1000*most)) * time.Microsecond)
}

// turnClock sets the time of the k-th start: every working day gets its share of kills and begins just before the daily
// mail; on the last one the second half comes just before the letters that leave by themselves. In between, time jumps so
// far now and then that letters in doubt go again.
func (w *crashWorld) turnClock(k int) {
	const days = 10 // from Tuesday 3 to Monday 16 November
	zone, h := mustZone(w.t), calendar.Dutch()
	first := calendar.NewDate(2026, time.November, 3)
	day := func(k int) int { return k * days / w.kills }
	switch {
	case k > 0 && day(k) > day(k-1):
		w.later(h.AddWorkdays(first, day(k)).At(8, 30, zone).Add(-time.Second / 2))
	case day(k) == days-1 && (day(k-1) < days-1 || w.kills-k == w.kills/days/2):
		w.later(h.AddWorkdays(first, day(k)).At(16, 0, zone).Add(-time.Second / 2))
	case w.now().In(zone).Hour() < 22 && w.rng.IntN(3) == 0:
		w.later(w.now().Add(16 * time.Minute))
	default:
		w.jump(w.now().Add(time.Duration(w.rng.IntN(20)) * time.Second))
	}
}

// later lets time pass that is long for a mail server: whatever it was busy with is done by then.
func (w *crashWorld) later(at time.Time) {
	for w.desk.busy.Load() > 0 {
		<-time.After(time.Millisecond)
	}
	w.jump(at)
}

// happens lets somebody do something.
func (w *crashWorld) happens(k int) {
	if w.rng.IntN(3) > 0 && w.handlerAnswers() {
		return
	}
	switch kind := w.rng.IntN(10); {
	case k == 0 && len(w.fed) == 0, kind == 0 && k < w.kills/10:
		w.somebodyWrites("possible")
	case kind < 4:
		w.somebodyWrites("ordinary")
	default:
		w.somebodyWrites("complaint")
	}
}

// somebodyWrites sends a mail of a kind to the office.
func (w *crashWorld) somebodyWrites(kind string) {
	n := len(w.fed)
	switch kind {
	case "ordinary":
		w.writes(kind, fmt.Sprintf("fysio%d@linde.example", n), "Verslag intake", fmt.Sprintf("Verslag %d. Cliënt heeft rugklachten. De klachten zijn verminderd.", n))
	case "possible":
		w.writes(kind, fmt.Sprintf("lotte%d@klager.example", n), "Gesprek", fmt.Sprintf("Na gesprek %d voelde ik mij niet gehoord. Ik had verwacht dat iemand mij zou terugbellen.", n))
	case "complaint":
		w.writes(kind, fmt.Sprintf("kim%d@klager.example", n), "Afspraak", fmt.Sprintf("Ik wil een klacht indienen. Op afspraak %d kwam mijn coach niet opdagen en hij belde niet af.", n))
	}
}

// writes sends a mail to the office.
func (w *crashWorld) writes(kind, from, subject, text string) {
	w.feed(kind, from, newMail("K. de Vries", from, subject, text, w.now()))
}

func (w *crashWorld) feed(kind, from string, raw []byte) {
	w.t.Helper()
	trace := fmt.Sprintf("Return-Path: <%s>\r\nReceived: from sender.example by post.example with ESMTP; %s\r\n", from, w.now().Format(time.RFC1123Z))
	raw = append([]byte(trace), raw...)
	if err := w.office.put(demoOffice, "INBOX", raw); err != nil {
		w.t.Fatal(err)
	}
	w.fed = append(w.fed, fedMail{kind, from, mailID(raw), raw})
}

func mailID(raw []byte) complaint.MailID {
	sum := sha256.Sum256(raw)
	return complaint.MailID(hex.EncodeToString(sum[:]))
}

// handlerAnswers lets the handler answer the next mail that asks her something: false when there is none.
func (w *crashWorld) handlerAnswers() bool {
	w.t.Helper()
	all, n := w.office.delivered(w.seen)
	w.seen = n
	w.pending = append(w.pending, all...)
	for len(w.pending) > 0 {
		m := w.pending[0]
		w.pending = w.pending[1:]
		text := w.reply(m)
		id := ourID(m.raw)
		if text == "" || w.replied[id] {
			continue
		}
		mail, err := replyTo(m.raw, demoHandler, text, w.now())
		if err != nil {
			w.t.Fatal(err)
		}
		w.replied[id] = true
		w.feed("answer", demoHandler, mail)
		return true
	}
	return false
}

// The fates of the cases: most go the whole way, some are not taken up, and some the handler leaves alone.
const (
	wholeWay = iota
	declined
	silence
)

func fate(c complaint.CaseID) int {
	n, _ := strconv.Atoi(string(c[len("K2026-"):]))
	return [...]int{wholeWay, wholeWay, declined, wholeWay, wholeWay, silence}[n%6]
}

// concerned is the person whom the complaint of a case is about.
func concerned(c complaint.CaseID) string { return strings.ToLower(string(c)) + "@firma.example" }

var caseInSubject = regexp.MustCompile(`\[(K\d{4}-\d{4,})\]$`)

// reply is what the handler answers to a mail, "" for nothing.
func (w *crashWorld) reply(m delivery) string {
	s := subject(w.t, m)
	match := caseInSubject.FindStringSubmatch(s)
	if m.to != demoHandler || match == nil {
		return ""
	}
	id := complaint.CaseID(match[1])
	switch {
	case strings.HasPrefix(s, "Nieuwe klacht?") && fate(id) == wholeWay, bytes.Contains(m.raw, []byte("Mag deze brief weg?")):
		return "ja"
	case strings.HasPrefix(s, "Nieuwe klacht?") && fate(id) == declined:
		return "#nietbehandelen 3\nDe gemeente heeft dit besluit genomen."
	case strings.Contains(s, "graag het formulier"):
		return "Betrokkene: Sanne Bos, " + concerned(id) + "\nReactie betrokkene: Vergeten, dat spijt mij.\nOordeel: gegrond\n" +
			"Waarom: De afspraak stond niet in de agenda.\nAanbod: Een nieuwe afspraak.\nReactie klager: 4\nMaatregel: Een bericht de dag ervoor."
	}
	return ""
}

// settle lets klachtd come to rest: the handler answers whatever is asked, and time passes for what is in doubt.
func (w *crashWorld) settle() {
	w.t.Helper()
	for range 20 {
		w.later(w.now().Add(16 * time.Minute))
		c, began := w.start(), w.now()
		c.log.await(w.t, "klachtd is at work")
		deadline := time.Now().Add(30 * time.Second)
		for busy := "yes"; busy != ""; <-time.After(10 * time.Millisecond) {
			busy = w.busy(began)
			if w.handlerAnswers() {
				busy, deadline = "yes", time.Now().Add(30*time.Second)
			}
			if time.Now().After(deadline) {
				w.t.Fatalf("klachtd does not come to rest: %s; its log:\n%s", busy, &c.log)
			}
		}
		c.stop(w.t)
		if w.nothingWaits() {
			return
		}
	}
	w.t.Fatal("letters still wait after five hours")
}

// view reads the database beside the running program.
func (w *crashWorld) view(do func(tx *db.Tx) error) {
	w.t.Helper()
	store, err := db.OpenReadOnly(filepath.Join(w.dir, "klachtd.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer store.Close()
	if err := store.View(context.Background(), do); err != nil {
		w.t.Fatal(err)
	}
}

// busy says what klachtd, at work since an instant, has still to do: read a mail, finish a letter that is under way or
// due, write the daily mail, wake for a case; "" for nothing.
func (w *crashWorld) busy(began time.Time) (what string) {
	w.t.Helper()
	w.view(func(tx *db.Tx) error {
		for _, id := range append(w.desk.copies(), ids(w.fed)...) {
			if m, known, err := tx.MailKnown(id); err != nil || !known || m.State == db.MailKept {
				what = "mail " + string(id)
				return err
			}
		}
		rows, err := tx.WaitingRows()
		if err != nil {
			return err
		}
		for _, r := range rows {
			due := r.State == db.RowQueued && !r.NotBefore.After(w.now()) && !r.NextTry.After(w.now())
			if due || r.State == db.RowSending || r.State == db.RowInDoubt && r.DoubtAt.After(began) {
				what = r.Key
			}
		}
		written, err := tx.Get("last_daily")
		if want := calendar.On(w.now().Add(-8*time.Hour-30*time.Minute), mustZone(w.t)).String(); written != want {
			what = "daily mail of " + want
		}
		if err != nil {
			return err
		}
		wake, err := tx.NextWake()
		if !wake.IsZero() && !wake.After(w.now()) {
			what = "a case that was to be settled at " + wake.String()
		}
		return err
	})
	return what
}

// nothingWaits says that what is still to go out is due on a later day.
func (w *crashWorld) nothingWaits() (rest bool) {
	w.t.Helper()
	w.view(func(tx *db.Tx) error {
		rows, err := tx.WaitingRows()
		rest = true
		for _, r := range rows {
			rest = rest && r.State == db.RowQueued && r.NotBefore.After(w.now().Add(time.Hour))
		}
		return err
	})
	return rest
}

func ids(mails []fedMail) []complaint.MailID {
	all := make([]complaint.MailID, len(mails))
	for i, m := range mails {
		all[i] = m.id
	}
	return all
}
