-- What klachtd keeps. This is today's schema, for a reader; migrate.go brings older databases to it.
--
-- Instants are RFC 3339 text in UTC with three decimals, always 24 characters (2026-11-03T09:41:07.123Z): they sort as
-- text, and an auditor with the sqlite3 shell can read them. Days are YYYY-MM-DD. NULL means there is none.
-- Mail identities are the hex SHA-256 of the raw bytes; Message-IDs stand without angle brackets.

-- mail: every mail ever taken in, once per content. Its bytes stand apart, in mail_raw, because they may go before it.
CREATE TABLE mail (
  n            INTEGER PRIMARY KEY,        -- order of intake
  id           TEXT    NOT NULL UNIQUE,
  size         INTEGER NOT NULL,           -- of the raw bytes
  whole        INTEGER NOT NULL DEFAULT 1, -- 0 once the raw bytes were let go
  folder       TEXT    NOT NULL,           -- where it was seen last
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  arrived      TEXT    NOT NULL,           -- INTERNALDATE
  state        TEXT    NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'handled', 'ignored', 'parked')),
  kind         TEXT    NOT NULL DEFAULT '', -- by its headers: person, bounce, ...
  class        TEXT    NOT NULL DEFAULT '', -- by its words: certain, possible, ordinary
  why          TEXT    NOT NULL DEFAULT '', -- why it was handled so, for people
  case_id      TEXT    NOT NULL DEFAULT '',
  settled_at   TEXT,
  subject      TEXT    NOT NULL DEFAULT '', -- subject and sender only where a digest needs them
  sender       TEXT    NOT NULL DEFAULT '',
  message_id   TEXT    NOT NULL DEFAULT '',
  tries        INTEGER NOT NULL DEFAULT 0,  -- how often reading it broke off
  CHECK (state = 'kept' OR settled_at IS NOT NULL)
) STRICT;
CREATE INDEX mail_unread ON mail (folder, arrived, n) WHERE state = 'kept';
CREATE INDEX mail_parked ON mail (n) WHERE state = 'parked';
CREATE INDEX mail_ordinary ON mail (settled_at) WHERE state = 'ignored' AND whole = 1;

CREATE TABLE mail_raw (
  mail INTEGER PRIMARY KEY REFERENCES mail (n),
  raw  BLOB NOT NULL                       -- exactly as the server gave it
) STRICT;

