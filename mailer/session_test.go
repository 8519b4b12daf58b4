package mailer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"
	"pgregory.net/rapid"

	"klachtd/letters"
)

func TestManyLettersGoOverOneConnection(t *testing.T) {
	srv, o := (&server{}).start(t), queue(50)
	if err := srv.mailer(o).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	mails := srv.received()
	if len(mails) != 50 || srv.connections() != 1 {
		t.Fatalf("%d letters over %d connections, want 50 over 1", len(mails), srv.connections())
	}
	for i, m := range mails {
		item := o.rows[i].item
		if m.raw != string(item.Raw) || m.from != item.From || !slices.Equal(m.to, []string{item.To}) {
			t.Errorf("letter %d arrived as %+v", i+1, m)
		}
		if m.ret != smtp.DSNReturnHeaders || !slices.Equal(m.notify, []smtp.DSNNotify{smtp.DSNNotifyFailure, smtp.DSNNotifyDelayed}) {
			t.Errorf("letter %d asked for reports %v %v", i+1, m.ret, m.notify)
		}
	}
	want := letters.Outcome{Verdict: letters.Accepted, Code: 250, Reply: "2.0.0 OK: queued", Server: "mx.example:465", TLS: "none"}
	got := o.last(t, 50)
	if got.At.IsZero() {
		t.Error("outcome has no instant")
	}
	if got.At = want.At; got != want {
		t.Errorf("outcome %+v, want %+v", got, want)
	}
}

func TestDoubtIsCommittedBeforeTheFinalDot(t *testing.T) {
	srv, o := &server{}, queue(1)
	srv.onDot = func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if !o.doubted[1] {
			t.Error("the dot came before the doubt")
		}
	}
	if err := srv.start(t).mailer(o).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := []string{"next 1", "doubt 1", "done 1 accepted"}; !slices.Equal(o.calls, want) {
		t.Errorf("calls %q, want %q", o.calls, want)
	}
}

// The books are kept while the server is busy, and yet no letter is asked for before it is claimed, no dot said before
// the doubt, and never are two in doubt.
func TestBooksAreKeptInOrder(t *testing.T) {
	want := []string{
		"next 1", "doubt 1", "next 2", "done 1 accepted", "doubt 2", "next 3", "done 2 accepted", "doubt 3", "done 3 accepted",
	}
	for _, both := range []bool{false, true} {
		srv, o := (&server{}).start(t), queue(3)
		m := srv.mailer(o)
		if both {
			m.Outbox = oneCommit{o}
		}
		if err := m.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(o.calls, want) {
			t.Errorf("both at once: %v: calls %q, want %q", both, o.calls, want)
		}
	}
}

// An outbox that doubts early still hears what became of a letter that was not taken.
func TestEarlyDoubtIsSettled(t *testing.T) {
	for _, test := range []struct {
		server  *server
		verdict letters.Verdict
	}{
		{&server{fail: map[string]*smtp.SMTPError{"rcpt": {Code: 550, Message: "who"}}}, letters.Refused},
		{&server{cut: "rcpt"}, letters.Retry},
	} {
		o := queue(2)
		srv := (&server{}).start(t)
		m := srv.mailer(o)
		m.Outbox = oneCommit{o}
		srv.onDot = func() { srv.become(test.server) }
		if err := m.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := o.last(t, 2); got.Verdict != test.verdict || !o.doubted[2] || o.rows[1].inDoubt {
			t.Errorf("outcome %+v, in doubt: %v", got, o.rows[1].inDoubt)
		}
	}
}

func TestNoDotWithoutDoubt(t *testing.T) {
	srv, o := (&server{}).start(t), queue(1)
	full := errors.New("disk full")
	o.onDoubt = func() error { return full }
	if err := srv.mailer(o).Drain(t.Context()); !errors.Is(err, full) {
		t.Errorf("Drain: %v, want the outbox's error", err)
	}
	if n := len(srv.received()); n != 0 {
		t.Errorf("%d letters arrived", n)
	}
}

