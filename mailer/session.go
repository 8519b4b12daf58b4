package mailer

import (
	"bytes"
	"errors"
	"net"
	"net/textproto"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"klachtd/letters"
)

const (
	commandTime = 5 * time.Minute  // RFC 5321 4.5.3.2.2 to .4
	dataTime    = 10 * time.Minute // the letter and the answer to its dot, 4.5.3.2.6
	quitTime    = 2 * time.Second
	maxReplies  = 64 << 10 // octets a server may say to one command, or batch of them
)

// session is one logged-in connection.
type session struct {
	conn     *guard
	client   *smtp.Client
	server   string
	security string    // for the evidence: the TLS version and suite, or "none"
	pipeline bool      // RFC 2920
	dsn      bool      // RFC 3461
	commands [3]string // of the letter under way
	answered int       // letters the server gave an answer to, whatever it was
	broken   bool      // no further command can be given
}

// errStale is a connection that had died before the letter was heard: the server closes idle ones, or counts letters.
var errStale = errors.New("connection closed since the last letter")

// ask says MAIL, RCPT and DATA, or only MAIL to a server that wants one command at a time.
func (s *session) ask(it *letters.Dispatch) error {
	s.allow(commandTime)
	mail, rcpt := "MAIL FROM:<"+it.From+">", "RCPT TO:<"+it.To+">"
	if s.dsn { // a bounce with the headers only, and word of a delay
		mail, rcpt = mail+" RET=HDRS", rcpt+" NOTIFY=FAILURE,DELAY"
	}
	s.commands = [3]string{mail + "\r\n", rcpt + "\r\n", "DATA\r\n"}
	if s.pipeline {
		return s.unheard(0, s.say(strings.Join(s.commands[:], "")))
	}
	return s.unheard(0, s.say(s.commands[0]))
}

// granted hears whether the letter may come.
func (s *session) granted() error {
	if s.pipeline {
		return s.grantedTogether()
	}
	for i, command := range s.commands {
		if i > 0 {
			if err := s.say(command); err != nil {
				return err
			}
		}
		if err := s.unheard(i, s.answer(i)); err != nil {
			return err
		}
	}
	return nil
}

// grantedTogether reads all answers, so that the next letter gets its own, and returns the first refusal.
func (s *session) grantedTogether() error {
	var refusal error
	for i := range s.commands {
		err := s.answer(i)
		switch {
		case refusal == nil:
			refusal = s.unheard(i, err)
		case err == nil && i == len(s.commands)-1: // it waits for a letter all the same (RFC 2920 3.1), and a dot sends an empty one
			s.broken = true
		}
		if err != nil && !isReply(err) {
			s.broken = true
			break
		}
	}
	return refusal
}

// answer reads the reply to the i-th command of a letter.
func (s *session) answer(i int) error {
	_, _, err := s.client.Text.ReadResponse([]int{2, 2, 354}[i])
	return err
}

// unheard makes err errStale when the connection served earlier letters and was gone at the first command of this one.
func (s *session) unheard(i int, err error) error {
	if i == 0 && err != nil && !isReply(err) && s.answered > 0 {
		return errStale
	}
	return err
}

// body writes the letter byte for byte, all but the final dot.
func (s *session) body(raw []byte) error {
	s.allow(dataTime)
	return s.write(stuffed(raw))
}

// dot ends the letter: from here on it may be out.
func (s *session) dot() error { return s.say(".\r\n") }

// verdict hears what became of the letter.
func (s *session) verdict() letters.Outcome {
	code, text, err := s.client.Text.ReadResponse(2)
	if reply, ok := errors.AsType[*textproto.Error](err); ok && reply.Code >= 400 {
		return s.undelivered(err)
	}
	if err != nil {
		return s.doubtful(err)
	}
	s.answered++
	return s.outcome(letters.Accepted, code, text)
}

// isReply tells whether err is the server's word on a command, after which it goes on listening.
func isReply(err error) bool {
	reply, ok := errors.AsType[*textproto.Error](err)
	return ok && reply.Code >= 400 && reply.Code != 421 // 421: it is closing (RFC 5321 3.8)
}

// undelivered judges a failure that surely left the letter with us, and makes the connection fit for the next one.
func (s *session) undelivered(err error) letters.Outcome {
	reply, ok := errors.AsType[*textproto.Error](err)
	if !ok {
		s.broken = true
		return s.outcome(letters.Retry, 0, "connection lost: "+err.Error())
	}
	out := s.outcome(letters.Retry, reply.Code, reply.Msg)
	if reply.Code >= 500 {
		out.Verdict = letters.Refused
	}
	if !isReply(err) {
		s.broken = true
		return out
	}
	s.answered++
	if !s.broken && s.client.Reset() != nil {
		s.broken = true
	}
	return out
}

func (s *session) doubtful(err error) letters.Outcome {
	s.broken = true
	return s.outcome(letters.Doubtful, 0, "no answer after the letter: "+err.Error())
}

func (s *session) outcome(v letters.Verdict, code int, reply string) letters.Outcome {
	return letters.Outcome{Verdict: v, Code: code, Reply: short(reply), Server: s.server, TLS: s.security}
}

// say writes a command.
func (s *session) say(command string) error { return s.write([]byte(command)) }

// write puts b on the wire at once.
func (s *session) write(b []byte) error {
	if _, err := s.client.Text.W.Write(b); err != nil {
		return err
	}
	return s.client.Text.W.Flush()
}

// stuffed doubles the dot of every line that begins with one (RFC 5321 4.5.2). raw has only CRLF for line ends.
func stuffed(raw []byte) []byte {
	raw = bytes.ReplaceAll(raw, []byte("\r\n."), []byte("\r\n.."))
	if bytes.HasPrefix(raw, []byte(".")) {
		raw = append([]byte("."), raw...)
	}
	return raw
}

// allow gives the next exchange its time and its share of the server's words.
func (s *session) allow(d time.Duration) {
	s.conn.left = maxReplies
	s.conn.SetDeadline(time.Now().Add(d)) // the real time, whatever time klachtd pretends
}

// quit takes leave, briefly.
func (s *session) quit() {
	if !s.broken {
		s.allow(quitTime)
		if s.say("QUIT\r\n") == nil {
			s.client.Text.ReadResponse(2)
		}
	}
	s.close()
}

func (s *session) close() { s.conn.Close() }

// guard bounds what a server may say: the line readers above it keep whatever comes.
type guard struct {
	net.Conn
	left int
}

func (g *guard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errors.New("the server talks without end")
	}
	n, err := g.Conn.Read(p[:min(len(p), g.left)])
	g.left -= n
	return n, err
}

// short makes a server's words fit for a line in a log, a letter or a table.
func short(s string) string {
	const most = 400
	runes := []rune(oneLine(s))
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	return string(runes)
}
