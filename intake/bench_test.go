package intake

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"klachtd/complaint"
)

// everyday is a mail of about size bytes as people send them: both versions of the text, and a scan if it is a large one.
func everyday(size int) string {
	line := "De co=C3=B6rdinator belde niet terug, terwijl dat was afgesproken.=20\r\n"
	text := strings.Repeat(line, min(size, 8<<10)/4/len(line))
	mail := "Return-Path: <jan@example.nl>\r\n" + strings.Repeat("Received: from a.example.nl (a.example.nl [192.0.2.1])\r\n"+
		"\tby mx.optimum.example (Postfix) with ESMTPS id 4ABC; Tue, 3 Nov 2026 11:00:02 +0100 (CET)\r\n", 4) +
		"DKIM-Signature: v=1; a=rsa-sha256; d=example.nl; s=a; h=from:to;\r\n\tbh=" + strings.Repeat("A", 60) + ";\r\n\tb=" +
		strings.Repeat("B", 300) + "\r\nFrom: =?utf-8?Q?Jan_de_Vri=C3=ABs?= <jan@example.nl>\r\nTo: info@optimum.example\r\n" +
		"Subject: =?utf-8?Q?co=C3=B6rdinatie?=\r\nDate: Tue, 3 Nov 2026 11:00:00 +0100\r\nMessage-ID: <m@example.nl>\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
		"--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + text +
		"--a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>" + text + text + "</p>\r\n--a--\r\n"
	if rest := size - len(mail); rest > 1000 {
		mail += "--m\r\nContent-Type: application/pdf; name=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", rest/78)
	}
	return mail + "--m--\r\n"
}

func BenchmarkParse(b *testing.B) {
	for _, size := range []int{8 << 10, 100 << 10, 10 << 20} {
		b.Run(fmt.Sprint(size>>10, "KB"), func(b *testing.B) {
			raw := []byte(everyday(size))
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if in := Parse(raw, arrived, complaint.Inbox, Kinds{}, ours); len(in.Damage) > 0 || in.Text == "" {
					b.Fatal(in.Damage)
				}
			}
		})
	}
}

// blotter takes everything and forgets it.
type blotter struct {
	*desk
	handled int
}

func (d *blotter) Keep(_ context.Context, mails []complaint.Kept) (fresh []complaint.MailID, err error) {
	for _, k := range mails {
		fresh = append(fresh, k.ID)
	}
	return fresh, nil
}

func (d *blotter) Handle(context.Context, complaint.Incoming) error {
	d.handled++
	return nil
}

func BenchmarkIntake(b *testing.B) {
	const mails = 1000
	srv := newMailServer(b)
	for i := range mails {
		srv.put(b, "INBOX", fmt.Sprintf("X-Number: %d\r\n%s", i, everyday(8<<10)), arrived)
	}
	b.ReportAllocs()
	for b.Loop() {
		d := &blotter{desk: newDesk()}
		m := mailbox(srv.Dial, d.desk)
		m.Clerk, m.Since = d, 1
		if err := m.Once(b.Context()); err != nil || d.handled != mails {
			b.Fatal(d.handled, err)
		}
	}
	b.ReportMetric(float64(mails*b.N)/b.Elapsed().Seconds(), "mails/s")
}
