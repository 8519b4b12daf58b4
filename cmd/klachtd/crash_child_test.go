package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// asProgram makes the test binary be klachtd itself, so that a test can kill a real process.
const asProgram = "KLACHTD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	go func() { // who started us holds the other end: it never outlives the test
		io.Copy(io.Discard, os.Stdin)
		os.Exit(3)
	}()
	main()
}

// start starts klachtd at the pretended time.
func (w *crashWorld) start() *child {
	w.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	c := &child{cmd: exec.Command(exe, "run", "--config", w.config(), "--at", w.now().Format(time.RFC3339Nano))}
	c.cmd.Env = append(os.Environ(), asProgram+"=1")
	c.cmd.Stdout, c.cmd.Stderr = &c.log, &c.log
	if _, err := c.cmd.StdinPipe(); err != nil {
		w.t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { c.cmd.Process.Kill() }) // after it has ended this does nothing
	return c
}

// child is a klachtd that runs.
type child struct {
	cmd *exec.Cmd
	log watchedLog
}

// kill ends it as a power cut would. It must not have ended before, nor complained.
func (c *child) kill(t *testing.T) {
	t.Helper()
	c.cmd.Process.Kill()
	c.cmd.Wait()
	if c.cmd.ProcessState.Exited() {
		t.Fatalf("klachtd ended by itself, %s:\n%s", c.cmd.ProcessState, &c.log)
	}
	c.log.check(t)
}

// stop ends it politely.
func (c *child) stop(t *testing.T) {
	t.Helper()
	if err := errors.Join(c.cmd.Process.Signal(os.Interrupt), c.cmd.Wait()); err != nil {
		t.Fatalf("klachtd does not stop well: %v\n%s", err, &c.log)
	}
	c.log.check(t)
}

// watchedLog is what a child wrote.
type watchedLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *watchedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *watchedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// await waits until the log holds some words.
func (l *watchedLog) await(t *testing.T, words string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !strings.Contains(l.String(), words); <-time.After(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the log never says %q:\n%s", words, l)
		}
	}
}

// check wants a log without complaints: being killed is no reason for any.
func (l *watchedLog) check(t *testing.T) {
	t.Helper()
	for line := range strings.Lines(l.String()) {
		for _, bad := range []string{"level=ERROR", "level=WARN", "DATA RACE", "panic:"} {
			if strings.Contains(line, bad) && !strings.Contains(line, "mail server does not take letters") {
				t.Errorf("klachtd logged: %s", line)
			}
		}
	}
}
