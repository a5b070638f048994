// Package triage keeps what an editor has decided about findings: one JSON file that the command line and the pages read
// and write. It serves as the baseline of a check too: accepted findings are silenced.
package triage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"beleg/internal/atomicfile"
)

// State is what was decided about a finding.
type State string

// The states. An accepted finding is not reported again; a fixed one that appears again is, and so is an open one.
const (
	Open     State = "open"
	Accepted State = "accepted"
	Fixed    State = "fixed"
)

// Version is the version of the file's form that this package reads and writes.
const Version = 1

// Longest texts that an entry keeps, in characters, and the largest file that is read.
const (
	MaxText  = 200
	MaxBytes = 16 << 20
)

// ErrFormat is wrapped where a file is not one of these.
var ErrFormat = errors.New("not a file of findings")

// Entry is what was decided about one finding. Rule, Path and Text say which it was, for people who read the file.
type Entry struct {
	State State  `json:"state"`
	Rule  string `json:"rule,omitempty"`
	Path  string `json:"path,omitempty"`
	Text  string `json:"text,omitempty"`
	Note  string `json:"note,omitempty"`
	Since string `json:"since,omitempty"` // day of the decision, UTC
}

// List is a file's content: findings by id.
type List struct {
	Version  int              `json:"version"`
	Findings map[string]Entry `json:"findings"`
}

// Parse reads a list. Unknown keys, states and versions are errors, which wrap ErrFormat.
func Parse(raw []byte) (List, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	var l List
	if err := dec.Decode(&l); err != nil {
		return List{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return List{}, fmt.Errorf("%w: there is more behind its end", ErrFormat)
	}
	if l.Version != Version {
		return List{}, fmt.Errorf("%w: version %d; this Beleg reads version %d", ErrFormat, l.Version, Version)
	}
	for _, id := range slices.Sorted(maps.Keys(l.Findings)) {
		if !l.Findings[id].State.valid() {
			return List{}, fmt.Errorf("%w: %s: state %q; want open, accepted or fixed", ErrFormat, id, l.Findings[id].State)
		}
	}
	return l, nil
}

func (s State) valid() bool { return s == Open || s == Accepted || s == Fixed }

// Read reads a file. One that is not there gives an error that wraps fs.ErrNotExist.
func Read(path string) (List, error) {
	f, err := os.Open(path)
	if err != nil {
		return List{}, fmt.Errorf("read findings: %w", err)
	}
	defer func() { _ = f.Close() }() // opened for reading
	raw, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return List{}, fmt.Errorf("read findings: %w", err)
	}
	if len(raw) > MaxBytes {
		return List{}, fmt.Errorf("read findings: %s: %w: larger than %d bytes", path, ErrFormat, MaxBytes)
	}
	l, err := Parse(raw)
	if err != nil {
		return List{}, fmt.Errorf("read findings: %s: %w", path, err)
	}
	return l, nil
}

// Accepted is the ids of the findings that are not to be reported, sorted.
func (l List) Accepted() []string {
	var ids []string
	for id, e := range l.Findings {
		if e.State == Accepted {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Set puts an entry in; what it leaves empty is kept from the entry that was there. Texts are cut to MaxText.
func (l *List) Set(id string, e Entry) {
	if l.Findings == nil {
		l.Findings = map[string]Entry{}
	}
	old := l.Findings[id]
	for _, field := range []struct {
		into *string
		old  string
	}{{&e.Rule, old.Rule}, {&e.Path, old.Path}, {&e.Text, old.Text}, {&e.Note, old.Note}, {&e.Since, old.Since}} {
		if *field.into == "" {
			*field.into = field.old
		}
	}
	e.Text, e.Note = cut(e.Text), cut(e.Note)
	l.Findings[id] = e
}

func cut(s string) string {
	if r := []rune(s); len(r) > MaxText {
		return string(r[:MaxText-1]) + "…"
	}
	return s
}

// encode is the file's bytes: indented, ids in order, so that a version control shows what changed.
func (l List) encode() ([]byte, error) {
	l.Version = Version
	if l.Findings == nil {
		l.Findings = map[string]Entry{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(l)
	return b.Bytes(), err
}

// How long to wait for another process that writes the same file, how often to look, and after what time its lock is
// taken for one that a dead process left behind.
const (
	lockWait  = 5 * time.Second
	lockEvery = 20 * time.Millisecond
	lockStale = 30 * time.Second
)

// Update changes a file: it is read, changed and replaced as a whole, while nobody else who uses this package does so.
// A file that is not there begins empty. Where change gives an error nothing is written.
func Update(ctx context.Context, path string, change func(*List) error) error {
	unlock, err := lock(ctx, path+".lock")
	if err != nil {
		return fmt.Errorf("change findings: %w", err)
	}
	defer unlock()
	l, err := Read(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := change(&l); err != nil {
		return err
	}
	raw, err := l.encode()
	if err != nil {
		return fmt.Errorf("change findings: %w", err)
	}
	return atomicfile.Write(path, raw, 0o644)
}

// lock makes a file that only one process at a time can make.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	for {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			return func() { _ = os.Remove(path) }, f.Close() // a lock that stays is taken over once it is stale
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > lockStale {
			_ = os.Remove(path) // whoever is first makes the next one
			continue
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: another process is writing: %w", strings.TrimSuffix(path, ".lock"), ctx.Err())
		case <-time.After(lockEvery):
		}
	}
}
