package intake

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"klachtd/complaint"
)

// liar is an IMAP server that does what a test wants: honest until one of its hooks says otherwise.
type liar struct {
	mails    map[uint32]string // by UID
	validity uint32
	next     uint32 // UIDNEXT; 0 leaves it out
	greeting string
	caps     string

	// on answers a command instead of the server, and returns whether it did. args are the words behind the command.
	on func(c *liarConn, tag, command, args string) bool
	// fetch answers for one mail of a FETCH, and returns whether it did.
	fetch func(c *liarConn, uid uint32, section string) bool
	// limit cuts the n-th connection after so many bytes from the server.
	limit func(connection int) int

	connections int
	seen        []string // commands
}

type liarConn struct {
	*liar
	net.Conn
	tag string
}

func newLiar(subjects ...string) *liar {
	l := &liar{mails: map[uint32]string{}, validity: 7, caps: "IMAP4rev1", greeting: "* OK ready"}
	for i, subject := range subjects {
		l.mails[uint32(i+1)] = mailAbout(subject)
	}
	l.next = uint32(len(subjects) + 1)
	return l
}

func (l *liar) Dial(context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	l.connections++
	c := &liarConn{liar: l, Conn: theirs}
	if l.limit != nil {
		if n := l.limit(l.connections); n >= 0 {
			c.Conn = &cutConn{theirs, n}
		}
	}
	go c.serve()
	return ours, nil
}

// cutConn closes itself after left bytes were written.
type cutConn struct {
	net.Conn
	left int
}

func (c *cutConn) Write(b []byte) (int, error) {
	if len(b) > c.left {
		n, _ := c.Conn.Write(b[:c.left])
		c.left = 0
		c.Conn.Close()
		return n, io.ErrClosedPipe
	}
	c.left -= len(b)
	return c.Conn.Write(b)
}

func (c *liarConn) say(format string, args ...any) { fmt.Fprintf(c.Conn, format, args...) }

func (c *liarConn) ok() { c.say("%s OK done\r\n", c.tag) }

// hang waits until the other side has gone.
func (c *liarConn) hang() bool {
	io.Copy(io.Discard, c.Conn)
	return true
}

func (c *liarConn) serve() {
	defer c.Close()
	if c.greeting == "" {
		c.hang()
	}
	c.say("%s\r\n", c.greeting)
	lines := bufio.NewScanner(c.Conn)
	for lines.Scan() {
		tag, rest, _ := strings.Cut(lines.Text(), " ")
		command, args, _ := strings.Cut(rest, " ")
		if command == "UID" {
			var what string
			what, args, _ = strings.Cut(args, " ")
			command += " " + what
		}
		c.tag = tag
		c.seen = append(c.seen, command)
		if c.on == nil || !c.on(c, tag, command, args) {
			c.answer(command, args)
		}
	}
}

func (c *liarConn) uids() []uint32 { return slices.Sorted(maps.Keys(c.mails)) }

func (c *liarConn) answer(command, args string) {
	uids := c.uids()
	switch command {
	case "CAPABILITY":
		c.say("* CAPABILITY %s\r\n", c.caps)
	case "EXAMINE":
		c.say("* %d EXISTS\r\n* OK [UIDVALIDITY %d] x\r\n", len(uids), c.validity)
		if c.next > 0 {
			c.say("* OK [UIDNEXT %d] x\r\n", c.next)
		}
	case "UID SEARCH":
		c.say("* SEARCH")
		for _, uid := range c.find(args) {
			c.say(" %d", uid)
		}
		c.say("\r\n")
	case "SEARCH":
		c.say("* SEARCH")
		for _, uid := range c.find(args) {
			c.say(" %d", slices.Index(uids, uid)+1)
		}
		c.say("\r\n")
	case "UID FETCH", "FETCH":
		set, section, _ := strings.Cut(args, " ")
		for i, uid := range uids {
			number := uid
			if command == "FETCH" {
				number = uint32(i + 1)
			}
			if inSet(set, number) && (c.fetch == nil || !c.fetch(c, uid, section)) {
				c.mail(uid, section)
			}
		}
	}
	c.ok()
}

func (c *liarConn) find(args string) (found []uint32) {
	set := "1:*"
	if _, after, ok := strings.Cut(args, "UID "); ok {
		set, _, _ = strings.Cut(after, " ")
	}
	uids := c.uids()
	for _, uid := range uids {
		if inSet(set, uid) {
			found = append(found, uid)
		}
	}
	if len(found) == 0 && len(uids) > 0 && strings.HasSuffix(set, ":*") {
		found = uids[len(uids)-1:] // RFC 9051 section 9: the order of a range does not matter
	}
	return found
}

