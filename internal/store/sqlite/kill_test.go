package sqlite_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	driver "modernc.org/sqlite"

	"beleg/internal/market"
	"beleg/internal/store/sqlite"
)

// The tests here start this test binary again as a process that writes, kill it, and look at what it left behind.
const (
	childDir    = "STORE_TEST_CHILD_DIR"     // where to write; makes the process a child
	childKillAt = "STORE_TEST_CHILD_KILL_AT" // kill yourself at that write of the second batch; else write until killed
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir, os.Getenv(childKillAt)); err != nil {
			_, _ = fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const killDay = 20_000 // a day in 2024, the period of batch 0

var killSeries = []string{"a", "b", "c", "d"}

// batch n of a process that is killed: for each series the final value of one day, a revision of the day before, the provisional
// value of the day after, and every third time a value held back; all told by one answer.
func killBatch(n int) market.Batch {
	body := []byte(strings.Repeat(fmt.Sprintf(`{"day":%d}`, n), 50))
	sum := sha256.Sum256(body)
	b := market.Batch{
		Run:     market.Run{Job: "job", Source: "s", Started: killTime(n)},
		Payload: &market.Payload{Source: "s", URL: "u", SHA256: hex.EncodeToString(sum[:]), FetchedAt: killTime(n), Body: body},
		Origin:  market.Origin{Kind: market.FromPayload, Source: "s", URL: "u", FetchedAt: killTime(n)},
		URL:     "u", Next: market.Validators{ETag: strconv.Itoa(n)},
	}
	for _, series := range killSeries {
		sp := market.SeriesPoints{Series: series, Points: []market.Point{
			{Period: market.DayNumber(killDay + n), Value: float64(n), Status: market.Final},
			{Period: market.DayNumber(killDay + n + 1), Value: -float64(n), Status: market.Provisional},
		}}
		if n > 0 {
			sp.Points = append(sp.Points, market.Point{Period: market.DayNumber(killDay + n - 1), Value: float64(n) - 0.5, Status: market.Final})
		}
		if n%3 == 1 {
			sp.Held = []market.Held{{Period: market.DayNumber(killDay + n + 2), Value: float64(n), Reason: "held"}}
		}
		b.Points = append(b.Points, sp)
	}
	return b
}

func killTime(n int) time.Time { return market.DayNumber(killDay + n).Start().Add(12 * time.Hour) }

func openAt(dir string, n int) (*sqlite.Store, error) {
	s, err := sqlite.Open(context.Background(), sqlite.Config{Path: filepath.Join(dir, "beleg.db"), Now: func() time.Time { return killTime(n) },
		PayloadFullEvery: 4})
	if err != nil {
		return nil, err
	}
	var all []market.Series
	for _, id := range killSeries {
		all = append(all, market.Series{ID: id, Source: "s"})
	}
	return s, s.SyncSeries(context.Background(), all)
}

// child writes batches from where it finds the store, and prints the number of each once it is committed.
func child(dir, killAt string) error {
	arm := func() {}
	if killAt != "" {
		at, err := strconv.ParseInt(killAt, 10, 64)
		if err != nil {
			return err
		}
		arm = dieAt(at)
	}
	s, err := openAt(dir, 0)
	if err != nil {
		return err
	}
	n, err := committed(s)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	for ; ; n++ {
		if n == 2 && killAt != "" {
			return nil
		}
		if n == 1 {
			err = childBatch(dir, n, arm)
		} else {
			err = childBatch(dir, n, func() {})
		}
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// childBatch opens the store at the batch's own time and writes it; ready is called when the run has started.
func childBatch(dir string, n int, ready func()) error {
	s, err := openAt(dir, n)
	if err != nil {
		return err
	}
	b := killBatch(n)
	if b.Run.ID, err = s.StartRun(context.Background(), b.Run); err != nil {
		return err
	}
	ready()
	if _, err := s.CommitBatch(context.Background(), b); err != nil {
		return err
	}
	return s.Close()
}

// dieAt has the process kill itself before the so-manieth row or commit that it writes once armed, in whichever file.
func dieAt(at int64) (arm func()) {
	var armed atomic.Bool
	var writes atomic.Int64
	count := func() {
		if armed.Load() && writes.Add(1) == at {
			die()
		}
	}
	driver.RegisterConnectionHook(func(conn driver.ExecQuerierContext, _ string) error {
		hooks, ok := conn.(driver.HookRegisterer)
		if !ok {
			return errors.New("the driver has no hooks")
		}
		hooks.RegisterPreUpdateHook(func(driver.SQLitePreUpdateData) { count() })
		hooks.RegisterCommitHook(func() int32 { count(); return 0 })
		return nil
	})
	return func() { armed.Store(true) }
}

func die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

// committed is the number of batches in a store, by the runs that ended well.
func committed(s *sqlite.Store) (int, error) {
	runs, err := s.Runs(context.Background(), market.RunQuery{Limit: 1_000_000})
	n := 0
	for _, r := range runs {
		if r.Outcome == market.Succeeded {
			n++
		}
	}
	return n, err
}

// requireBatches checks that a store whose process died holds the first so many batches whole, and nothing of another.
func requireBatches(t *testing.T, s *sqlite.Store, want int) {
	t.Helper()
	ctx := t.Context()
	for _, series := range killSeries {
		obs, err := s.Observations(ctx, series, market.ObservationQuery{})
		if err != nil {
			t.Fatal(err)
		}
		if want > 0 && len(obs) != want+1 {
			t.Fatalf("series %s has %d values after %d batches, want %d", series, len(obs), want, want+1)
		}
		for i, o := range obs {
			value := float64(i) + 0.5 // revised by the next batch
			switch i {
			case want - 1:
				value = float64(i)
			case want:
				value = -float64(i - 1) // provisional
			}
			if o.Period != market.DayNumber(killDay+i) || o.Value != value {
				t.Fatalf("series %s has %v for %s after %d batches, want %v for %s", series, o.Value, o.Period, want, value, market.DayNumber(killDay+i))
			}
			origin, err := s.Origin(ctx, o.Origin)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Payload(ctx, origin.SHA256); err != nil {
				t.Fatalf("what %s of %s rests on: %v", o.Period, series, err)
			}
		}
	}
	runs, err := s.Runs(ctx, market.RunQuery{Limit: 1_000_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		whole := r.Outcome == market.Succeeded && r.New >= len(killSeries)
		if !whole && r.Outcome != market.Interrupted {
			t.Fatalf("a half run: %+v", r)
		}
	}
	held, err := s.Quarantine(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range held {
		if n := h.Period.Day() - killDay - 2; n >= want {
			t.Fatalf("a value held back by batch %d, of which only %d are there", n, want)
		}
	}
	v, err := s.Validators(ctx, "u")
	if err != nil {
		t.Fatal(err)
	}
	if want > 0 && v.ETag != strconv.Itoa(want-1) {
		t.Fatalf("validators %q after %d batches", v.ETag, want)
	}
}

func startChild(t *testing.T, dir string, env ...string) (*exec.Cmd, io.Reader) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(append(os.Environ(), childDir+"="+dir), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

// TestKilledAtRandom kills a process that writes one batch after another, several times over the same files.
func TestKilledAtRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes, which takes seconds")
	}
	dir := t.TempDir()
	acknowledged := 0
	for round := range 8 {
		cmd, out := startChild(t, dir)
		lines := bufio.NewScanner(out)
		for left := 1 + rand.IntN(8); left > 0 && lines.Scan(); left-- {
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatal(err)
			}
			acknowledged = n + 1
		}
		time.Sleep(time.Duration(rand.IntN(8_000)) * time.Microsecond) // anywhere in the next batch
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			if n, err := strconv.Atoi(lines.Text()); err == nil {
				acknowledged = n + 1
			}
		}
		_ = cmd.Wait() // it was killed

		requireReadable(t, dir, acknowledged)
		s, err := openAt(dir, acknowledged)
		if err != nil {
			t.Fatalf("open after kill %d: %v", round, err)
		}
		if _, err := s.InterruptRuns(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := committed(s)
		if err != nil {
			t.Fatal(err)
		}
		if n != acknowledged && n != acknowledged+1 { // it may die between the commit and saying so
			t.Fatalf("kill %d: %d batches were acknowledged, %d are there", round, acknowledged, n)
		}
		requireBatches(t, s, n)
		requireHealthy(t, s)
		acknowledged = n
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// requireReadable opens what a killed process left for reading only, which must not need a writer to clean up first.
func requireReadable(t *testing.T, dir string, acknowledged int) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: filepath.Join(dir, "beleg.db"), ReadOnly: true})
	if err != nil {
		t.Fatalf("open for reading after a kill: %v", err)
	}
	obs, err := s.Observations(t.Context(), killSeries[0], market.ObservationQuery{})
	if err := errors.Join(err, s.Close()); err != nil || len(obs) < acknowledged+1 {
		t.Fatalf("%d values can be read after a kill and %d batches, %v", len(obs), acknowledged, err)
	}
}

// TestKilledWhileCreating kills a process that is making a new store: what it leaves can be opened.
func TestKilledWhileCreating(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes, which takes seconds")
	}
	for round := range 12 {
		dir := t.TempDir()
		cmd, _ := startChild(t, dir)
		time.Sleep(time.Duration(rand.IntN(60_000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		s, err := openAt(dir, 0)
		if err != nil {
			t.Fatalf("open after kill %d: %v", round, err)
		}
		requireHealthy(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledBetweenAnyTwoWrites has a process die at the first, second, third … row or commit that a batch writes, until it no
// longer gets that far. What it leaves is the batch before, and the batch can be written again.
func TestKilledBetweenAnyTwoWrites(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes, which takes seconds")
	}
	const fewest = 20 // origin, payload, four series of four rows, validators, run, two commits
	for at := 1; ; at++ {
		dir := t.TempDir()
		cmd, out := startChild(t, dir, childKillAt+"="+strconv.Itoa(at))
		printed, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		died := cmd.Wait() != nil
		if !died {
			t.Logf("a batch takes %d writes", at-1)
			if at < fewest {
				t.Fatalf("the batch took only %d writes", at)
			}
			return
		}
		if got := strings.Fields(string(printed)); len(got) != 1 {
			t.Fatalf("killed at write %d after batches %v", at, got)
		}
		requireOneBatch(t, dir, at)
	}
}

func requireOneBatch(t *testing.T, dir string, at int) {
	t.Helper()
	s, err := openAt(dir, 1)
	if err != nil {
		t.Fatalf("open after a kill at write %d: %v", at, err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	if n, err := s.InterruptRuns(t.Context()); n != 1 || err != nil {
		t.Fatalf("kill at write %d: %d runs interrupted, %v", at, n, err)
	}
	requireBatches(t, s, 1)
	requireHealthy(t, s)
	if _, err := s.CommitBatch(t.Context(), killBatch(1)); err != nil {
		t.Fatalf("the batch again after a kill at write %d: %v", at, err)
	}
	requireBatches(t, s, 2)
}
