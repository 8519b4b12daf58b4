package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klachtd/complaint"
	"klachtd/db"
)

type retryCommand struct {
	ID []string `arg:"" optional:"" help:"The mails, by the first letters of their id; all parked ones without it."`
}

// Run makes parked mails unread: the next pass of the daemon reads them again.
func (k retryCommand) Run(ctx context.Context, c *commands, e env) error {
	store, err := k.open(c)
	if err != nil {
		return err
	}
	defer store.Close()
	var again []complaint.MailID
	err = store.Update(ctx, func(tx *db.Tx) error {
		again, err = k.readAgain(tx)
		return err
	})
	if err != nil {
		return err
	}
	if len(again) == 0 {
		fmt.Fprintln(e.stdout, "no mail is parked")
	}
	for _, id := range again {
		fmt.Fprintf(e.stdout, "%s will be read again\n", id)
	}
	return nil
}

// open opens the database to write in, and makes none.
func (k retryCommand) open(c *commands) (*db.DB, error) {
	cfg, err := loadConfig(c.Config)
	if err != nil {
		return nil, err
	}
	look, err := openExisting(cfg.Database)
	if err != nil {
		return nil, err
	}
	if err := look.Close(); err != nil {
		return nil, err
	}
	store, err := db.Open(cfg.Database)
	if errors.Is(err, db.ErrInUse) {
		return nil, hint(err, "start it again after klachtd retry")
	}
	return store, err
}

// readAgain does so for the mails that are named, or for none of them.
func (k retryCommand) readAgain(tx *db.Tx) ([]complaint.MailID, error) {
	parked, err := tx.ParkedMails()
	if err != nil {
		return nil, err
	}
	if err := k.unknown(parked); err != nil {
		return nil, err
	}
	var again []complaint.MailID
	for _, m := range parked {
		if !k.named(m.ID) {
			continue
		}
		if err := tx.ReadAgain(m.ID); err != nil {
			return nil, err
		}
		again = append(again, m.ID)
	}
	return again, nil
}

// unknown refuses an id that no parked mail has.
func (k retryCommand) unknown(parked []db.MailRow) error {
	var ids []string
	for _, m := range parked {
		ids = append(ids, string(m.ID))
	}
	for _, prefix := range k.ID {
		one := retryCommand{ID: []string{prefix}}
		if slices.ContainsFunc(parked, func(m db.MailRow) bool { return one.named(m.ID) }) {
			continue
		}
		err := fmt.Errorf("no parked mail has the id %s", prefix)
		if len(ids) == 0 {
			return hint(err, "none is parked")
		}
		return hint(err, "parked are "+strings.Join(ids, ", "))
	}
	return nil
}

func (k retryCommand) named(id complaint.MailID) bool {
	for _, prefix := range k.ID {
		if prefix != "" && strings.HasPrefix(string(id), strings.ToLower(prefix)) {
			return true
		}
	}
	return len(k.ID) == 0
}