func (c *liarConn) number(uid uint32) int { return slices.Index(c.uids(), uid) + 1 }

// mail sends a mail, or the part of it that is asked for, as an honest server does.
func (c *liarConn) mail(uid uint32, section string) {
	raw, name := c.mails[uid], "BODY[]"
	if strings.Contains(section, "HEADER") {
		head, _, _ := strings.Cut(raw, "\r\n\r\n")
		raw, name = head+"\r\n\r\n", "BODY[HEADER]"
	} else if _, after, ok := strings.Cut(section, "<0."); ok {
		n, _ := strconv.Atoi(strings.TrimRight(after, ">)"))
		raw, name = raw[:min(n, len(raw))], "BODY[]<0>"
	}
	c.say("* %d FETCH (UID %d INTERNALDATE \"03-Nov-2026 12:00:00 +0000\" %s {%d}\r\n%s)\r\n", c.number(uid), uid, name, len(raw), raw)
}

func inSet(set string, n uint32) bool {
	for one := range strings.SplitSeq(set, ",") {
		from, to, isRange := strings.Cut(one, ":")
		if !isRange {
			to = from
		}
		low, _ := strconv.ParseUint(from, 10, 32)
		high, err := strconv.ParseUint(to, 10, 32)
		if err != nil {
			high = 1<<32 - 1
		}
		if uint64(n) >= low && uint64(n) <= high {
			return true
		}
	}
	return false
}

// metDesk has met the folder of a liar when it was empty.
func metDesk() *desk {
	d := newDesk()
	d.marks[markKey(complaint.Inbox, 7)] = 1
	d.met[complaint.Inbox] = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return d
}

// persist runs Once until it succeeds, as whoever starts klachtd again and again would.
func persist(t *testing.T, m *Mailbox) {
	t.Helper()
	var err error
	for range 8 {
		if err = m.Once(t.Context()); err == nil {
			return
		}
	}
	t.Fatalf("still failing: %v", err)
}

func TestServerThatFallsSilent(t *testing.T) {
	for name, want := range map[string]string{
		"greeting": "wait for the mail server's greeting: the server does not answer any more",
		"LOGIN":    "log in: the server does not answer any more",
		"EXAMINE":  `open the folder "INBOX": the server does not answer any more`,
		"SEARCH":   "search the folder: the server does not answer any more",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLiar("one")
				l.on = func(c *liarConn, _, command, _ string) bool {
					return strings.HasSuffix(command, name) && c.hang()
				}
				if name == "greeting" {
					l.greeting = ""
				}
				start := time.Now()
				err := mailbox(l.Dial, metDesk()).Once(t.Context())
				if err == nil || err.Error() != want {
					t.Errorf("got %v, want %s", err, want)
				}
				if took := time.Since(start); took > 2*commandSilence {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

func TestServerThatIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiar("one")
		l.greeting = "* BYE [UNAVAILABLE] come back later\r\n"
		err := mailbox(l.Dial, metDesk()).Once(t.Context())
		if err == nil || !strings.Contains(err.Error(), `the mail server says BYE "come back later"`) {
			t.Errorf("got %v", err)
		}
	})
}

// Wherever the connection breaks, every mail comes in once.
func TestConnectionCutAtEveryByte(t *testing.T) {
	subjects := []string{"one", "two", "three", "four", "five"}
	for cut := 0; ; cut++ {
		done := false
		synctest.Test(t, func(t *testing.T) {
			l, d := newLiar(subjects...), metDesk()
			l.limit = func(connection int) int {
				if connection == 1 {
					return cut
				}
				return -1
			}
			persist(t, mailbox(l.Dial, d))
			got := d.subjects()
			slices.Sort(got)
			want := slices.Sorted(slices.Values(subjects))
			if !slices.Equal(got, want) {
				t.Errorf("cut after %d bytes: handled %q, want %q", cut, got, want)
			}
			if mark := d.marks[markKey(complaint.Inbox, 7)]; mark != 6 {
				t.Errorf("cut after %d bytes: mark %d, want 6", cut, mark)
			}
			done = l.connections == 1
		})
		if done || t.Failed() {
			if cut < 1000 {
				t.Errorf("a whole session took %d bytes only", cut)
			}
			return
		}
	}
}

