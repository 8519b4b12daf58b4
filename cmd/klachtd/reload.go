package main

import (
	"context"
	"errors"
	"fmt"

	"klachtd/db"
)

// reloads takes a changed config into use on SIGHUP. Servers and passwords count from the next connection or start; a
// broken file or template is refused and the last good one stays.
func (d *daemon) reloads(ctx context.Context, path string, e env) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-e.reload:
		}
		if err := d.takeConfig(ctx, path); err != nil {
			d.log.Error("config not reloaded, the last good one stays", "err", err)
			continue
		}
		d.log.Info("config reloaded")
	}
}

func (d *daemon) takeConfig(ctx context.Context, path string) error {
	cfg, err := loadConfig(path)
	if err != nil {
		return err
	}
	if cfg.Database != d.cfg.Database {
		return hint(errors.New("another database is named"), "that takes a new start")
	}
	house, err := cfg.house()
	if err != nil {
		return err
	}
	d.clerk.SetHouse(house)
	return d.replan(ctx, cfg)
}

// policyKey is under what the database keeps by which policy its cases were planned.
const policyKey = "policy"

// replan has every running case looked at anew when letters are to leave in another way than before: a case that waits for
// the handler's word, say, would else wake when its letter is too late already.
func (d *daemon) replan(ctx context.Context, cfg *Config) error {
	policy := cfg.Letters.policy
	policy.Zone = nil
	now := fmt.Sprint(policy, cfg.TimeZone)
	err := d.db.Update(ctx, func(tx *db.Tx) error {
		if before, err := tx.Get(policyKey); err != nil || before == now {
			return err
		}
		open, err := tx.OpenCases()
		if err != nil {
			return err
		}
		for _, id := range open {
			if err := tx.SetWake(id, d.now(), false); err != nil {
				return err
			}
		}
		return tx.Set(policyKey, now)
	})
	select {
	case d.clerk.Mail <- struct{}{}:
	default: // it is about to look already
	}
	return err
}