// Every stage at which a server can say no, and what that means for the letter and the one behind it.
func TestServerSaysNo(t *testing.T) {
	tests := []struct {
		code    int
		verdict letters.Verdict
		conns   int // for this letter and the next one
	}{
		{450, letters.Retry, 1},
		{550, letters.Refused, 1},
		{421, letters.Retry, 2},
	}
	for _, stage := range []string{"mail", "rcpt", "dot"} {
		for _, test := range tests {
			t.Run(fmt.Sprint(stage, " ", test.code), func(t *testing.T) {
				no := &smtp.SMTPError{Code: test.code, EnhancedCode: smtp.EnhancedCode{test.code / 100, 7, 1}, Message: "not now\nnor later"}
				srv := (&server{fail: map[string]*smtp.SMTPError{stage: no}, failOnce: true}).start(t)
				o := queue(2)
				if err := srv.mailer(o).Drain(t.Context()); err != nil {
					t.Fatal(err)
				}
				got := o.last(t, 1)
				if got.Verdict != test.verdict || got.Code != test.code || !strings.HasPrefix(got.Reply, "not now ") || strings.Contains(got.Reply, "\n") {
					t.Errorf("outcome %+v", got)
				}
				if o.last(t, 2).Verdict != letters.Accepted || len(srv.received()) != 1 || srv.connections() != test.conns {
					t.Errorf("next letter %+v over connection %d, want %d", o.last(t, 2), srv.connections(), test.conns)
				}
			})
		}
	}
}

func TestConnectionBreaks(t *testing.T) {
	for stage, verdict := range map[string]letters.Verdict{"mail": letters.Retry, "rcpt": letters.Retry, "body": letters.Retry, "dot": letters.Doubtful} {
		t.Run(stage, func(t *testing.T) {
			srv, o := (&server{cut: stage}).start(t), queue(1)
			o.rows[0].item.Raw = bytes.Repeat([]byte("0123456789\r\n"), 10_000)
			if err := srv.mailer(o).Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := o.last(t, 1); got.Verdict != verdict || got.Code != 0 || got.Reply == "" {
				t.Errorf("outcome %+v, want %s", got, verdict)
			}
			if o.doubted[1] != (verdict == letters.Doubtful) {
				t.Errorf("doubted: %v", o.doubted[1])
			}
		})
	}
}

func TestServerFallsSilent(t *testing.T) {
	for stage, verdict := range map[string]letters.Verdict{"mail": letters.Retry, "rcpt": letters.Retry, "body": letters.Retry, "dot": letters.Doubtful} {
		t.Run(stage, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv, o := (&server{hang: stage}).start(t), queue(1)
				o.rows[0].item.Raw = bytes.Repeat([]byte("0123456789\r\n"), 10_000)
				start := time.Now()
				if err := srv.mailer(o).Drain(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := o.last(t, 1); got.Verdict != verdict {
					t.Errorf("outcome %+v, want %s", got, verdict)
				}
				if took := time.Since(start); took < commandTime || took > commandTime+dataTime {
					t.Errorf("gave up after %v", took)
				}
			})
		})
	}
}

// What only an odd server says.
func TestOddServers(t *testing.T) {
	const hello, pipelining = "250 mx.example\r\n", "250-mx.example\r\n250 PIPELINING\r\n"
	const ok, data = "250 ok\r\n", "354 go\r\n"
	tests := []struct {
		name    string
		answers []string
		want    letters.Verdict
		code    int
	}{
		{"one command at a time", []string{"220 mx\r\n", hello, ok, ok, data, ok, "221 bye\r\n"}, letters.Accepted, 250},
		{"refuses the DATA command", []string{"220 mx\r\n", hello, ok, ok, "554 no\r\n", ok, "221 bye\r\n"}, letters.Refused, 554},
		{"delays the DATA command", []string{"220 mx\r\n", hello, ok, ok, "451 wait\r\n", ok, "221 bye\r\n"}, letters.Retry, 451},
		{"refuses the recipient, yet wants the letter", []string{"220 mx\r\n", pipelining, ok, "550 who\r\n", data, "250 thanks\r\n"}, letters.Refused, 550},
		{"refuses the recipient and hangs up", []string{"220 mx\r\n", pipelining, ok, "550 who\r\n"}, letters.Refused, 550},
		{"wants more after the letter", []string{"220 mx\r\n", pipelining, ok, ok, data, "354 more\r\n"}, letters.Doubtful, 0},
		{"talks nonsense after the letter", []string{"220 mx\r\n", pipelining, ok, ok, data, "whatever\r\n"}, letters.Doubtful, 0},
		{"takes the letter for data already sent", []string{"220 mx\r\n", pipelining, ok, ok, "250 got it\r\n"}, letters.Retry, 250},
		{"talks without end", []string{"220 mx\r\n", hello, "250 " + strings.Repeat("x", 1<<20)}, letters.Retry, 0},
		{"never ends its greeting", []string{strings.Repeat("220-hello\r\n", 1<<16)}, letters.Retry, 0},
		{"is closing", []string{"421 too many\r\n"}, letters.Retry, 0},
		{"speaks old SMTP", []string{"220 mx\r\n", "502 what\r\n", hello, ok, ok, data, ok, "221 bye\r\n"}, letters.Accepted, 250},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := queue(1)
			m := &Mailer{Server: "mx.example:25", Dial: scripted(test.answers...), Outbox: o}
			m.Drain(t.Context())
			if got := o.last(t, 1); got.Verdict != test.want || got.Code != test.code {
				t.Errorf("outcome %+v, want %s %d", got, test.want, test.code)
			}
		})
	}
}

