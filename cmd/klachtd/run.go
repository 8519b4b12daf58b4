package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"klachtd/clerk"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/intake"
	"klachtd/letters"
	"klachtd/mailer"
)

type runCommand struct {
	Once bool   `help:"One full pass: fetch all new mail, handle it, settle every duty, send what is due, exit."`
	At   string `help:"Pretend this time (RFC 3339). Only with both mail servers on loopback." placeholder:"TIME"`
}

func (r runCommand) Run(ctx context.Context, c *commands, e env) error {
	cfg, err := loadConfig(c.Config)
	if err != nil {
		return err
	}
	now, err := r.clock(cfg, e)
	if err != nil {
		return err
	}
	d, err := assemble(cfg, e, now)
	if err != nil {
		return err
	}
	defer d.close()
	if r.At != "" {
		d.clerk.Pretend = true
		if err := d.notBefore(ctx, now()); err != nil {
			return err
		}
	}
	if r.Once {
		return d.pass(ctx)
	}
	return d.serve(ctx, c.Config, e)
}

// clock is the time the daemon goes by: the real one, or a pretended one that goes on from --at (and stands still in a
// single pass).
func (r runCommand) clock(cfg *Config, e env) (func() time.Time, error) {
	if r.At == "" {
		return e.now, nil
	}
	at, err := parseTime(r.At)
	if err != nil {
		return nil, err
	}
	for _, server := range []string{cfg.IMAP.Server, cfg.SMTP.Server} {
		if host, _, _ := net.SplitHostPort(server); !loopback(host) {
			return nil, usageError{fmt.Errorf("--at is refused: %s is not on loopback, and a pretended time must not reach real people", server)}
		}
	}
	if r.Once {
		return func() time.Time { return at }, nil
	}
	started := e.now()
	return func() time.Time { return at.Add(e.now().Sub(started)) }, nil
}

// daemon is the assembled program: one clerk, its database, a watcher for each folder, one mailer.
type daemon struct {
	cfg    *Config
	log    *slog.Logger
	now    func() time.Time
	db     *db.DB
	clerk  *clerk.Clerk
	boxes  []*intake.Mailbox
	mailer *mailer.Mailer
}

func assemble(cfg *Config, e env, now func() time.Time) (*daemon, error) {
	if err := cfg.absent(); err != nil {
		return nil, err
	}
	house, err := cfg.house()
	if err != nil {
		return nil, err
	}
	log := newLog(e.stderr)
	store, err := db.Open(cfg.Database)
	if err != nil {
		return nil, err
	}
	key, err := db.Key(cfg.Database)
	if err != nil {
		store.Close()
		return nil, err
	}
	d := &daemon{cfg: cfg, log: log, now: now, db: store}
	d.clerk = newClerk(store, key, house, now, log)
	if err := errors.Join(d.connect(e, d.clerk), d.replan(context.Background(), cfg)); err != nil {
		store.Close()
		return nil, err
	}
	return d, nil
}

func newClerk(store *db.DB, key []byte, house *clerk.House, now func() time.Time, log *slog.Logger) *clerk.Clerk {
	c := &clerk.Clerk{
		DB: store, Key: key, Now: now, Log: log,
		Mail: make(chan struct{}, 1), Post: make(chan struct{}, 1), Gone: make(chan struct{}, 1),
	}
	c.Compose = func(l letters.Letter, date time.Time) ([]byte, error) {
		h := c.House() // as of the last reload
		return mailer.Compose(l, h.Office.From, date.In(h.Policy.Zone))
	}
	c.SetHouse(house)
	return c
}

// connect makes the edges: who watches which folder, and who sends.
func (d *daemon) connect(e env, c *clerk.Clerk) error {
	return errors.Join(d.connectIMAP(e, c), d.connectSMTP(e, c))
}

func (d *daemon) connectIMAP(e env, c *clerk.Clerk) error {
	conf, err := tlsConfig(d.cfg.IMAP.Server, d.cfg.IMAP.CAFile)
	if err != nil {
		return fmt.Errorf("imap.ca_file: %w", err)
	}
	since, _ := d.cfg.since() // checked on loading
	box := func(folder string, as complaint.Folder) {
		if folder == "" {
			return
		}
		m := &intake.Mailbox{
			Dial:     dialer(e.dialIMAP, d.cfg.IMAP.Server, d.cfg.IMAP.Security, conf),
			Username: d.cfg.IMAP.Username,
			Password: secret(d.cfg.IMAP.Password, d.cfg.IMAP.PasswordFile),
			Folder:   folder, As: as, SpecialUse: folder == "auto", Since: since, Poll: d.cfg.IMAP.poll,
			Kinds:    intake.Kinds{FormSenders: d.cfg.Triage.FormSenders, NeverAnswer: d.cfg.Triage.NeverAnswer},
			OwnID:    c.OwnID,
			Location: d.cfg.zone,
			Clerk:    c,
			Log:      d.log,
		}
		if d.cfg.IMAP.Security == "starttls" {
			m.StartTLS = conf
		}
		d.boxes = append(d.boxes, m)
	}
	box(d.cfg.IMAP.Folder, complaint.Inbox)
	box(d.cfg.IMAP.SentFolder, complaint.SentItems)
	box(d.cfg.IMAP.JunkFolder, complaint.Junk)
	box(d.cfg.IMAP.ComplaintFolder, complaint.Dragged)
	return nil
}

