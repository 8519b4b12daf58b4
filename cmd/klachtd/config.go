package main

import (
	"time"

	"github.com/pelletier/go-toml/v2"

	"klachtd/clerk"
	"klachtd/complaint"
)

// Config is the configuration file; config.example.toml is its manual.
type Config struct {
	Language      string               `toml:"language"`
	TimeZone      string               `toml:"time_zone"`
	Database      string               `toml:"database"`
	Procedure     string               `toml:"procedure"`
	Organisation  OrganisationConfig   `toml:"organisation"`
	Handlers      []HandlerConfig      `toml:"handlers"`
	Commissioners []CommissionerConfig `toml:"commissioners"`
	Calendar      CalendarConfig       `toml:"calendar"`
	IMAP          IMAPConfig           `toml:"imap"`
	SMTP          SMTPConfig           `toml:"smtp"`
	Letters       LettersConfig        `toml:"letters"`
	Triage        TriageConfig         `toml:"triage"`
	Security      SecurityConfig       `toml:"security"`
	Alarm         AlarmConfig          `toml:"alarm"`
	Privacy       PrivacyConfig        `toml:"privacy"`
	Status        StatusConfig         `toml:"status"`

	dir        string // of the file: relative paths are relative to it
	zone       *time.Location
	regulation procedure // that Procedure names
}

// OrganisationConfig is who sends the letters.
type OrganisationConfig struct {
	Name          string `toml:"name"`
	Address       string `toml:"address"`
	Phone         string `toml:"phone"`
	Website       string `toml:"website"`
	Email         string `toml:"email"`
	RegulationURL string `toml:"regulation_url"`
	Signature     string `toml:"signature"`
}

// HandlerConfig is a person who handles complaints, or who steps in.
type HandlerConfig struct {
	Name       string `toml:"name"`
	Email      string `toml:"email"`
	Phone      string `toml:"phone"`
	Substitute bool   `toml:"substitute"`
}

// CommissionerConfig is an organisation that commissions the work: where a complaint may go next (article 9).
type CommissionerConfig struct {
	Name    string `toml:"name"`
	Address string `toml:"address"`
	Email   string `toml:"email"`
	Phone   string `toml:"phone"`
	URL     string `toml:"url"`
}

// CalendarConfig says which days the office is closed, besides weekends and the fixed Dutch holidays.
type CalendarConfig struct {
	LiberationDay string           `toml:"liberation_day"`
	DaysOff       []toml.LocalDate `toml:"days_off"`
}

// IMAPConfig is the mailbox that is watched.
type IMAPConfig struct {
	Server          string `toml:"server"`
	Security        string `toml:"security"`
	CAFile          string `toml:"ca_file"`
	Username        string `toml:"username"`
	Password        string `toml:"password"`
	PasswordFile    string `toml:"password_file"`
	Folder          string `toml:"folder"`
	Poll            string `toml:"poll"`
	Since           string `toml:"since"`
	SentFolder      string `toml:"sent_folder"`
	JunkFolder      string `toml:"junk_folder"`
	ComplaintFolder string `toml:"complaint_folder"`
	FileInto        string `toml:"file_into"`

	poll time.Duration
}

// SMTPConfig is the server the letters go out by.
type SMTPConfig struct {
	Server       string `toml:"server"`
	Security     string `toml:"security"`
	CAFile       string `toml:"ca_file"`
	Username     string `toml:"username"`
	Password     string `toml:"password"`
	PasswordFile string `toml:"password_file"`
	From         string `toml:"from"`
	SentCopy     string `toml:"sent_copy"`

	from complaint.Address
}

// LettersConfig says how letters leave.
type LettersConfig struct {
	Dir      string            `toml:"dir"`
	Grace    string            `toml:"grace"`
	AutoAt   string            `toml:"auto_at"`
	Hours    string            `toml:"hours"`
	Mode     map[string]string `toml:"mode"`
	PostDays int               `toml:"post_days"`

	policy complaint.Policy
}

// TriageConfig says what happens with mail that may be a complaint.
type TriageConfig struct {
	Unanswered  string   `toml:"unanswered"`
	Digest      string   `toml:"digest"`
	NeverAnswer []string `toml:"never_answer"`
	FormSenders []string `toml:"form_senders"`
}

// SecurityConfig says whose word counts.
type SecurityConfig struct {
	TrustedAuthservID string `toml:"trusted_authserv_id"`
	ReplyAddress      string `toml:"reply_address"`
}

// AlarmConfig is whom to tell when the mailbox itself is the trouble.
type AlarmConfig struct {
	Email     string `toml:"email"`
	Heartbeat string `toml:"heartbeat"`
}

// StatusConfig is for monitoring.
type StatusConfig struct {
	Listen string `toml:"listen"`
}

// PrivacyConfig says how long cases are kept.
type PrivacyConfig struct {
	Retention string `toml:"retention"`
}

// defaultConfig is what a key is when the file does not have it.
func defaultConfig() Config {
	return Config{
		Language:  "nl",
		TimeZone:  "Europe/Amsterdam",
		Database:  "klachtd.db",
		Procedure: "optimumconsult",
		Calendar:  CalendarConfig{LiberationDay: "yearly"},
		IMAP:      IMAPConfig{Security: "tls", Folder: "INBOX", Poll: "5m", Since: "now", SentFolder: "auto"},
		SMTP:      SMTPConfig{Security: "tls", SentCopy: "auto"},
		Letters:   LettersConfig{Grace: "15m", AutoAt: "16:00", Hours: "08:00-18:00", PostDays: 3},
		Triage:    TriageConfig{Unanswered: string(complaint.SendReceipt), Digest: string(clerk.DigestNear)},
		Privacy:   PrivacyConfig{Retention: "2y"},
	}
}
