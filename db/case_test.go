package db

import (
	"database/sql"
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// bodies holds one of every kind of fact.
var bodies = []complaint.Body{
	complaint.Opened{}, complaint.Registered{}, complaint.Described{}, complaint.Dismissed{}, complaint.ResolvedAtOnce{},
	complaint.ReceiptMoved{}, complaint.Reached{}, complaint.Called{}, complaint.PersonNamed{}, complaint.NoPersonConcerned{}, complaint.Responded{},
	complaint.NoResponse{}, complaint.Judged{}, complaint.Weighed{}, complaint.Offered{}, complaint.NoOffer{},
	complaint.Reacted{}, complaint.Resolved{}, complaint.ReportWritten{}, complaint.MeasureTaken{}, complaint.NoMeasure{},
	complaint.Declined{}, complaint.Approved{}, complaint.Held{}, complaint.Released{}, complaint.Undone{},
	complaint.Noted{}, complaint.Filed{}, complaint.Sent{}, complaint.Undelivered{},
	complaint.ComplainantAdded{}, complaint.Authority{}, complaint.Asked{}, complaint.ProgressOrdered{}, complaint.Extended{}, complaint.Thinking{}, complaint.Told{}, complaint.MeasureDone{}, complaint.Committed{},
	complaint.CommitmentMoved{}, complaint.CommitmentKept{}, complaint.Referred{}, complaint.Withdrawn{}, complaint.Reopened{}, complaint.MergedInto{}, complaint.Merged{}, complaint.Linked{}, complaint.HandedOver{},
	complaint.Printed{}, complaint.Posted{}, complaint.Confided{}, complaint.Categorised{}, complaint.Retained{}, complaint.Forced{}, complaint.MarkedTest{}, complaint.Rewritten{},
}

// declared lists the kinds of facts as the source of complaint declares them.
func declared(t *testing.T) (names []string) {
	for _, file := range sources(t, "../complaint") {
		for _, d := range file.Decls {
			if f, isFunc := d.(*ast.FuncDecl); isFunc && f.Recv != nil && f.Name.Name == "fact" {
				names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// fill sets every field to something.
func fill(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = monday.UTC()
		return
	case *calendar.Date:
		*x = calendar.NewDate(2026, 11, 2)
		return
	case *calendar.Term:
		*x = calendar.Term{N: 6, Unit: calendar.Weeks}
		return
	case *map[complaint.Kind]string:
		*x = map[complaint.Kind]string{complaint.Confirmation: "Awb 9:11 lid 1"}
		return
	case *calendar.Holidays:
		*x = calendar.Dutch()
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("één ding\x00\u2028" + v.Type().Name())
	case reflect.Int:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	default:
		panic("no way to fill " + v.Type().String())
	}
}

func TestEveryKindOfFactComesBackAsItWas(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	var names []string
	var facts []complaint.Fact
	for _, b := range bodies {
		names = append(names, reflect.TypeOf(b).Name())
		for range 2 { // once empty, once full
			facts = append(facts, complaint.Fact{On: calendar.NewDate(2026, 11, 3), At: monday, By: "noor@example.nl", Mail: "m2", Body: b})
			full := reflect.New(reflect.TypeOf(b)).Elem()
			fill(full)
			b = full.Interface().(complaint.Body)
		}
	}
	slices.Sort(names)
	if want := declared(t); !slices.Equal(names, want) {
		t.Fatalf("this test knows the kinds %v, complaint has %v", names, want)
	}
	update(t, db, func(tx *Tx) {
		stored := must[[]complaint.Fact](t)(tx.Append(c, facts...))
		read := must[[]complaint.Fact](t)(tx.Facts(c))[1:]
		for i := range facts {
			if !reflect.DeepEqual(read[i], stored[i]) {
				t.Errorf("fact %d read\n%#v, stored\n%#v", i, read[i], stored[i])
			}
			if !reflect.DeepEqual(read[i].Body, facts[i].Body) {
				t.Errorf("body read\n%#v, want\n%#v", read[i].Body, facts[i].Body)
			}
			if read[i].Seq != i+2 || !read[i].At.Equal(monday) || read[i].On != facts[i].On || read[i].By != facts[i].By || read[i].Mail != "m2" {
				t.Errorf("fact %d came back as %+v", i, read[i])
			}
		}
		ok(t, tx.VerifyChain(c))
	})
}

func TestFirstFactOpensTheCase(t *testing.T) {
	db := open(t)
	noted := complaint.Fact{On: calendar.NewDate(2026, 11, 2), At: monday, Body: complaint.Noted{}}
	err := db.Update(t.Context(), func(tx *Tx) error { _, err := tx.Append("K2026-0001", noted); return err })
	wantError(t, err, "open case K2026-0001", "want complaint.Opened")
	err = db.Update(t.Context(), func(tx *Tx) error { _, err := tx.Append("klacht 7", opened("klacht 7", "")); return err })
	wantError(t, err, "look like K2026-0007")
	err = db.Update(t.Context(), func(tx *Tx) error {
		f := opened("K2026-0001", "")
		o := f.Body.(complaint.Opened)
		o.Received = 0
		f.Body = o
		_, err := tx.Append("K2026-0001", f)
		return err
	})
	wantError(t, err, "no date of receipt")
	view(t, db, func(tx *Tx) {
		if all := must[[]complaint.CaseID](t)(tx.Cases()); len(all) != 0 {
			t.Errorf("cases %v, want none", all)
		}
	})
}

func TestFactsCannotBeChanged(t *testing.T) {
	db := open(t)
	newCase(t, db, "anna@example.nl")
	for _, change := range []string{`body = '{}'`, `happened_on = '2026-01-01'`, `seq = 7`} {
		_, err := db.writer.Exec(`UPDATE fact SET ` + change)
		wantError(t, err, "a fact is never changed")
	}
}

func TestTamperingShows(t *testing.T) {
	for _, c := range []struct{ change, where string }{
		{`UPDATE fact SET body = replace(body, 'klacht', 'vraag') WHERE seq = 2`, "fact 2"},
		{`UPDATE fact SET happened_on = '2026-11-09' WHERE seq = 2`, "fact 2"},
		{`UPDATE fact SET recorded_at = '2026-11-09T10:00:00.000Z' WHERE seq = 3`, "fact 3"},
		{`UPDATE fact SET actor = 'klachtd' WHERE seq = 2`, "fact 2"},
		{`UPDATE fact SET mail = 'x' WHERE seq = 2`, "fact 2"},
		{`UPDATE fact SET kind = 'offered' WHERE seq = 2`, "fact 2"},
		{`UPDATE fact SET salt = x'00' WHERE seq = 2`, "fact 2"},
		{`UPDATE fact SET salt = NULL, digest = x'00' WHERE seq = 2`, "fact 2"},
		{`DELETE FROM fact WHERE seq = 2`, "fact 2 is missing"},
		{`DELETE FROM fact WHERE seq = 1`, "fact 1 is missing"},
		{`UPDATE fact SET seq = 9 WHERE seq = 2; UPDATE fact SET seq = 2 WHERE seq = 3; UPDATE fact SET seq = 3 WHERE seq = 9`, "fact 2"},
	} {
		db := open(t)
		id := newCase(t, db, "anna@example.nl")
		update(t, db, func(tx *Tx) {
			for n := range 3 {
				must[[]complaint.Fact](t)(tx.Append(id, note(n)))
			}
			ok(t, tx.VerifyChain(id))
		})
		must[sql.Result](t)(db.writer.Exec(`DROP TRIGGER fact_never_changes`))
		must[sql.Result](t)(db.writer.Exec(c.change))
		err := db.View(t.Context(), func(tx *Tx) error { return tx.VerifyChain(id) })
		wantError(t, err, "case K2026-0001", c.where)
	}
}

// Who rewrites a fact, hash and all, would have to rewrite all that came after it.
func TestRewrittenFactBreaksTheNext(t *testing.T) {
	db := open(t)
	id := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		must[[]complaint.Fact](t)(tx.Append(id, note(1), note(2)))
		first := link{}
		must[bool](t)(tx.one(`SELECT hash FROM fact WHERE seq = 1`, nil, &first.hash))
		l := link{seq: 2, salt: []byte("salt")}
		must[bool](t)(tx.one(`SELECT happened_on, recorded_at, actor, mail, kind FROM fact WHERE seq = 2`, nil,
			&l.on, &l.at, &l.actor, &l.mail, &l.kind))
		l.digest = l.bodyDigest([]byte(`{"text":"niets"}`))
		l.hash = l.chain(id, first.hash)
		must[int](t)(tx.exec(`DROP TRIGGER fact_never_changes`))
		must[int](t)(tx.exec(`UPDATE fact SET body = '{"text":"niets"}', salt = ?, digest = ?, hash = ? WHERE seq = 2`, l.salt, l.digest, l.hash))
		wantError(t, tx.VerifyChain(id), "fact 3 is not what was recorded")
	})
}

func note(n int) complaint.Fact {
	return complaint.Fact{On: calendar.NewDate(2026, 11, 3), At: monday, By: "noor@example.nl", Body: complaint.Noted{Text: fmt.Sprint("klacht ", n)}}
}

func TestErasedBodyLeavesTheChainWhole(t *testing.T) {
	db := open(t)
	id := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		must[[]complaint.Fact](t)(tx.Append(id, note(1), note(2)))
		for _, s := range []string{
			`CREATE TEMP TABLE kept AS SELECT * FROM fact WHERE seq = 2`,
			`DELETE FROM fact WHERE seq = 2`,
			`INSERT INTO fact SELECT case_id, seq, happened_on, recorded_at, actor, mail, kind, '{"text":""}', NULL, digest, hash FROM kept`,
		} {
			must[int](t)(tx.exec(s))
		}
		ok(t, tx.VerifyChain(id))
		if facts := must[[]complaint.Fact](t)(tx.Facts(id)); facts[1].Body != (complaint.Noted{}) {
			t.Errorf("body %v, want an empty note", facts[1].Body)
		}
	})
}

