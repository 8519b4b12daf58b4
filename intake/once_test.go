package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"klachtd/calendar"
	"klachtd/complaint"
)

var noon = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

func (d *desk) wantSubjects(t *testing.T, want ...string) {
	t.Helper()
	if got := d.subjects(); !slices.Equal(got, want) {
		t.Fatalf("handled %q, want %q", got, want)
	}
}

func once(t *testing.T, m *Mailbox) {
	t.Helper()
	if err := m.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestFirstContactLeavesOldMailAlone(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	srv.put(t, "INBOX", mailAbout("old"), noon)
	m := mailbox(srv.Dial, d)
	once(t, m)
	d.wantSubjects(t)
	srv.put(t, "INBOX", mailAbout("new"), noon)
	srv.put(t, "INBOX", mailAbout("newer"), noon)
	once(t, m)
	d.wantSubjects(t, "new", "newer")
	once(t, m)
	d.wantSubjects(t, "new", "newer")
	if d.met[complaint.Inbox].IsZero() {
		t.Error("the first contact was not told to the clerk")
	}
}

func TestFirstContactWithADateComparesTheDayOfArrival(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	srv.put(t, "INBOX", mailAbout("too old"), time.Date(2026, 10, 31, 22, 59, 0, 0, time.UTC)) // 31 October 23:59 here
	srv.put(t, "INBOX", mailAbout("in time"), time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC))  // 1 November 00:00 here
	srv.put(t, "INBOX", mailAbout("moved here since"), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	srv.put(t, "INBOX", mailAbout("later"), noon)
	m := mailbox(srv.Dial, d)
	m.Since = calendar.NewDate(2026, 11, 1)
	once(t, m)
	d.wantSubjects(t, "in time", "later")
	srv.put(t, "INBOX", mailAbout("new, and dated wrongly"), time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC))
	once(t, m)
	d.wantSubjects(t, "in time", "later", "new, and dated wrongly")
}

func TestMailIsKeptBeforeItIsRead(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	once(t, m)
	m.reads = func(k complaint.Kept) complaint.Incoming {
		d.mu.Lock()
		defer d.mu.Unlock()
		if !slices.ContainsFunc(d.kept, func(old complaint.Kept) bool { return old.ID == k.ID }) {
			t.Error("read before it was kept")
		}
		return parse(k, Kinds{}, nil)
	}
	raw := mailAbout("one")
	srv.put(t, "INBOX", raw, noon)
	once(t, m)
	d.wantSubjects(t, "one")
	k := d.kept[0]
	if string(k.Raw) != raw || k.ID != IDOf([]byte(raw)) || !k.Arrived.Equal(noon) || k.UID != 1 || k.UIDValidity == 0 {
		t.Errorf("kept %+v", k)
	}
}

// A new UIDVALIDITY says nothing about the mails: those that are known must not be answered anew, those that came in the
// meantime must not be missed, and those from before our time stay what they were.
func TestRenumberedFolder(t *testing.T) {
	for _, since := range []calendar.Date{0, calendar.On(time.Now(), amsterdam)} {
		t.Run("since "+since.String(), func(t *testing.T) {
			srv, d := newMailServer(t), newDesk()
			ancient := time.Now().AddDate(0, -3, 0)
			srv.put(t, "INBOX", mailAbout("ancient"), ancient)
			m := mailbox(srv.Dial, d)
			m.Since = since
			once(t, m)
			srv.put(t, "INBOX", mailAbout("known"), time.Now())
			once(t, m)
			d.wantSubjects(t, "known")

			srv.drop()
			if err := errors.Join(srv.user.Delete("INBOX"), srv.user.Create("INBOX", nil)); err != nil {
				t.Fatal(err)
			}
			srv.put(t, "INBOX", mailAbout("ancient"), ancient)
			srv.put(t, "INBOX", mailAbout("came meanwhile"), time.Now())
			srv.put(t, "INBOX", mailAbout("known"), time.Now())
			once(t, m)
			d.wantSubjects(t, "known", "came meanwhile")
			srv.put(t, "INBOX", mailAbout("after"), time.Now())
			once(t, m)
			d.wantSubjects(t, "known", "came meanwhile", "after")
		})
	}
}

func TestMoveToAnotherServerDatesOldMailToday(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	once(t, m)
	srv.drop()
	if err := errors.Join(srv.user.Delete("INBOX"), srv.user.Create("INBOX", nil)); err != nil {
		t.Fatal(err)
	}
	old := time.Now().AddDate(0, -2, 0).Format(time.RFC1123Z)
	srv.put(t, "INBOX", "Received: from a by b with ESMTP; "+old+"\r\n"+mailAbout("two months old"), time.Now())
	once(t, m)
	d.wantSubjects(t)
}

