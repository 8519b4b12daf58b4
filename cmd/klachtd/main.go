// Command klachtd carries out a written complaints procedure by e-mail.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // terms are counted in Europe/Amsterdam, on whatever machine

	"github.com/alecthomas/kong"
)

// version is set by the build: go build -ldflags "-X main.version=1.2.3".
var version = "dev"

// env is the world a command runs in. The zero value of a field means the real one.
type env struct {
	args           []string
	stdout, stderr io.Writer
	now            func() time.Time                            // time.Now
	dialIMAP       func(ctx context.Context) (net.Conn, error) // to the server of the config
	dialSMTP       func(ctx context.Context) (net.Conn, error) // to the server of the config
	reload         <-chan os.Signal                            // SIGHUP
	ready          func()                                      // called when the daemon is at work
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	os.Exit(run(ctx, env{args: os.Args[1:], stdout: os.Stdout, stderr: os.Stderr, now: time.Now, reload: hup}))
}

// commands is the command line. Every command takes --config; options and arguments may come in any order.
type commands struct {
	Config string `help:"The config file. Without it ./config.toml, then /etc/klachtd/config.toml." placeholder:"FILE"`

	Run     runCommand     `cmd:"" help:"Watch the mailbox and carry out the procedure."`
	Demo    demoCommand    `cmd:"" help:"Show the whole procedure in time lapse, on built-in mail servers."`
	Check   checkCommand   `cmd:"" help:"Try config, mailbox, SMTP, templates, database and clock; name every problem."`
	Cases   casesCommand   `cmd:"" help:"A line for each case: number, status, next duty, date."`
	Show    showCommand    `cmd:"" help:"All of one case: facts, duties and how each date was computed, letters with evidence."`
	Agenda  agendaCommand  `cmd:"" help:"What is owed by a day."`
	Preview previewCommand `cmd:"" help:"A letter as text, HTML or .eml, with sample data or of a real case."`
	Retry   retryCommand   `cmd:"" help:"Read parked mails again."`
	Version versionCommand `cmd:"" help:"Which klachtd this is."`
}

// Exit status: 0 done, 1 failed, 2 wrong use.
const (
	done = iota
	failed
	wrongUse
)

// run runs one command and gives its exit status. Errors are one line on stderr, with a hint.
func run(ctx context.Context, e env) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("klachtd"),
		kong.Description("Carries out a written complaints procedure by e-mail."),
		kong.Writers(e.stdout, e.stderr),
		kong.Exit(func(code int) { exit = code }),
	)
	if err != nil {
		fmt.Fprintln(e.stderr, "klachtd:", err)
		return failed
	}
	parsed, err := parser.Parse(commandFirst(parser.Model, e.args))
	switch {
	case exit >= 0: // --help has been printed
		return exit
	case err != nil:
		return report(e, misused(err))
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(&c, e)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = errors.New("stopped before it was done")
	}
	return report(e, err)
}

// report tells what went wrong, on one line, and gives the exit status.
func report(e env, err error) int {
	if err == nil {
		return done
	}
	fmt.Fprintf(e.stderr, "klachtd: %s\n", oneLine(err))
	if errors.As(err, new(usageError)) {
		return wrongUse
	}
	return failed
}

type versionCommand struct{}

func (versionCommand) Run(e env) error {
	_, err := fmt.Fprintln(e.stdout, "klachtd", version)
	return err
}
