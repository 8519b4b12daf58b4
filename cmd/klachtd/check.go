package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"klachtd/clerk"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/intake"
)

type checkCommand struct{}

// Run tries every part and names all that is wrong in one go.
func (checkCommand) Run(ctx context.Context, c *commands, e env) error {
	cfg, err := readConfig(c.Config)
	var wrong *configError
	if err != nil && (cfg == nil || !errors.As(err, &wrong)) {
		return err
	}
	k := &checking{cfg: cfg, e: e}
	if wrong != nil {
		k.wrong = wrong.problems
	}
	k.config(wrong)
	k.procedure(ctx)
	k.letters()
	k.part("database", "database", func() (string, error) { return cfg.checkDatabase(ctx) })
	k.report("clock", "", checkClock(e.now()))
	k.servers(ctx)
	k.advise()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if k.found > 0 {
		return hint(fmt.Errorf("check found %s", count(k.found, "problem")), "mend what is marked FAILED and check again")
	}
	return nil
}

// checking is a check under way.
type checking struct {
	cfg   *Config
	e     env
	wrong []problem // in the config
	found int
}

// report prints a line for a part, or one for each thing that is wrong with it.
func (k *checking) report(part, good string, err error) {
	if err == nil {
		fmt.Fprintf(k.e.stdout, "%-14s ok%s\n", part, good)
		return
	}
	for _, one := range lines(err) {
		k.found++
		fmt.Fprintf(k.e.stdout, "%-14s FAILED: %s\n", part, one)
	}
}

// part tries a part, unless the config is wrong in what it needs: keys and sections.
func (k *checking) part(name, needs string, try func() (string, error)) {
	for _, p := range k.wrong {
		for _, need := range strings.Fields(needs) {
			if p.key == need || strings.HasPrefix(p.key, need+".") {
				fmt.Fprintf(k.e.stdout, "%-14s not tried: %s is not right in the config\n", name, p.key)
				return
			}
		}
	}
	good, err := try()
	k.report(name, good, err)
}

func (k *checking) config(wrong *configError) {
	if wrong == nil {
		k.report("config", "", nil)
		return
	}
	for _, p := range wrong.problems {
		k.report("config", "", fmt.Errorf("%s: %w", wrong.path, p))
	}
}

func (k *checking) letters() {
	k.part("letters", "organisation handlers commissioners smtp.from letters privacy calendar time_zone", func() (string, error) {
		_, err := k.cfg.house()
		return "", err
	})
}

// servers logs in to both servers, and looks whether every folder is there.
func (k *checking) servers(ctx context.Context) {
	d := &daemon{cfg: k.cfg, now: k.e.now}
	k.part("imap", "imap", func() (string, error) {
		if err := cmp.Or(k.cfg.IMAP.absent(), d.connectIMAP(k.e, &clerk.Clerk{})); err != nil {
			return "", err
		}
		return k.mailbox(ctx, d.boxes)
	})
	k.part("smtp", "smtp", func() (string, error) {
		if err := cmp.Or(k.cfg.SMTP.absent(), d.connectSMTP(k.e, &clerk.Clerk{})); err != nil {
			return "", err
		}
		return ": " + k.cfg.SMTP.Server, d.mailer.Check(ctx)
	})
}

// mailbox logs in once to learn what there is: when that is refused, a second attempt would only bring the account nearer
// to being locked.
func (k *checking) mailbox(ctx context.Context, boxes []*intake.Mailbox) (string, error) {
	first := *boxes[0]
	first.Folder = "INBOX" // every mailbox has it
	there, err := first.Check(ctx)
	if err != nil {
		return "", k.cfg.imapError(err)
	}
	var all []error
	for _, box := range boxes {
		if !box.SpecialUse && !slices.Contains(there.Folders, box.Folder) && !strings.EqualFold(box.Folder, "INBOX") {
			all = append(all, hint(fmt.Errorf("imap.%s: the mailbox has no folder %q", folderKeys[box.As], box.Folder),
				"its folders are "+strings.Join(there.Folders, ", ")))
			continue
		}
		r, err := box.Check(ctx)
		switch {
		case err != nil:
			all = append(all, k.cfg.imapError(err))
		case r.Folder == "":
			fmt.Fprintf(k.e.stdout, "%-14s no folder found for it: answers that people write by hand are not filed; name it in imap.sent_folder\n", "imap "+string(box.As))
		default:
			fmt.Fprintf(k.e.stdout, "%-14s ok: %s, %s\n", "imap "+string(box.As), r.Folder, count(r.Messages, "mail"))
		}
	}
	return ": " + k.cfg.IMAP.Server, errors.Join(all...)
}

// folderKeys are the keys of the config by what a folder is for.
var folderKeys = map[complaint.Folder]string{
	complaint.Inbox: "folder", complaint.SentItems: "sent_folder", complaint.Junk: "junk_folder", complaint.Dragged: "complaint_folder",
}

