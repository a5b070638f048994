package check

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"beleg/internal/cite"

	"beleg/internal/check/judge"
	"beleg/internal/check/rule"
)

var updateLabels = flag.Bool("update-labels", false, "add new findings on the real posts to the labels, as ? to be read")

// label is what somebody who has read a finding says of it.
type label struct {
	id, verdict, severity, rule string // verdict: right, wrong or ?
	remark                      string
}

const labelsFile = "testdata/labels.tsv"

func readLabels(t *testing.T) map[string]label {
	t.Helper()
	raw, err := os.ReadFile(labelsFile)
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]label{}
	lines := bufio.NewScanner(strings.NewReader(string(raw)))
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "\t", 5)
		if len(f) != 5 {
			t.Fatalf("%s: %q has %d columns, want 5", labelsFile, line, len(f))
		}
		labels[f[0]] = label{f[0], f[1], f[2], f[3], f[4]}
	}
	return labels
}

// What is found in the real posts, checked together against recorded data, has been read by people: nearly all errors and
// warnings are right, none that was right is lost, and no post has many.
func TestLabelledFindings(t *testing.T) {
	const least, most = 0.9, 5
	shared := sharedFolder(t)
	cat := catalogue(t)
	engine := NewEngine(EngineConfig{Catalog: cat, Judge: judge.New(cat, recordedStore(t, shared), func() time.Time { return recordedDay }, judge.Config{})})
	var docs []*rule.Document
	for _, d := range postsAsPublished(t, shared) {
		if _, err := os.Stat(filepath.Join(shared, "posts", "listings", d.Path)); err != nil { // listings hold copies
			docs = append(docs, d)
		}
	}
	r, err := engine.Check(t.Context(), docs, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	labels := readLabels(t)
	found := map[string]label{}
	right, all := 0, 0
	for _, file := range r.Files {
		few := 0
		for i := range file.Findings {
			f := &file.Findings[i]
			known, ok := labels[f.ID]
			if f.Severity == cite.Note && !ok {
				continue
			}
			if !ok {
				known = label{verdict: "?", remark: fmt.Sprintf("%s: %s", file.Path, f.Message)}
			}
			known.id, known.severity, known.rule = f.ID, string(f.Severity), f.Rule
			found[f.ID] = known
			if f.Severity == cite.Note {
				continue
			}
			all++
			switch known.verdict {
			case "right":
				right++
			case "wrong":
			default:
				t.Errorf("%s: nobody has read %s %s %s: %s", file.Path, f.ID, f.Rule, f.Severity, f.Message)
			}
			if f.Rule != string(rule.TextDamage) {
				few++
			}
		}
		if few > most {
			t.Errorf("%s has %d errors and warnings", file.Path, few)
		}
	}
	for id, l := range labels {
		now, ok := found[id]
		switch {
		case !ok && l.verdict == "right":
			t.Errorf("%s is not found any more: %s %s", id, l.rule, l.remark)
		case ok && l.verdict == "right" && now.severity != l.severity:
			t.Errorf("%s was %s, is %s: %s", id, l.severity, now.severity, l.remark)
		}
	}
	if *updateLabels {
		writeLabels(t, found)
	}
	t.Logf("%d of %d errors and warnings are right", right, all)
	if float64(right) < least*float64(all) {
		t.Errorf("only %d of %d are right", right, all)
	}
}

func writeLabels(t *testing.T, found map[string]label) {
	t.Helper()
	var list []label
	for _, l := range found {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b label) int {
		return cmp.Or(strings.Compare(a.rule, b.rule), strings.Compare(a.remark, b.remark), strings.Compare(a.id, b.id))
	})
	var b strings.Builder
	b.WriteString("# Findings on the real posts, each read and labelled: id, right or wrong, severity, rule, remark.\n")
	for _, l := range list {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", l.id, l.verdict, l.severity, l.rule, l.remark)
	}
	if err := os.WriteFile(labelsFile, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