func TestMailThatFailsTwiceIsParkedAndTheOthersGoOn(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	once(t, m)
	tries := 0
	d.onHandle = func(in complaint.Incoming) error {
		switch in.Subject {
		case "bad":
			tries++
			return errors.New("no rule for this")
		case "mad":
			panic("index out of range")
		}
		return nil
	}
	for _, subject := range []string{"first", "bad", "mad", "last"} {
		srv.put(t, "INBOX", mailAbout(subject), noon)
	}
	once(t, m)
	d.wantSubjects(t, "first", "last")
	if want := "handling the mail panicked: index out of range\nno rule for this"; d.parkedWhy() != want {
		t.Errorf("parked %q, want %q", d.parkedWhy(), want)
	}
	if tries != 2 {
		t.Errorf("tried %d times, want 2", tries)
	}
}

func TestTroubleAtTheDeskIsNotTheMailsFault(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	once(t, m)
	for i := range 5 {
		srv.put(t, "INBOX", mailAbout(fmt.Sprint("mail ", i)), noon)
	}
	full := errors.New("disk full")
	d.onKeep = func([]complaint.Kept) error { return full }
	if err := m.Once(t.Context()); !errors.Is(err, full) {
		t.Fatalf("got %v, want %v", err, full)
	}
	d.onKeep = nil
	once(t, m)
	d.wantSubjects(t, "mail 0", "mail 1", "mail 2", "mail 3", "mail 4")
	if len(d.failed)+len(d.parked) > 0 {
		t.Errorf("mails were blamed: %v %v", d.failed, d.parked)
	}
}

func TestCrashBetweenKeepingAndHandling(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	once(t, mailbox(srv.Dial, d))
	raw := mailAbout("kept, then the power went")
	d.kept = append(d.kept, complaint.Kept{ID: IDOf([]byte(raw)), Folder: complaint.Inbox, Raw: []byte(raw)},
		complaint.Kept{ID: "other", Folder: complaint.SentItems, Raw: []byte(mailAbout("another folder's"))})
	srv.put(t, "INBOX", raw, noon) // the mark did not move either
	once(t, mailbox(srv.Dial, d))
	d.wantSubjects(t, "kept, then the power went")
}

func TestMailThatKillsTheProgramIsParkedInTheEnd(t *testing.T) {
	d := newDesk()
	raw := []byte(mailAbout("poison"))
	d.kept = append(d.kept, complaint.Kept{ID: IDOf(raw), Folder: complaint.Inbox, Raw: raw})
	m := mailbox(newMailServer(t).Dial, d)
	starts := 0
	for len(d.parked) == 0 && starts < 20 {
		starts++
		ctx, die := context.WithCancel(t.Context())
		m.reads = func(complaint.Kept) complaint.Incoming { // the program ends here
			die()
			<-ctx.Done()
			return complaint.Incoming{}
		}
		d.onHandle = func(complaint.Incoming) error { return ctx.Err() }
		m.Once(ctx)
		die()
	}
	if starts != maxCrashes+1 {
		t.Errorf("parked after %d starts, want %d", starts, maxCrashes+1)
	}
}

func TestManyMailsInFewTransactions(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	once(t, m)
	var want []string
	for i := range 500 {
		want = append(want, fmt.Sprint("mail ", i))
		srv.put(t, "INBOX", mailAbout(want[i]), noon)
	}
	once(t, m)
	d.wantSubjects(t, want...)
	if d.batches > 500/batchMails+2 {
		t.Errorf("%d transactions", d.batches)
	}
}

// allDesk handles several mails at once, or none of them.
type allDesk struct {
	*desk
	at []int // how many
}

func (d *allDesk) HandleAll(ctx context.Context, mails []complaint.Incoming) error {
	d.mu.Lock()
	before := len(d.handled)
	d.mu.Unlock()
	for _, in := range mails {
		if err := d.Handle(ctx, in); err != nil {
			d.mu.Lock()
			d.handled = d.handled[:before]
			d.mu.Unlock()
			return err
		}
	}
	d.at = append(d.at, len(mails))
	return nil
}

