package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"beleg/internal/atomicfile"
	"beleg/internal/check"
	"beleg/internal/check/prose"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
)

// fix repairs damaged text in the given files, or in standard input, which is read and then stands repaired in its place.
func (j *checkJob) fix(ctx context.Context) error {
	given, unread := j.drafts.read(ctx, j.Files)
	if unread != nil {
		return unread // nothing is changed where not everything is understood
	}
	var errs []error
	for _, path := range slices.Sorted(maps.Keys(given.files)) {
		errs = append(errs, j.fixFile(ctx, path, given.files[path]))
	}
	return errors.Join(errs...)
}

func (j *checkJob) fixFile(ctx context.Context, path string, raw []byte) error {
	fixed, n, err := j.repair(ctx, path, raw)
	if err != nil {
		return fmt.Errorf("repair %s: %w", path, err)
	}
	if path == stdinName {
		if _, err := j.env.Stdout.Write(fixed); err != nil {
			return fmt.Errorf("write the repaired text: %w", err)
		}
		j.env.Stdin = bytes.NewReader(fixed)
	} else if n > 0 {
		if err := atomicfile.Write(path, fixed, 0o644); err != nil {
			return err
		}
	}
	if n > 0 {
		_, _ = fmt.Fprintf(j.env.Stderr, "beleg: %s: damage repaired: %d\n", inputName(path), n)
	}
	return nil
}

// repair gives the bytes of a file with all its damage repaired, and of how many passages.
func (j *checkJob) repair(ctx context.Context, path string, raw []byte) ([]byte, int, error) {
	posts, err := j.drafts.parse(raw, path, map[string][]byte{})
	if err != nil {
		return nil, 0, err
	}
	var docs []*rule.Document
	for i := range posts {
		docs = append(docs, &rule.Document{Path: path, Post: &posts[i], Cited: j.reader.Read(&posts[i])})
	}
	r, err := check.NewEngine(check.EngineConfig{Catalog: j.built, Settings: j.settings}).Check(ctx, docs, nil, "")
	if err != nil {
		return nil, 0, err
	}
	var findings []cite.Finding
	for i := range r.Files {
		findings = append(findings, r.Files[i].Findings...)
	}
	fixed, n := prose.Fix(raw, findings)
	return fixed, n, nil
}
