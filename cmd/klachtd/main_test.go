package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"

	"klachtd/complaint"
	"klachtd/db"
)

// TestScripts runs the scripts in testdata/script: klachtd as people type it, in a folder of its own. Besides the commands
// of testscript they have
//
//	klachtd ARGS        must end with status 0
//	fails ARGS          klachtd ARGS must fail (status 1), with one line that begins with "klachtd: "
//	misused ARGS        the same for wrong use (status 2)
//	office              starts mail servers at $IMAP and $SMTP, and writes a config.toml for them; $CLOSED is no server
//	change FILE OLD NEW replaces a text that must be there
//	clock TIME          sets the time of the mail servers (RFC 3339)
//	mails WHO FILE      delivers a mail of somebody to the office: the subject, an empty line, the text
//	answers WHO TEXT    answers the last mail somebody got
//	got WHO PATTERN     somebody's last mail; with ! there is none that matches
//	refuse WHO          the server takes no mail for somebody; with ! it does again
//	park FILE           puts a mail aside in the database, as one that could not be read; $PARKED is its id
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: func(e *testscript.Env) error { e.Values["world"] = &scriptWorld{}; return nil },
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"klachtd": ends(done),
			"fails":   ends(failed),
			"misused": ends(wrongUse),
			"office":  scriptOffice,
			"change":  scriptChange,
			"clock":   scriptClock,
			"mails":   scriptMails,
			"answers": scriptAnswers,
			"got":     scriptGot,
			"refuse":  scriptRefuse,
			"park":    scriptPark,
		},
		Condition: func(c string) (bool, error) {
			if c != "root" {
				return false, errors.New("unknown condition " + c)
			}
			return os.Geteuid() == 0, nil
		},
		RequireUniqueNames: true,
	})
}

// scriptWorld is what surrounds the program in one script.
type scriptWorld struct {
	mu     sync.Mutex
	at     time.Time
	office *postOffice
}

func (w *scriptWorld) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func worldOf(ts *testscript.TestScript) *scriptWorld { return ts.Value("world").(*scriptWorld) }

// ends runs klachtd, which must end with a status and, when it did not do its work, with one line that says why.
func ends(status int) func(ts *testscript.TestScript, neg bool, args []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		out, errs, code := runProgram(ts, args)
		ts.Stdout().Write(out)
		ts.Stderr().Write(errs)
		if code != status {
			ts.Fatalf("klachtd %s: status %d, want %d\n%s", strings.Join(args, " "), code, status, errs)
		}
		last := regexp.MustCompile(`(?m)^klachtd: .*\n\z`).Find(errs)
		logged := regexp.MustCompile(`(?m)^time=.*\n`).ReplaceAll(bytes.TrimSuffix(errs, last), nil)
		if len(logged) > 0 || status != done && last == nil {
			ts.Fatalf("klachtd %s: not one line of an error:\n%s", strings.Join(args, " "), errs)
		}
	}
}

func runProgram(ts *testscript.TestScript, args []string) (out, errs []byte, status int) {
	exe, err := os.Executable()
	ts.Check(err)
	c := exec.Command(exe, args...)
	c.Dir = ts.MkAbs(".")
	c.Env = append(os.Environ(), asProgram+"=1", "CREDENTIALS_DIRECTORY="+ts.Getenv("CREDENTIALS_DIRECTORY"))
	var o, e bytes.Buffer
	c.Stdout, c.Stderr = &o, &e
	held, err := c.StdinPipe()
	ts.Check(err)
	ts.Check(c.Start())
	defer held.Close()
	if err := c.Wait(); err != nil && c.ProcessState == nil {
		ts.Check(err)
	}
	return o.Bytes(), e.Bytes(), c.ProcessState.ExitCode()
}

func scriptOffice(ts *testscript.TestScript, _ bool, _ []string) {
	w := worldOf(ts)
	w.at = time.Date(2026, 11, 3, 9, 0, 0, 0, time.FixedZone("CET", 3600))
	w.office = openPostOffice(w.now)
	ts.Defer(w.office.close)
	imap, smtp, err := w.office.listen("127.0.0.1:0", "127.0.0.1:0")
	ts.Check(err)
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Check(nobody.Close())
	ts.Setenv("IMAP", imap)
	ts.Setenv("SMTP", smtp)
	ts.Setenv("CLOSED", nobody.Addr().String())
	ts.Check(os.WriteFile(ts.MkAbs("config.toml"), fmt.Appendf(nil, demoConfig, "nl", imap, smtp), 0o600))
}

func scriptChange(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	unescape := strings.NewReplacer(`\n`, "\n").Replace
	if !strings.Contains(text, unescape(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, unescape(args[1]), unescape(args[2]), 1)), 0o600))
}

func scriptClock(ts *testscript.TestScript, _ bool, args []string) {
	w := worldOf(ts)
	at, err := time.Parse(time.RFC3339, args[0])
	ts.Check(err)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = at
}

func scriptMails(ts *testscript.TestScript, _ bool, args []string) {
	w := worldOf(ts)
	subject, text, _ := strings.Cut(ts.ReadFile(args[1]), "\n\n")
	name, _, _ := strings.Cut(args[0], "@")
	ts.Check(w.office.deliver(args[0], demoOffice, newMail(name, args[0], subject, text, w.now())))
}

// lastTo is the last mail to somebody, nil when there is none.
func (w *scriptWorld) lastTo(who string) []byte {
	all, _ := w.office.delivered(0)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].to == who {
			return all[i].raw
		}
	}
	return nil
}

func scriptAnswers(ts *testscript.TestScript, _ bool, args []string) {
	w := worldOf(ts)
	last := w.lastTo(args[0])
	if last == nil {
		ts.Fatalf("%s got no mail to answer", args[0])
	}
	reply, err := replyTo(last, args[0], args[1], w.now())
	ts.Check(err)
	ts.Check(w.office.deliver(args[0], demoOffice, reply))
}

func scriptGot(ts *testscript.TestScript, neg bool, args []string) {
	last := worldOf(ts).lastTo(args[0])
	if match := regexp.MustCompile("(?m)" + args[1]).Match(last); match == neg {
		ts.Fatalf("the last mail to %s matches %q: %v\n%s", args[0], args[1], match, last)
	}
}

func scriptRefuse(ts *testscript.TestScript, neg bool, args []string) {
	refusal := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<" + args[0] + ">: no such mailbox"}
	if neg {
		refusal = nil
	}
	worldOf(ts).office.refuse(args[0], refusal)
}

func scriptPark(ts *testscript.TestScript, _ bool, args []string) {
	store, err := db.Open(ts.MkAbs("klachtd.db"))
	ts.Check(err)
	defer store.Close()
	subject, text, _ := strings.Cut(ts.ReadFile(args[0]), "\n\n")
	raw := newMail("Kim", "kim@klager.example", subject, text, worldOf(ts).now())
	m := complaint.Kept{ID: mailID(raw), Folder: complaint.Inbox, Arrived: worldOf(ts).now(), Raw: raw}
	ts.Setenv("PARKED", string(m.ID))
	ts.Check(store.Update(context.Background(), func(tx *db.Tx) error {
		if _, err := tx.KeepMail(m); err != nil {
			return err
		}
		return tx.SettleMail(m.ID, db.MailState{State: db.MailParked, Why: "it could not be read", At: m.Arrived})
	}))
}