func (d *daemon) connectSMTP(e env, c *clerk.Clerk) error {
	conf, err := tlsConfig(d.cfg.SMTP.Server, d.cfg.SMTP.CAFile)
	if err != nil {
		return fmt.Errorf("smtp.ca_file: %w", err)
	}
	d.mailer = &mailer.Mailer{
		Dial:     dialer(e.dialSMTP, d.cfg.SMTP.Server, d.cfg.SMTP.Security, conf),
		Username: d.cfg.SMTP.Username,
		Password: secret(d.cfg.SMTP.Password, d.cfg.SMTP.PasswordFile),
		Outbox:   c, Kick: c.Post, Now: d.now, Log: d.log,
		Server: d.cfg.SMTP.Server,
	}
	if d.cfg.SMTP.Security == "starttls" {
		d.mailer.StartTLS = conf
	}
	return nil
}

// dialer connects to a server, with TLS from the first byte where the config says so.
func dialer(given func(context.Context) (net.Conn, error), server, security string, conf *tls.Config) func(context.Context) (net.Conn, error) {
	if given != nil {
		return given
	}
	return func(ctx context.Context) (net.Conn, error) {
		plain := net.Dialer{Timeout: 30 * time.Second, KeepAlive: time.Minute}
		if security != "tls" {
			return plain.DialContext(ctx, "tcp", server)
		}
		return (&tls.Dialer{NetDialer: &plain, Config: conf}).DialContext(ctx, "tcp", server)
	}
}

// tlsConfig trusts the system's certificates, or the private CA of a file alone.
func tlsConfig(server, caFile string) (*tls.Config, error) {
	host, _, _ := net.SplitHostPort(server)
	conf := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return conf, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, noFile(err, "file "+caFile, "name the PEM file of the certificate authority, or leave the key empty")
	}
	conf.RootCAs = x509.NewCertPool()
	if !conf.RootCAs.AppendCertsFromPEM(pem) {
		return nil, hint(fmt.Errorf("%s holds no certificate", filepath.Base(caFile)), "give the CA's certificate as PEM")
	}
	return conf, nil
}

func (d *daemon) close() {
	if err := d.db.Close(); err != nil {
		d.log.Error("close the database", "err", err)
	}
}

// notBefore refuses a pretended time before what is on file: facts are never dated before one another.
func (d *daemon) notBefore(ctx context.Context, at time.Time) error {
	var last time.Time
	err := d.db.View(ctx, func(tx *db.Tx) (err error) {
		last, err = tx.LastFactAt()
		return err
	})
	if err != nil {
		return err
	}
	if at.Before(last) {
		return usageError{fmt.Errorf("--at is before the last recorded fact, %s; choose a later time", last.In(d.cfg.zone).Format(time.RFC3339))}
	}
	return nil
}

// pass is one full pass: all new mail, every duty, every row that is due. A mailbox that cannot be read keeps no letter
// back: terms run on.
func (d *daemon) pass(ctx context.Context) error {
	unread := d.readAll(ctx)
	if _, err := d.clerk.Tick(ctx); err != nil {
		return errors.Join(unread, err)
	}
	if err := d.mailer.Drain(ctx); err != nil {
		return errors.Join(unread, err)
	}
	if unread != nil {
		return unread
	}
	if _, err := d.fileCopies(ctx); err != nil && !errors.Is(err, intake.ErrNoFolder) {
		return d.cfg.imapError(err)
	}
	return nil
}

// readAll takes in all new mail. After a first failure it stops: more logins could lock the account.
func (d *daemon) readAll(ctx context.Context) error {
	for _, box := range d.boxes {
		if err := box.Once(ctx); err != nil {
			return d.cfg.imapError(err)
		}
	}
	return nil
}

// serve runs the loops until ctx ends; the first failure ends all.
func (d *daemon) serve(ctx context.Context, path string, e env) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	looked := d.firstLook()
	loops := []func(context.Context) error{
		d.clerk.Run, after(looked, d.mailer.Run), after(looked, d.copies),
		func(ctx context.Context) error { return d.reloads(ctx, path, e) },
	}
	for _, box := range d.boxes {
		loops = append(loops, box.Watch)
	}
	ended := make(chan error, len(loops))
	for _, loop := range loops {
		go func() { ended <- loop(ctx) }() // each returns when ctx ends; serve waits for all of them
	}
	d.log.Info("klachtd is at work", "version", version)
	if e.ready != nil {
		e.ready()
	}
	var first error
	for range loops {
		if err := <-ended; err != nil && first == nil && !errors.Is(err, context.Canceled) {
			first = err
		}
		cancel(first)
	}
	if first == nil {
		d.log.Info("klachtd has stopped")
	}
	return first
}

// firstLook gives a channel that is closed when every folder was read to its end once: a copy there tells that a letter
// left before klachtd stopped, and then it must not leave again.
func (d *daemon) firstLook() <-chan struct{} {
	looked := make(chan struct{})
	var left atomic.Int64
	left.Store(int64(len(d.boxes)))
	for _, box := range d.boxes {
		var once sync.Once
		box.Told = func(err error) {
			if err == nil {
				once.Do(func() {
					if left.Add(-1) == 0 {
						close(looked)
					}
				})
			}
		}
	}
	return looked
}

// longestLook is how long letters wait for the first look where the mailbox is not to be had.
const longestLook = time.Minute

// after begins a loop when the first look is over.
func after(looked <-chan struct{}, loop func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		timer := time.NewTimer(longestLook)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-looked:
		case <-timer.C:
		}
		return loop(ctx)
	}
}
