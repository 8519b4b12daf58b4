package complaint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const newTextMark = "\n======== new text ========\n"

// Each file in testdata/newtext is a mail as a mail program writes it, and what its sender wrote newly.
func TestNewTextOfMailPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/newtext/*.txt")
	if err != nil || len(files) < 45 {
		t.Fatalf("%d mails, want at least 45: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			mail, want, ok := strings.Cut(string(raw), newTextMark)
			if !ok {
				t.Fatal("no line that says where the new text begins")
			}
			want = strings.TrimSuffix(want, "\n")
			if got := NewText(mail); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