func TestNumbersAreGivenOutOnce(t *testing.T) {
	db := open(t)
	update(t, db, func(tx *Tx) {
		for _, want := range []complaint.CaseID{"K2026-0001", "K2026-0002"} {
			if got := must[complaint.CaseID](t)(tx.NextNumber(2026)); got != want {
				t.Errorf("number %s, want %s", got, want)
			}
		}
		must[int](t)(tx.exec(`UPDATE number SET last = 9998`))
	})
	db.Update(t.Context(), func(tx *Tx) error {
		must[complaint.CaseID](t)(tx.NextNumber(2026))
		return fmt.Errorf("not after all")
	})
	for range 3 {
		newCase(t, db, "anna@example.nl")
	}
	update(t, db, func(tx *Tx) {
		must[[]complaint.Fact](t)(tx.Append("K2027-0001", opened("K2027-0001", "")))
		want := []complaint.CaseID{"K2026-9999", "K2026-10000", "K2026-10001", "K2027-0001"}
		if got := must[[]complaint.CaseID](t)(tx.Cases()); !slices.Equal(got, want) {
			t.Errorf("cases %v, want %v", got, want)
		}
	})
}

func TestCasesOfAComplainant(t *testing.T) {
	db := open(t)
	a := newCase(t, db, "Anna@Example.nl")
	newCase(t, db, "bea@example.nl")
	b := newCase(t, db, "anna+klacht@example.nl")
	newCase(t, db, "")
	update(t, db, func(tx *Tx) {
		if got := must[[]complaint.CaseID](t)(tx.CasesOf("ANNA@example.nl")); !slices.Equal(got, []complaint.CaseID{a, b}) {
			t.Errorf("cases %v, want %v", got, []complaint.CaseID{a, b})
		}
		if got := must[[]complaint.CaseID](t)(tx.CasesOf("")); len(got) != 0 {
			t.Errorf("cases of nobody: %v", got)
		}
	})
}