func TestMailsAreHandledTogetherUnlessOneIsBad(t *testing.T) {
	srv, d := newMailServer(t), &allDesk{desk: newDesk()}
	m := mailbox(srv.Dial, d.desk)
	m.Clerk = d
	once(t, m)
	d.onHandle = func(in complaint.Incoming) error {
		if in.Subject == "mail 70" {
			return errors.New("no rule for this")
		}
		return nil
	}
	var want []string
	for i := range 150 {
		subject := fmt.Sprint("mail ", i)
		srv.put(t, "INBOX", mailAbout(subject), noon)
		if i != 70 {
			want = append(want, subject)
		}
	}
	once(t, m)
	d.wantSubjects(t, want...)
	if !slices.Equal(d.at, []int{64, 22}) || d.parkedWhy() != "no rule for this" {
		t.Errorf("together %v, parked %q", d.at, d.parkedWhy())
	}
}

func TestLargeMailIsFiledByItsBeginning(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	m.MaxSize = 300 << 10
	once(t, m)
	srv.put(t, "INBOX", mailAbout("before"), noon)
	srv.put(t, "INBOX", strings.Replace(mailAbout("large"), "Goedemiddag.", strings.Repeat("Goedemiddag. ", 50000), 1), noon)
	srv.put(t, "INBOX", mailAbout("after"), noon)
	once(t, m)
	d.wantSubjects(t, "before", "after", "large")
	large := d.handled[2]
	if !slices.Contains(large.Damage, "very large: only the beginning was read") || !strings.HasPrefix(large.Text, "Goedemiddag.") {
		t.Errorf("damage %q, text %.20q", large.Damage, large.Text)
	}
}

func TestLargerThanTheGateStillPasses(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	once(t, m)
	for i := range 4 {
		body := strings.Repeat(strings.Repeat("x", 99)+"\n", flightBytes/100*(i%2)+flightBytes/300)
		srv.put(t, "INBOX", mailAbout(fmt.Sprint("mail ", i))+body, noon)
	}
	once(t, m)
	d.wantSubjects(t, "mail 0", "mail 1", "mail 2", "mail 3")
}

func TestSentFolderIsFoundOrWaitedFor(t *testing.T) {
	srv, d := newMailServer(t), newDesk()
	m := mailbox(srv.Dial, d)
	m.As, m.SpecialUse = complaint.SentItems, true
	once(t, m) // there is none: nothing was sent yet
	if err := srv.user.Create("Verzonden items", nil); err != nil {
		t.Fatal(err)
	}
	srv.put(t, "Verzonden items", mailAbout("the first reply"), time.Now())
	once(t, m)
	d.wantSubjects(t, "the first reply")
	if err := srv.user.Create("Mijn verzonden post", &imap.CreateOptions{SpecialUse: []imap.MailboxAttr{imap.MailboxAttrSent}}); err != nil {
		t.Fatal(err)
	}
	found, err := m.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if found.Sent != "Mijn verzonden post" && found.Sent != "Verzonden items" || found.Folder != found.Sent {
		t.Errorf("found %+v", found)
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	srv := newMailServer(t, imap.CapIdle)
	for name, c := range map[string]struct {
		change func(*Mailbox)
		want   string
	}{
		"password": {func(m *Mailbox) { m.Password = func() (string, error) { return "wrong", nil } }, "log in: refused by the mail server"},
		"folder":   {func(m *Mailbox) { m.Folder = "Klachten" }, `open the folder "Klachten": the mail server says NO "No such mailbox"`},
		"file": {func(m *Mailbox) { m.Password = func() (string, error) { return "", errors.New("no such file") } },
			"read the password: no such file"},
	} {
		m := mailbox(srv.Dial, newDesk())
		c.change(m)
		if _, err := m.Check(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
	found, err := mailbox(srv.Dial, newDesk()).Check(t.Context())
	if err != nil || !found.Idle || found.Folder != "INBOX" || !slices.Equal(found.Folders, []string{"INBOX"}) {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestUIDsForReconciliation(t *testing.T) {
	srv := newMailServer(t)
	m := mailbox(srv.Dial, newDesk())
	if _, uids, err := m.UIDs(t.Context()); err != nil || len(uids) > 0 {
		t.Fatalf("an empty folder has %v, %v", uids, err)
	}
	srv.put(t, "INBOX", mailAbout("one"), noon)
	srv.put(t, "INBOX", mailAbout("two"), noon)
	validity, uids, err := m.UIDs(t.Context())
	if err != nil || validity == 0 || !slices.Equal(uids, []uint32{1, 2}) {
		t.Errorf("got %d %v %v", validity, uids, err)
	}
}