// imapError says of an error of the mailbox which server it was, and what it usually means. Intake says in words what it
// was doing when the server refused something.
func (c *Config) imapError(err error) error {
	err = fmt.Errorf("%s: %w", c.IMAP.Server, err)
	var (
		ca   x509.UnknownAuthorityError
		name x509.HostnameError
		tls  tls.RecordHeaderError
		dns  *net.DNSError
		op   *net.OpError
	)
	switch {
	case strings.Contains(err.Error(), "log in: refused"):
		return hint(err, "mend imap.username or the password; where login takes two steps, mail programs need an app password")
	case strings.Contains(err.Error(), "begin TLS with the mail server: the mail server says"):
		return hint(err, "the server begins no TLS on this port: is it one for security tls (993)?")
	case errors.As(err, &ca):
		return hint(err, "is it the right server? for a certificate of your own, set imap.ca_file")
	case errors.As(err, &name):
		return hint(err, "use the name that is on the certificate")
	case errors.As(err, &tls):
		return hint(err, "this port does not begin with TLS: is it one for security starttls (143)?")
	case errors.As(err, &dns):
		return hint(err, "is the name in imap.server right, and is there a network?")
	case errors.As(err, &op), errors.Is(err, context.DeadlineExceeded):
		return hint(err, "are name and port in imap.server right, and does no firewall stand between?")
	}
	return err
}

// checkDatabase opens the database the way run would, without making one.
func (c *Config) checkDatabase(ctx context.Context) (string, error) {
	store, err := db.OpenReadOnly(c.Database)
	if errors.Is(err, fs.ErrNotExist) {
		return ": none yet, klachtd run makes it", writable(filepath.Dir(c.Database))
	}
	if err != nil {
		return "", err
	}
	defer store.Close()
	if err := store.Check(ctx); err != nil {
		return "", err
	}
	n, err := chains(ctx, store)
	if err == nil && n > 0 {
		_, err = db.Key(c.Database) // with cases it only reads
	}
	return fmt.Sprintf(": %s, every chain of facts unbroken", count(n, "case")), errors.Join(err, writable(filepath.Dir(c.Database)))
}

// chains counts the cases and verifies the chain of facts of each.
func chains(ctx context.Context, store *db.DB) (n int, err error) {
	err = store.View(ctx, func(tx *db.Tx) error {
		ids, err := tx.Cases()
		if err != nil {
			return err
		}
		n = len(ids)
		var broken []error
		for _, id := range ids {
			if err := tx.VerifyChain(id); err != nil {
				broken = append(broken, fmt.Errorf("%s: %w", id, err))
			}
		}
		return errors.Join(broken...)
	})
	return n, err
}

// writable says whether a file can be made in a folder.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".klachtd-check-*")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return hint(fmt.Errorf("there is no folder %s", dir), "make it, or name another file in database")
	case errors.Is(err, fs.ErrPermission):
		return hint(fmt.Errorf("no permission to write in %s", dir), "run klachtd as the user who owns it, or give it that folder with chown")
	case err != nil:
		return hint(fmt.Errorf("cannot write in %s: %w", dir, errors.Unwrap(err)), "make room, or name a file elsewhere in database")
	}
	name := f.Name()
	return errors.Join(f.Close(), os.Remove(name))
}

// checkClock refuses a clock that cannot be right: klachtd counts terms by it.
func checkClock(now time.Time) error {
	if now.Year() < 2026 || now.Year() > 2060 {
		return hint(fmt.Errorf("it is not %s", now.Format(time.RFC3339)), "set the time of this machine: terms are counted by it")
	}
	return nil
}

// advise names what works but is unwise.
func (k *checking) advise() {
	c := k.cfg
	advice := func(text string) { fmt.Fprintln(k.e.stdout, "advice:", text) }
	if !slices.ContainsFunc(c.Handlers, func(h HandlerConfig) bool { return h.Substitute }) {
		advice("there is no handler with substitute = true; a complaint about the handler stays with the handler, and the acknowledgement says so")
		if c.Alarm.Email == "" {
			advice("there is no [alarm] email either; nobody hears of a term that the handler lets pass")
		}
	}
	if c.Security.TrustedAuthservID == "" {
		advice("security.trusted_authserv_id is empty; a handler's mail is recognised by its token and address alone")
	}
	if route := c.regulation.Terms.Route.NL; len(c.regulation.Terms.Statutory) > 0 && len(c.Commissioners) > 0 {
		advice("by " + c.regulation.Terms.Preset + " people can go on to " + route + "; letters name your [[commissioners]] instead: put that body there, or leave them out")
	}
	if len(c.Commissioners) == 0 {
		advice("there is no [[commissioners]]; letters name article 9 in general words")
	}
	for _, path := range []string{c.IMAP.PasswordFile, c.SMTP.PasswordFile} {
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o007 != 0 {
			advice("others on this machine can read the password in " + path + "; close it with: chmod 600 " + path)
		}
	}
}
