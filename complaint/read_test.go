package complaint

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what is read into testdata/handler")

const mailMark = "======== mail ========\n"

// handlerMail is a file of testdata/handler: what a handler's mail means, and below it the mail.
type handlerMail struct {
	path, about, stage, ask, want, text string
}

func handlerMails(t testing.TB) (all []handlerMail) {
	t.Helper()
	paths, err := filepath.Glob("testdata/handler/*.txt")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d mails, want at least 40: %v", len(paths), err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, text, ok := strings.Cut(string(raw), mailMark)
		if !ok {
			t.Fatalf("%s has no mail", path)
		}
		m := handlerMail{path: path, text: text}
		for line := range strings.Lines(head) {
			switch key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); {
			case strings.HasPrefix(line, "#"):
				m.about += line
			case key == "case":
				m.stage = value
			case key == "answers":
				m.ask = value
			case strings.TrimSpace(line) != "":
				m.want += line
			}
		}
		all = append(all, m)
	}
	return all
}

func TestHandlerMails(t *testing.T) {
	for _, m := range handlerMails(t) {
		t.Run(strings.TrimSuffix(filepath.Base(m.path), ".txt"), func(t *testing.T) {
			got := told(reading(t, m.stage, m.ask, m.text))
			if got == m.want {
				return
			}
			if *update {
				m.write(t, got)
				return
			}
			t.Errorf("got:\n%s\nwant:\n%s", got, m.want)
		})
	}
}

func (m handlerMail) write(t *testing.T, want string) {
	t.Helper()
	head := m.about + "case: " + m.stage + "\n"
	if m.ask != "" {
		head += "answers: " + m.ask + "\n"
	}
	if err := os.WriteFile(m.path, []byte(head+"\n"+want+mailMark+m.text), 0o644); err != nil {
		t.Fatal(err)
	}
}
