package main

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
)

// newLog writes lines of key=value, as journald and people read them. What servers and parsers say may name people:
// addresses lose their local part before they are written.
func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo, ReplaceAttr: anonymous}))
}

var address = regexp.MustCompile(`[^\s<>,;:=]+@([\w.-]+)`)

// anonymous takes the local part off addresses in a value.
func anonymous(_ []string, a slog.Attr) slog.Attr {
	if kind := a.Value.Kind(); kind != slog.KindString && kind != slog.KindAny {
		return a
	}
	text := fmt.Sprint(a.Value.Any())
	if err, ok := a.Value.Any().(error); ok {
		text = oneLine(err)
	}
	return slog.String(a.Key, address.ReplaceAllString(text, "…@$1"))
}