// An idle connection that the server has closed costs the letter nothing: it goes over a new one in the same attempt.
func TestStaleConnectionIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := &server{configure: func(s *smtp.Server) { s.ReadTimeout, s.WriteTimeout = 5*time.Second, time.Second }}
		srv.start(t)
		o := queue(2)
		o.rows[1].due = time.Now().Add(20 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := srv.mailer(o).Run(ctx); err != nil {
			t.Fatal(err)
		}
		if got := o.rows[1].outcomes; len(got) != 1 || got[0].Verdict != letters.Accepted || srv.connections() != 2 {
			t.Errorf("outcomes %+v over %d connections", got, srv.connections())
		}
	})
}

// Whatever lines a letter has, the server reads the very same ones, and one letter.
func TestBytesArriveAsStored(t *testing.T) {
	srv := (&server{}).start(t)
	rapid.Check(t, func(rt *rapid.T) {
		line := rapid.OneOf(
			rapid.SampledFrom([]string{"", ".", "..", ". ", ".\t", "QUIT", "RSET", ".MAIL FROM:<a@b>", strings.Repeat(".", 998)}),
			rapid.StringOfN(rapid.RuneFrom([]rune(". \t\x01\x7fabc=:<>")), 0, 998, 998),
		)
		lines := rapid.SliceOfN(line, 1, 40).Draw(rt, "lines")
		raw := strings.Join(lines, "\r\n") + "\r\n"
		o := queue(1)
		o.rows[0].item.Raw = []byte(raw)
		before := len(srv.received())
		if err := srv.mailer(o).Drain(t.Context()); err != nil {
			rt.Fatal(err)
		}
		mails := srv.received()[before:]
		if len(mails) != 1 || mails[0].raw != raw {
			rt.Fatalf("server got %d letters: %q, want %q", len(mails), mails, raw)
		}
	})
}

// A row that could say more than one letter to one person never reaches the server.
func TestSmugglingRowsAreRefused(t *testing.T) {
	const good = "Subject: x\r\n\r\nhello\r\n"
	tests := map[string]letters.Dispatch{
		"bare LF before a dot":    {Raw: []byte("a\n.\r\nMAIL FROM:<x@y>\r\n")},
		"bare LF after a dot":     {Raw: []byte("a\r\n.\nMAIL FROM:<x@y>\r\n")},
		"bare CR":                 {Raw: []byte("a\r.\r\n")},
		"CR before CRLF":          {Raw: []byte("a\r\r\n")},
		"NUL":                     {Raw: []byte("a\x00\r\n")},
		"8-bit":                   {Raw: []byte("caf\xe9\r\n")},
		"line of 999":             {Raw: []byte(strings.Repeat("x", 999) + "\r\n")},
		"no line end":             {Raw: []byte("hello")},
		"second recipient":        {To: "a@b.example>\r\nRCPT TO:<c@d.example", Raw: []byte(good)},
		"parameter of recipient":  {To: `"a> ORCPT=x"@b.example`, Raw: []byte(good)},
		"no recipient":            {To: "-", Raw: []byte(good)},
		"parameter of the sender": {From: "a@b.example> SIZE=1", Raw: []byte(good)},
	}
	for name, item := range tests {
		t.Run(name, func(t *testing.T) {
			srv, o := (&server{}).start(t), queue(1)
			if item.To == "" {
				item.To = "a@b.example"
			}
			item.ID, o.rows[0].item = 1, item
			o.rows[0].item.ID = 1
			if err := srv.mailer(o).Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := o.last(t, 1); got.Verdict != letters.Refused || got.Code != 0 || got.Reply == "" || srv.connections() != 0 {
				t.Errorf("outcome %+v over %d connections", got, srv.connections())
			}
		})
	}
}