func TestDueIsWhatWakesByNow(t *testing.T) {
	db := open(t)
	a, b, c := newCase(t, db, "a@example.nl"), newCase(t, db, "b@example.nl"), newCase(t, db, "c@example.nl")
	update(t, db, func(tx *Tx) {
		due := func(now time.Time, want ...complaint.CaseID) {
			t.Helper()
			if got := must[[]complaint.CaseID](t)(tx.Due(now, 10)); !slices.Equal(got, want) {
				t.Errorf("due at %v: %v, want %v", now, got, want)
			}
		}
		if got := must[[]complaint.CaseID](t)(tx.Due(monday, 10)); len(got) != 3 {
			t.Errorf("a new case is due at once, but due are %v", got)
		}
		later := monday.Add(time.Hour)
		ok(t, tx.SetWake(a, later, false))
		ok(t, tx.SetWake(b, monday.Add(time.Minute), false))
		ok(t, tx.SetWake(c, time.Time{}, true))
		due(monday)
		due(later.Add(-time.Millisecond), b)
		due(later, b, a)
		if got := must[[]complaint.CaseID](t)(tx.Due(later, 1)); !slices.Equal(got, []complaint.CaseID{b}) {
			t.Errorf("the first due is %v, want %v", got, b)
		}
		if at := must[time.Time](t)(tx.NextWake()); !at.Equal(monday.Add(time.Minute)) {
			t.Errorf("next wake %v", at)
		}
		if got := must[[]complaint.CaseID](t)(tx.OpenCases()); !slices.Equal(got, []complaint.CaseID{a, b}) {
			t.Errorf("open cases %v", got)
		}
		ok(t, tx.SetWake(a, time.Time{}, true))
		ok(t, tx.SetWake(b, time.Time{}, true))
		if at := must[time.Time](t)(tx.NextWake()); !at.IsZero() {
			t.Errorf("next wake %v, want never", at)
		}
		wantError(t, tx.SetWake("K2026-0999", later, false), "K2026-0999", "not known")
	})
}

func TestThreads(t *testing.T) {
	db := open(t)
	a, b := newCase(t, db, "a@example.nl"), newCase(t, db, "b@example.nl")
	update(t, db, func(tx *Tx) {
		ok(t, tx.SetThread("x@example.nl", a))
		ok(t, tx.SetThread("x@example.nl", b)) // filed elsewhere after all
		ok(t, tx.SetThread("", a))             // mails without a Message-ID have nothing in common
		if c, known, err := tx.Thread("x@example.nl"); c != b || !known || err != nil {
			t.Errorf("thread %v %v %v, want %v", c, known, err, b)
		}
		if _, known, _ := tx.Thread(""); known {
			t.Error("no Message-ID belongs to a case")
		}
	})
	err := db.Update(t.Context(), func(tx *Tx) error { return tx.SetThread("y@example.nl", "K2026-0999") })
	wantError(t, err, "FOREIGN KEY")
}