func TestLiesAboutMail(t *testing.T) {
	const all, butTwo, notTwo = "one two three", "one three two", "one three"
	always := func(uid uint32, f func(c *liarConn, section string)) func(*liarConn, uint32, string) bool {
		return func(c *liarConn, got uint32, section string) bool {
			if got == uid {
				f(c, section)
			}
			return got == uid
		}
	}
	whole := func(f func(*liarConn)) func(*liarConn, uint32, string) bool {
		return func(c *liarConn, uid uint32, section string) bool {
			if uid != 2 || strings.Contains(section, "HEADER") {
				return false
			}
			f(c)
			return true
		}
	}
	tests := map[string]struct {
		fetch  func(*liarConn, uint32, string) bool
		want   string // subjects handled
		parked string // part of the reason, "" when nothing is
	}{
		"NIL instead of a mail": {
			always(2, func(c *liarConn, _ string) { c.say("* 2 FETCH (UID 2 BODY[] NIL)\r\n") }), notTwo, "leaves it out"},
		"a mail of no bytes": {
			always(2, func(c *liarConn, _ string) { c.say("* 2 FETCH (UID 2 BODY[] {0}\r\n)\r\n") }), notTwo, "leaves it out"},
		"a mail left out": {
			always(2, func(*liarConn, string) {}), notTwo, "leaves it out"},
		"a mail left out until asked for alone": {
			func(c *liarConn, uid uint32, _ string) bool { return uid == 2 && c.seen[len(c.seen)-1] == "UID FETCH" }, butTwo, ""},
		"no UID in the answer": {
			always(2, func(c *liarConn, _ string) { c.say("* 2 FETCH (BODY[] {3}\r\nabc)\r\n") }), notTwo, "leaves it out"},
		"no date": {
			always(2, func(c *liarConn, _ string) {
				c.say("* 2 FETCH (UID 2 BODY[] {%d}\r\n%s)\r\n", len(c.mails[2]), c.mails[2])
			}), all, ""},
		"another UID than asked for": {
			always(2, func(c *liarConn, _ string) { c.say("* 2 FETCH (UID 99 BODY[] {3}\r\nabc)\r\n") }), notTwo, "leaves it out"},
		"the same mail twice": {
			always(2, func(c *liarConn, s string) { c.mail(2, s); c.mail(2, s) }), all, ""},
		"the UID behind the mail": {
			func(c *liarConn, uid uint32, _ string) bool {
				raw := c.mails[uid]
				c.say("* %d FETCH (BODY[] {%d}\r\n%s UID %d)\r\n", c.number(uid), len(raw), raw, uid)
				return true
			}, all, ""},
		"a quoted string instead of a literal": {
			always(2, func(c *liarConn, _ string) { c.say("* 2 FETCH (UID 2 BODY[] \"Subject: two\")\r\n") }), all, ""},
		"news and flags in between": {
			func(c *liarConn, uid uint32, s string) bool {
				c.say("* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 RECENT\r\n* OK [ALERT] full\r\n")
				return false
			}, all, ""},
		"flags instead of a mail, once": {
			func(c *liarConn, uid uint32, _ string) bool {
				if uid == 3 && c.seen[len(c.seen)-1] == "UID FETCH" {
					c.say("* 3 FETCH (UID 3 FLAGS (\\Seen))\r\n")
				}
				return false
			}, all, ""},
		"a mail nobody asked for": {
			func(c *liarConn, uid uint32, s string) bool {
				c.say("* 8 FETCH (UID 80 BODY[] {%d}\r\n%s)\r\n", len(mailAbout("x")), mailAbout("x"))
				return false
			}, all, ""},
		"an answer the library does not know": {
			whole(func(c *liarConn) { c.say("* VANISHED 1:5\r\n") }), notTwo, "unsupported response type"},
		"an attribute the library does not know": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 X-GM-LABELS (a b))\r\n") }), notTwo, "unsupported msg-att"},
		"a date that is none": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 INTERNALDATE \"yesterday\" BODY[] {3}\r\nabc)\r\n") }), notTwo, "could not be fetched"},
		"hanging up in front of a mail": {
			whole(func(c *liarConn) { c.Close() }), notTwo, "closed the connection"},
		"hanging up within a mail": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 BODY[] {1000}\r\nabc"); c.Close() }), notTwo, "closed the connection"},
		"silence within a mail": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 BODY[] {1000}\r\nabc"); c.hang() }), notTwo, "does not answer"},
		"a byte every half minute": {
			whole(func(c *liarConn) {
				c.say("* 2 FETCH (UID 2 BODY[] {100000}\r\n")
				for {
					time.Sleep(30 * time.Second)
					if _, err := c.Write([]byte("x")); err != nil {
						return
					}
				}
			}), notTwo, "does not answer"},
		"four gigabytes announced": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 BODY[] {4294967295}\r\nabc"); c.hang() }), notTwo, "too large"},
		"more than can be counted announced": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 BODY[] {99999999999999999999}\r\nabc") }), notTwo, "could not be fetched"},
		"less than nothing announced": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 BODY[] {-1}\r\nabc") }), notTwo, "could not be fetched"},
		"less announced than sent": {
			whole(func(c *liarConn) { c.say("* 2 FETCH (UID 2 BODY[] {0}\r\nabc)\r\n") }), notTwo, "could not be fetched"},
		"a line without end": {
			whole(func(c *liarConn) {
				line := strings.Repeat("x", 1<<20)
				for {
					if _, err := io.WriteString(c.Conn, line); err != nil {
						return
					}
				}
			}), notTwo, "sends more than was asked for"},
		"brackets without end": {
			whole(func(c *liarConn) { c.say("* 2 FETCH %s\r\n", strings.Repeat("(", 100000)) }), notTwo, "could not be fetched"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, d := newLiar("one", "two", "three"), metDesk()
				l.fetch = test.fetch
				persist(t, mailbox(l.Dial, d))
				if got := strings.Join(d.subjects(), " "); got != test.want {
					t.Errorf("handled %q, want %q", got, test.want)
				}
				if why := d.parkedWhy(); !strings.Contains(why, test.parked) || (why == "") != (test.parked == "") {
					t.Errorf("parked %q, want %q", why, test.parked)
				}
				if mark := d.marks[markKey(complaint.Inbox, 7)]; mark != 4 {
					t.Errorf("mark %d, want 4", mark)
				}
				for _, k := range d.kept {
					if k.Arrived.IsZero() {
						t.Errorf("UID %d was kept without a date", k.UID)
					}
					if d.parked[k.ID] != "" && k.UID != 2 {
						t.Errorf("parked UID %d", k.UID)
					}
				}
				time.Sleep(time.Minute) // the liar has to notice that nobody listens any more
			})
		})
	}
}

func TestParkedMailKeepsWhatIsKnownOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("one", "two"), metDesk()
		l.fetch = func(c *liarConn, uid uint32, section string) bool {
			if uid == 2 && !strings.Contains(section, "HEADER") {
				c.Close()
				return true
			}
			return false
		}
		persist(t, mailbox(l.Dial, d))
		k := d.kept[len(d.kept)-1]
		if in := parse(k, Kinds{}, nil); d.parked[k.ID] == "" || in.Subject != "two" || in.From.Mail != "jan@example.nl" ||
			!strings.Contains(in.Text, "Folder inbox, UIDVALIDITY 7, UID 2") {
			t.Errorf("parked %+v", in)
		}
	})
}

func TestMailThatGoesAwayWhileItIsFetchedIsNotMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("one", "two", "three"), metDesk()
		l.fetch = func(c *liarConn, uid uint32, _ string) bool {
			delete(l.mails, 2)
			return uid == 2
		}
		persist(t, mailbox(l.Dial, d))
		d.wantSubjects(t, "one", "three")
		if len(d.parked) > 0 {
			t.Errorf("parked %q", d.parkedWhy())
		}
	})
}

// A server that was put back from a backup gives UIDs out a second time.
func TestServerThatCountsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)))
		l, d := newLiar("one", "two", "three"), metDesk()
		m := mailbox(l.Dial, d)
		persist(t, m)
		delete(l.mails, 3)
		l.mails[2] = mailAbout("another two")
		l.next = 3
		persist(t, m)
		d.wantSubjects(t, "one", "two", "three", "another two")
		l.mails[3] = mailAbout("another three")
		l.next = 4
		persist(t, m)
		d.wantSubjects(t, "one", "two", "three", "another two", "another three")
	})
}

func TestServerThatDoesNotTellUIDNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("one", "two"), newDesk()
		l.next = 0
		m := mailbox(l.Dial, d)
		persist(t, m)
		d.wantSubjects(t)
		l.mails[3] = mailAbout("three")
		persist(t, m)
		d.wantSubjects(t, "three")
		batches := d.batches
		persist(t, m)
		if d.batches != batches {
			t.Error("a known mail was fetched again")
		}
	})
}

func TestServerIsOnlyLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiar("one", "two")
		l.mails[2] += strings.Repeat("x", 2*fragment)
		m := mailbox(l.Dial, metDesk())
		m.MaxSize = fragment
		persist(t, m)
		if _, err := m.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, command := range l.seen {
			switch command {
			case "CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "UID SEARCH", "FETCH", "UID FETCH", "LIST", "LOGOUT":
			default:
				t.Errorf("the server was told to %s", command)
			}
		}
	})
}

func TestManyLargeMailsAmongOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var subjects []string
		for i := range 200 {
			subjects = append(subjects, fmt.Sprint("mail ", i))
		}
		l, d := newLiar(subjects...), metDesk()
		for uid := uint32(1); uid < 200; uid += 20 {
			l.mails[uid] += strings.Repeat("Lange tekst.\r\n", 40000)
		}
		kept := map[uint32]int{}
		d.onKeep = func(mails []complaint.Kept) error {
			for _, k := range mails {
				kept[k.UID]++
			}
			return nil
		}
		m := mailbox(l.Dial, d)
		m.MaxSize = 400 << 10
		once(t, m)
		if len(d.handled) != 200 || len(d.parked) > 0 {
			t.Errorf("handled %d, parked %q", len(d.handled), d.parkedWhy())
		}
		for uid, times := range kept {
			if times > 1 {
				t.Errorf("UID %d was fetched and kept %d times", uid, times)
			}
		}
		if l.connections != 11 {
			t.Errorf("%d connections, want one more than there are large mails", l.connections)
		}
	})
}

// A line so bad that it breaks after a few mails still brings all of them, and soon.
func TestConnectionThatKeepsBreakingStillBringsTheMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var subjects []string
		for i := range 100 {
			subjects = append(subjects, fmt.Sprint("mail ", i))
		}
		l, d := newLiar(subjects...), metDesk()
		l.limit = func(connection int) int { return 1000 + connection%7*200 }
		d.arrived = make(chan complaint.Incoming, 100)
		start := time.Now()
		watched(t, mailbox(l.Dial, d))
		for range subjects {
			<-d.arrived
		}
		if took := time.Since(start); took > 5*time.Minute || len(d.parked) > 0 {
			t.Errorf("took %v over %d connections, parked %q", took, l.connections, d.parkedWhy())
		}
	})
}

// When nothing at all can be fetched, the mails are not to blame.
func TestServerThatDeliversNothingForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("one", "two", "three"), metDesk()
		d.arrived = make(chan complaint.Incoming, 10)
		start := time.Now()
		l.fetch = func(c *liarConn, _ uint32, _ string) bool {
			if time.Since(start) > time.Hour {
				return false
			}
			c.Close()
			return true
		}
		watched(t, mailbox(l.Dial, d))
		for range 3 {
			<-d.arrived
		}
		if took := time.Since(start); took > time.Hour+2*longestPause || len(d.parked) > 0 {
			t.Errorf("took %v, parked %q", took, d.parkedWhy())
		}
	})
}

func TestServerWithoutUIDVALIDITY(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("one", "two"), newDesk()
		l.on = func(c *liarConn, _, command, _ string) bool {
			if command == "EXAMINE" {
				c.say("* %d EXISTS\r\n", len(c.mails))
				c.ok()
			}
			return command == "EXAMINE"
		}
		m := mailbox(l.Dial, d)
		once(t, m)
		l.mails[3] = mailAbout("three")
		l.fetch = func(c *liarConn, uid uint32, section string) bool {
			if len(c.seen) > 0 && l.connections == 2 {
				c.Close()
				return true
			}
			return false
		}
		once(t, m)
		d.wantSubjects(t, "three")
	})
}

func TestTheSameMailTwiceInAFolderIsHandledOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLiar("one", "one", "two"), metDesk()
		once(t, mailbox(l.Dial, d))
		d.wantSubjects(t, "one", "two")
	})
}

func TestPasswordIsNotSentWhereItIsNotWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiar()
		l.caps = "IMAP4rev1 LOGINDISABLED STARTTLS"
		err := mailbox(l.Dial, metDesk()).Once(t.Context())
		if err == nil || !strings.Contains(err.Error(), "takes no passwords on this connection") {
			t.Errorf("got %v", err)
		}
		if slices.Contains(l.seen, "LOGIN") {
			t.Error("the password was sent")
		}
	})
}
