package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// officeDay is an office in a bubble whose config changes while klachtd runs.
type officeDay struct {
	*stage
	path   string
	reload chan os.Signal
	smtp   *pipeListener // where letters go instead of the post office
	log    watchedLog
}

// openOffice starts klachtd on Tuesday 3 November 2026, 9:00.
func openOffice(t *testing.T, dir string) *officeDay {
	o := &officeDay{stage: &stage{t: t, dir: dir, office: openPostOffice(time.Now)}, path: filepath.Join(dir, "config.toml"), reload: make(chan os.Signal)}
	time.Sleep(time.Until(time.Date(2026, 11, 3, 9, 0, 0, 0, mustZone(t))))
	o.configure("")
	o.run()
	return o
}

// configure writes the config, with more below it.
func (o *officeDay) configure(more string) {
	o.t.Helper()
	config := fmt.Sprintf(demoConfig, "nl", "127.0.0.1:1143", "127.0.0.1:1025")
	if err := os.WriteFile(o.path, []byte(strings.Replace(config, "[smtp]", "poll = \"6h\"\n\n[smtp]", 1)+more), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

func (o *officeDay) run() {
	ctx, cancel := context.WithCancel(o.t.Context())
	ended := make(chan int)
	dialSMTP := o.office.dialSMTP
	if o.smtp != nil {
		dialSMTP = func(context.Context) (net.Conn, error) { return o.smtp.dial() }
	}
	go func() {
		ended <- run(ctx, env{
			args: []string{"run", "--config", o.path}, stdout: &o.log, stderr: &o.log, now: time.Now,
			dialIMAP: o.office.dialIMAP, dialSMTP: dialSMTP, reload: o.reload,
		})
	}()
	synctest.Wait()
	o.stop = func() {
		o.t.Helper()
		cancel()
		if code := <-ended; code != done {
			o.t.Errorf("klachtd ended with status %d:\n%s", code, o.log.String())
		}
	}
}

// hup tells klachtd to read its config again, and gives what it says of that.
func (o *officeDay) hup() string {
	before := len(o.log.String())
	o.reload <- syscall.SIGHUP
	synctest.Wait()
	return o.log.String()[before:]
}

func (o *officeDay) complains(who string) {
	o.t.Helper()
	o.check(event{}, o.office.deliver(who, demoOffice, newMail("Kim", who, "Klacht", "Ik wil een klacht indienen.", time.Now())))
	synctest.Wait()
}

func (o *officeDay) says(subject, text string) {
	o.t.Helper()
	reply, err := replyTo(o.last(event{what: subject}, demoHandler), demoHandler, text, time.Now())
	o.check(event{}, err)
	o.check(event{}, o.office.deliver(demoHandler, demoOffice, reply))
	synctest.Wait()
}

// lettersTo are the letters somebody got up to now.
func (o *officeDay) lettersTo(who string) (all []delivery) {
	for _, m := range o.collect() {
		if m.to == who {
			all = append(all, m)
		}
	}
	return all
}

func (o *officeDay) until(at string) {
	o.t.Helper()
	t, err := time.ParseInLocation("2-1-2006 15:04", at, mustZone(o.t))
	o.check(event{}, err)
	time.Sleep(time.Until(t))
	synctest.Wait()
}

// TestChangedModeCountsFromReload: letters that have not left yet go by the mode of today, in both directions, and a
// config that cannot be read changes nothing.
func TestChangedModeCountsFromReload(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, dir)
		defer o.office.close()
		defer func() { o.stop() }()
		o.complains("kim@klager.example")
		o.says("K2026-0001", "ja") // it would leave in fifteen minutes
		o.configure("[letters]\nmode = { acknowledgement = \"approve\" }\n")
		if said := o.hup(); !strings.Contains(said, `level=INFO msg="config reloaded"`) {
			t.Fatalf("on SIGHUP it says %q", said)
		}
		o.complains("piet@klager.example")
		o.until("3-11-2026 17:00")
		for _, who := range []string{"kim@klager.example", "piet@klager.example"} {
			if got := o.lettersTo(who); len(got) > 0 {
				t.Errorf("%s got %q although it was not approved", who, subject(t, got[0]))
			}
		}

		for _, broken := range []string{"[letters]\nmode = { acknowledgement = \"automatic\" }\n", "[letters\n", "[letters]\nmod = {}\n", "[letters]\ndir = \"none\"\n"} {
			o.configure(broken)
			said := o.hup()
			if strings.Count(said, "\n") != 1 || !strings.Contains(said, `level=ERROR msg="config not reloaded, the last good one stays" err=`) {
				t.Errorf("of %q it says %q", broken, said)
			}
		}
		o.until("4-11-2026 17:00")
		if got := o.lettersTo("kim@klager.example"); len(got) > 0 {
			t.Error("a broken config changed the mode")
		}

		o.configure("")
		o.hup()
		if got := o.lettersTo("kim@klager.example"); len(got) != 1 {
			t.Errorf("kim got %d letters once the mode was auto again; the handler had given her word", len(got))
		}
		o.until("16-11-2026 15:59")
		if got := o.lettersTo("piet@klager.example"); len(got) != 0 {
			t.Errorf("piet got %q on silence, too early", subject(t, got[0]))
		}
		o.until("16-11-2026 16:01") // send_by, at auto_at
		if got := o.lettersTo("piet@klager.example"); len(got) != 1 {
			t.Errorf("piet got %d letters on the last safe day", len(got))
		}
	})
}

// TestChangedModeCountsAfterANewStart too.
func TestChangedModeCountsAfterANewStart(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, dir)
		defer o.office.close()
		defer func() { o.stop() }()
		o.configure("[letters]\nmode = { acknowledgement = \"approve\" }\n")
		o.hup()
		o.complains("kim@klager.example")
		o.stop()
		o.configure("")
		o.run()
		o.until("16-11-2026 16:01")
		if got := o.lettersTo("kim@klager.example"); len(got) != 1 {
			t.Errorf("kim got %d letters on the last safe day", len(got))
		}
	})
}

// TestChangedTemplateCountsFromReload, and a broken one is refused with its file and line.
func TestChangedTemplateCountsFromReload(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "brieven", "acknowledgement.nl.txt")
	if err := os.Mkdir(filepath.Dir(own), 0o700); err != nil {
		t.Fatal(err)
	}
	builtin, err := os.ReadFile("../../letters/templates/acknowledgement.nl.txt")
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, dir)
		defer o.office.close()
		defer func() { o.stop() }()
		o.configure("[letters]\ndir = \"brieven\"\n")
		write(string(builtin) + "\nDe koffie staat klaar.\n")
		if said := o.hup(); !strings.Contains(said, `msg="config reloaded"`) {
			t.Fatalf("on SIGHUP it says %q", said)
		}
		write(string(builtin) + "\nDe koffie is op. {{if}}\n")
		line := fmt.Sprintf("acknowledgement.nl.txt:%d: ", strings.Count(string(builtin), "\n")+2)
		if said := o.hup(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "level=ERROR") || !strings.Contains(said, line) {
			t.Errorf("of a broken template it says %q, want %q in it", said, line)
		}
		o.complains("kim@klager.example")
		o.says("K2026-0001", "ja")
		o.until("3-11-2026 12:00")
		letters := o.lettersTo("kim@klager.example")
		if len(letters) != 1 || !bytes.Contains(letters[0].raw, []byte("De koffie staat klaar.")) {
			t.Errorf("%d letters; the last good template was not used", len(letters))
		}
	})
}