-- ledger: where each mail was seen. A line is never removed; it is what proves that every UID was accounted for.
CREATE TABLE ledger (
  folder       TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  mail         INTEGER NOT NULL REFERENCES mail (n),
  PRIMARY KEY (folder, uid_validity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_mail ON ledger (mail);

-- mark: how far each folder was taken in.
CREATE TABLE mark (
  folder       TEXT    PRIMARY KEY,
  uid_validity INTEGER NOT NULL,
  next_uid     INTEGER NOT NULL,           -- the first UID not yet taken in
  first_seen   TEXT    NOT NULL            -- of the folder, ever
) STRICT, WITHOUT ROWID;

-- number: the last case number given out in a year. Numbers of erased cases are not given out again.
CREATE TABLE number (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

-- cases: one row a case. Everything beside its number follows from its facts and stands here to be found fast.
CREATE TABLE cases (
  id          TEXT    PRIMARY KEY,         -- K2026-0007
  year        INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  complainant TEXT    NOT NULL,            -- bare mail address: lower case, no plus-part; '' when there is none
  wake        TEXT,                        -- the next instant at which something is to be done; NULL for never
  ended       INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
  UNIQUE (year, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_wake ON cases (wake) WHERE wake IS NOT NULL;
CREATE INDEX cases_open ON cases (year, n) WHERE ended = 0;
CREATE INDEX cases_complainant ON cases (complainant) WHERE complainant <> '';

-- fact: what happened in a case, in order. Facts are added, never changed. They hang together by hash:
--   digest = sha256(salt || body)
--   hash   = sha256(previous hash || netstrings of case_id, seq, happened_on, recorded_at, actor, mail, kind || digest)
-- The first fact has no previous hash. A body that had to be erased loses its salt and keeps its digest, so that the
-- chain stays whole while nobody can guess the body from the digest.
CREATE TABLE fact (
  case_id     TEXT    NOT NULL REFERENCES cases (id),
  seq         INTEGER NOT NULL CHECK (seq > 0),
  happened_on TEXT    NOT NULL,            -- a day, Europe/Amsterdam
  recorded_at TEXT    NOT NULL,
  actor       TEXT    NOT NULL,            -- klachtd, complainant, or a handler's mail address
  mail        TEXT    NOT NULL,            -- the mail it was read from; '' when none
  kind        TEXT    NOT NULL,
  body        TEXT    NOT NULL,            -- JSON
  salt        BLOB,                        -- NULL once the body was erased
  digest      BLOB    NOT NULL,
  hash        BLOB    NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fact_never_changes BEFORE UPDATE ON fact
BEGIN
  SELECT RAISE(ABORT, 'a fact is never changed');
END;

-- thread: which case a Message-ID belongs to.
CREATE TABLE thread (
  message_id TEXT PRIMARY KEY,
  case_id    TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_case ON thread (case_id);

-- candidate: mails that may be complaints, and near misses, for the daily mail and the digest.
CREATE TABLE candidate (
  mail       TEXT    PRIMARY KEY REFERENCES mail (id),
  received   TEXT    NOT NULL,             -- a day
  message_id TEXT    NOT NULL,
  opening    TEXT    NOT NULL,             -- JSON: the first fact of its case, should it become one
  near       INTEGER NOT NULL CHECK (near IN (0, 1)), -- 1 for a near miss
  state      TEXT    NOT NULL CHECK (state IN ('open', 'case', 'dismissed', 'listed')),
  case_id    TEXT    NOT NULL              -- '' while it is none
) STRICT, WITHOUT ROWID;
CREATE INDEX candidate_open ON candidate (received, mail) WHERE state = 'open';

-- ask: what a mail to a handler asked, and what an answer to it means.
CREATE TABLE ask (
  token    TEXT PRIMARY KEY,
  case_id  TEXT NOT NULL,                  -- '' for the daily mail
  handler  TEXT NOT NULL,                  -- mail address
  question TEXT NOT NULL,
  keys     TEXT NOT NULL,                  -- JSON
  version  TEXT NOT NULL,
  items    TEXT NOT NULL,                  -- JSON
  cases    TEXT NOT NULL,                  -- JSON
  asked    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ask_case ON ask (case_id, asked);

-- used_mail: handler mails that were obeyed, so that an identical one works once.
CREATE TABLE used_mail (
  digest  TEXT PRIMARY KEY,
  used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- outbox: every mail klachtd decided to send, one recipient a row, unique by key. Its bytes stand in frozen.
CREATE TABLE outbox (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- ids of withdrawn rows are not given out again
  key         TEXT    NOT NULL UNIQUE,     -- K2026-0007/acknowledgement/1/1, daily/2026-11-16/noor@example.nl
  case_id     TEXT    REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
  letter      TEXT    NOT NULL,
  meets       TEXT    NOT NULL,            -- JSON: the duties it meets
  variant     TEXT    NOT NULL,
  promised    TEXT,                        -- the day it promises the complainant
  recipient   TEXT    NOT NULL,
  lang        TEXT    NOT NULL,
  to_handler  INTEGER NOT NULL CHECK (to_handler IN (0, 1)),
  not_before  TEXT    NOT NULL,
  queued_at   TEXT    NOT NULL,
  state       TEXT    NOT NULL
              CHECK (state IN ('queued', 'sending', 'in_doubt', 'accepted', 'failed', 'withdrawn', 'held')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  doubts      INTEGER NOT NULL DEFAULT 0,  -- how often it came as far as the final dot without an answer
  next_try    TEXT,
  doubt_at    TEXT,                        -- the last time the final dot was about to be sent
  accepted_at TEXT,
  message_id  TEXT    NOT NULL,
  copied      INTEGER NOT NULL DEFAULT 0,  -- 1 once a copy lies in the Sent folder
  code        INTEGER NOT NULL DEFAULT 0,  -- of the answer that settled it, as reply, server and tls
  reply       TEXT    NOT NULL DEFAULT '',
  server      TEXT    NOT NULL DEFAULT '',
  tls         TEXT    NOT NULL DEFAULT '',
  due         TEXT    GENERATED ALWAYS AS (
                CASE WHEN state IN ('queued', 'sending', 'in_doubt')
                THEN max(not_before, coalesce(next_try, not_before)) END) VIRTUAL
) STRICT;
CREATE INDEX outbox_due ON outbox (to_handler, due, id) WHERE due IS NOT NULL;
CREATE INDEX outbox_case ON outbox (case_id, id);
CREATE INDEX outbox_message ON outbox (message_id);
CREATE INDEX outbox_uncopied ON outbox (accepted_at) WHERE state = 'accepted' AND copied = 0;
CREATE INDEX outbox_held ON outbox (id) WHERE state = 'held';
CREATE TRIGGER accepted_is_final BEFORE UPDATE OF state ON outbox
WHEN OLD.state = 'accepted' AND NEW.state <> 'accepted'
BEGIN
  SELECT RAISE(ABORT, 'an accepted letter stays accepted');
END;

-- frozen: the bytes of a letter, made at its first attempt and sent unchanged ever after.
CREATE TABLE frozen (
  row  INTEGER PRIMARY KEY REFERENCES outbox (id),
  hash TEXT NOT NULL,                      -- hex SHA-256 of raw
  raw  BLOB NOT NULL
) STRICT;
CREATE TRIGGER frozen_never_changes BEFORE UPDATE ON frozen
BEGIN
  SELECT RAISE(ABORT, 'the bytes of a letter are never changed');
END;

-- attempt: every try to send a row, with the server's own words.
CREATE TABLE attempt (
  row        INTEGER NOT NULL REFERENCES outbox (id),
  n          INTEGER NOT NULL,             -- 1, 2, 3, ...
  claimed_at TEXT    NOT NULL,
  doubt_at   TEXT,                         -- the final dot was about to be sent
  ended_at   TEXT,                         -- NULL while it runs, and for good when klachtd was killed
  outcome    TEXT    NOT NULL DEFAULT '',  -- accepted, failed, retry, in_doubt, ...
  code       INTEGER NOT NULL DEFAULT 0,
  reply      TEXT    NOT NULL DEFAULT '',
  server     TEXT    NOT NULL DEFAULT '',
  tls        TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (row, n)
) STRICT, WITHOUT ROWID;

-- meta: single values, such as the day of the last daily mail.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
