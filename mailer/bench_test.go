package mailer

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"klachtd/letters"
)

// Letters of everyday size over one loopback connection, the outbox in memory.
func BenchmarkSend(b *testing.B) {
	l := letter()
	l.Text = strings.Repeat("Wij hebben uw klacht ontvangen en laten u weten hoe het verder gaat.\n", 40)
	l.HTML = "<p>" + l.Text
	raw := mustCompose(b, l)
	srv := (&server{}).startTCP(b)
	m := srv.mailer(nil)
	m.Outbox = &same{item: letters.Dispatch{From: office.Mail, To: "anna@people.example", Raw: raw}, left: b.N}
	b.SetBytes(int64(len(raw)))
	b.ResetTimer()
	if err := m.Drain(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
}

// same hands out one letter many times.
type same struct {
	item letters.Dispatch
	left int
}

func (s *same) Next(context.Context) (*letters.Dispatch, time.Time, error) {
	if s.left == 0 {
		return nil, time.Time{}, nil
	}
	s.left--
	s.item.ID++
	return &s.item, time.Time{}, nil
}

func (s *same) Doubt(context.Context, int64) error { return nil }

func (s *same) Done(_ context.Context, id int64, o letters.Outcome) error {
	if o.Verdict != letters.Accepted {
		return fmt.Errorf("letter %d: %+v", id, o)
	}
	return nil
}

func BenchmarkCompose(b *testing.B) {
	l := letter()
	l.Text = strings.Repeat("Wij hebben uw klacht ontvangen en laten u weten hoe het verder gaat, één voor één.\n", 40)
	l.HTML = "<p>" + l.Text
	l.Attachments = []letters.Attachment{{Name: "brief.pdf", Type: "application/pdf", Data: make([]byte, 20_000)}}
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(mustCompose(b, l))))
	}
}
