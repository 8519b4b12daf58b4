package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"klachtd/clerk"
	"klachtd/complaint"
	"klachtd/letters"
)

// house turns the file into what the clerk works with. Its errors may have a line for each letter that is broken.
func (c *Config) house() (*clerk.House, error) {
	dir, err := c.templates()
	if err != nil {
		return nil, err
	}
	office := c.office()
	set, err := letters.Load(dir, office)
	if err != nil {
		return nil, c.inTemplates(err)
	}
	h := &clerk.House{
		Letters: set, Office: office, Policy: c.Letters.policy, Terms: c.terms(), Lang: c.Language,
		Own:         []string{c.SMTP.from.Mail, c.IMAP.Username},
		AuthservID:  c.Security.TrustedAuthservID,
		Digest:      clerk.Digest(c.Triage.Digest),
		FormSenders: c.Triage.FormSenders,
		AlarmTo:     c.Alarm.Email,
		DailyAt:     complaint.TimeOfDay{Hour: 8, Minute: 30},
	}
	for _, p := range c.Handlers {
		h.Staff = append(h.Staff, p.Name)
	}
	return h, nil
}

// inTemplates says in which folder each broken template is: letters knows the names of the files only.
func (c *Config) inTemplates(err error) error {
	where := "letters"
	if c.Letters.Dir != "" {
		where = "letters.dir " + c.Letters.Dir
	}
	var all []error
	for _, line := range lines(err) {
		all = append(all, fmt.Errorf("%s: %s", where, line))
	}
	return errors.Join(all...)
}

// templates is the folder with the operator's own templates, nil for none.
func (c *Config) templates() (fs.FS, error) {
	if c.Letters.Dir == "" {
		return nil, nil
	}
	info, err := os.Stat(c.Letters.Dir)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, hint(fmt.Errorf("letters.dir: no permission to read %s", c.Letters.Dir), "let klachtd read it, or leave the key empty for the built-in letters")
	case err != nil || !info.IsDir():
		return nil, hint(fmt.Errorf("letters.dir: there is no folder %s", c.Letters.Dir), "make it, or leave the key empty for the built-in letters")
	}
	return os.DirFS(c.Letters.Dir), nil
}

func (c *Config) office() letters.Office {
	o := letters.Office{
		Name: c.Organisation.Name, Address: c.Organisation.Address, Phone: c.Organisation.Phone,
		Website: c.Organisation.Website, Email: c.Organisation.Email,
		RegulationURL: c.Organisation.RegulationURL, Signature: c.Organisation.Signature,
		Retention: c.Privacy.Retention, From: c.SMTP.from, Zone: c.zone,
	}
	if o.Email == "" {
		o.Email = c.SMTP.from.Mail
	}
	for _, h := range c.Handlers {
		o.Handlers = append(o.Handlers, letters.Handler{Name: h.Name, Email: h.Email, Phone: h.Phone, Substitute: h.Substitute})
	}
	for _, m := range c.Commissioners {
		o.Commissioners = append(o.Commissioners, letters.Commissioner(m))
	}
	if a := c.Security.ReplyAddress; a != "" {
		o.ReplyTo = func(token string) string { return strings.Replace(a, "{token}", token, 1) }
	}
	return o
}

// secret reads a password: from the config, or from its file, so that a changed one is used at the next login.
func secret(password, file string) func() (string, error) {
	return func() (string, error) {
		if file == "" {
			return password, nil
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return "", noSecret(file, err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
}

func noSecret(file string, err error) error {
	return noFile(err, "password file "+file, "write the password into it, readable for klachtd only")
}

// noFile says in words why a file that the config names cannot be read, and what to do when there is none.
func noFile(err error, what, todo string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return hint(fmt.Errorf("there is no %s", what), todo)
	case errors.Is(err, fs.ErrPermission):
		return hint(fmt.Errorf("no permission to read the %s", what), "let the user klachtd runs as read it")
	}
	return fmt.Errorf("%s: %w", what, err)
}

// absent lists the files that the config names for its servers and that cannot be used. Commands that only look at the
// database do without them.
func (c *Config) absent() error { return errors.Join(c.IMAP.absent(), c.SMTP.absent()) }

func (c *IMAPConfig) absent() error { return absent("imap", c.Server, c.PasswordFile, c.CAFile) }
func (c *SMTPConfig) absent() error { return absent("smtp", c.Server, c.PasswordFile, c.CAFile) }

func absent(section, server, passwordFile, caFile string) error {
	var all []error
	if passwordFile != "" {
		password, err := secret("", passwordFile)()
		if err == nil && password == "" {
			err = hint(fmt.Errorf("the password file %s is empty", passwordFile), "write the password into it")
		}
		if err != nil {
			all = append(all, fmt.Errorf("%s.password_file: %w", section, err))
		}
	}
	if _, err := tlsConfig(server, caFile); err != nil {
		all = append(all, fmt.Errorf("%s.ca_file: %w", section, err))
	}
	return errors.Join(all...)
}
