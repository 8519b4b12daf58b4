package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"
)

// stuckCounter takes a letter up to its final dot, says so, and keeps its answer to itself until it is released.
type stuckCounter struct {
	counter
	reached chan<- struct{}
	release <-chan struct{}
}

func (c *stuckCounter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.reached <- struct{}{}
	<-c.release
	return c.counter.Data(strings.NewReader(string(raw)))
}

// serveStuck serves SMTP on a listener with that counter.
func serveStuck(t *testing.T, office *postOffice, l net.Listener, release <-chan struct{}) (reached chan struct{}) {
	reached = make(chan struct{}, 10)
	desk := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &stuckCounter{counter{office: office}, reached, release}, nil
	}))
	desk.Domain, desk.ErrorLog = "post.example", log.New(io.Discard, "", 0)
	go desk.Serve(l) // until close
	t.Cleanup(func() { desk.Close() })
	return reached
}

// program starts klachtd as a process of its own.
func program(t *testing.T, args ...string) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.Command(exe, args...)}
	c.cmd.Env = append(os.Environ(), asProgram+"=1")
	c.cmd.Stdout, c.cmd.Stderr = &c.log, &c.log
	if _, err := c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.cmd.Process.Kill() })
	return c
}

// terminate sends SIGTERM, and wants status 0 within a time.
func (c *child) terminate(t *testing.T, most time.Duration, meanwhile func()) {
	t.Helper()
	began := time.Now()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	meanwhile()
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("on SIGTERM klachtd ends with %v\n%s", err, &c.log)
	}
	took := time.Since(began)
	if took > most {
		t.Errorf("it took %s to stop", took)
	}
	t.Logf("stopped in %s", took.Round(time.Millisecond))
	if !strings.Contains(c.log.String(), `level=INFO msg="klachtd has stopped"`) {
		t.Errorf("it does not say that it has stopped:\n%s", &c.log)
	}
	c.log.check(t)
}

// statesOf are the states of the mails to an address, as show tells them.
func statesOf(t *testing.T, config, number, to string) (states []string) {
	t.Helper()
	var shown struct{ Letters []struct{ To, State string } }
	if err := json.Unmarshal(told(t, "show", number, "--json", "--config", config), &shown); err != nil {
		t.Fatal(err)
	}
	for _, l := range shown.Letters {
		if l.To == to {
			states = append(states, l.State)
		}
	}
	return states
}

// TestSIGTERMStopsInSeconds: with nothing to do at once, and while the server thinks about a letter as soon as it has its
// answer. What was sent is known afterwards.
func TestSIGTERMStopsInSeconds(t *testing.T) {
	at := time.Date(2026, 11, 3, 10, 14, 0, 0, mustZone(t))
	office := openPostOffice(func() time.Time { return at })
	defer office.close()
	imapAddr, _, err := office.listen("127.0.0.1:0", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	counter, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	reached := serveStuck(t, office, counter, release)
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, fmt.Appendf(nil, demoConfig, "nl", imapAddr, counter.Addr()), 0o600); err != nil {
		t.Fatal(err)
	}
	told(t, "run", "--once", "--at", at.Format(time.RFC3339), "--config", config)

	idle := program(t, "run", "--at", at.Format(time.RFC3339), "--config", config)
	idle.log.await(t, "klachtd is at work")
	besideTheDaemon(t, config, at)
	idle.terminate(t, 5*time.Second, func() {})

	if err := office.deliver("kim@klager.example", demoOffice, newMail("Kim", "kim@klager.example", "Klacht", "Ik wil een klacht indienen.", at)); err != nil {
		t.Fatal(err)
	}
	busy := program(t, "run", "--at", at.Add(time.Minute).Format(time.RFC3339), "--config", config)
	<-reached // the notice to the handler is at its final dot
	busy.terminate(t, 5*time.Second, func() { close(release) })
	if got := statesOf(t, config, "K2026-0001", demoHandler); len(got) != 1 || got[0] != "accepted" {
		t.Errorf("the mail under way is %v, want accepted", got)
	}
}

// besideTheDaemon: what looks works while the daemon runs, and what writes says that it must wait.
func besideTheDaemon(t *testing.T, config string, at time.Time) {
	t.Helper()
	for _, args := range [][]string{{"cases"}, {"agenda"}, {"cases", "--json"}, {"check"}} {
		told(t, append(args, "--config", config)...)
	}
	for _, args := range [][]string{{"retry"}, {"run", "--once", "--at", at.Format(time.RFC3339)}} {
		var errs bytes.Buffer
		code := run(t.Context(), env{args: append(args, "--config", config), stdout: io.Discard, stderr: &errs, now: time.Now})
		if code != failed || strings.Count(errs.String(), "\n") != 1 || !strings.Contains(errs.String(), "in use by another klachtd (process ") {
			t.Errorf("klachtd %s beside the daemon: status %d, %s", args[0], code, errs.String())
		}
	}
}

// TestStopsWhenTheServerNeverAnswers: a letter under way gets ten seconds; then it is in doubt.
func TestStopsWhenTheServerNeverAnswers(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		office := openPostOffice(time.Now)
		defer office.close()
		counter := newPipeListener()
		defer counter.Close()
		release := make(chan struct{})
		defer close(release)
		reached := serveStuck(t, office, counter, release)
		o := &officeDay{stage: &stage{t: t, dir: dir, office: office}, path: filepath.Join(dir, "config.toml"), smtp: counter}
		time.Sleep(time.Until(time.Date(2026, 11, 3, 9, 0, 0, 0, mustZone(t))))
		o.configure("")
		o.run()
		o.complains("kim@klager.example")
		<-reached
		began := time.Now()
		o.stop()
		if took := time.Since(began); took > 15*time.Second {
			t.Errorf("it took %s to stop", took)
		}
		if got := statesOf(t, o.path, "K2026-0001", demoHandler); len(got) != 1 || got[0] != "in_doubt" {
			t.Errorf("the mail under way is %v, want in_doubt", got)
		}
	})
}

// TestOnceThatWasStoppedHasNotDoneIt: status 0 of run --once says that all is done.
func TestOnceThatWasStoppedHasNotDoneIt(t *testing.T) {
	at := time.Date(2026, 11, 3, 10, 14, 0, 0, mustZone(t))
	silent, err := net.Listen("tcp", "127.0.0.1:0") // it takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, fmt.Appendf(nil, demoConfig, "nl", silent.Addr(), silent.Addr()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := program(t, "run", "--once", "--at", at.Format(time.RFC3339), "--config", config)
	conn, err := silent.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.cmd.Wait()
	if code := c.cmd.ProcessState.ExitCode(); code != failed || c.log.String() != "klachtd: stopped before it was done\n" {
		t.Errorf("status %d: %s", code, &c.log)
	}
}
