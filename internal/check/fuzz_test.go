package check

import (
	"bytes"
	"context"
	"testing"

	"beleg/internal/cite"
	"beleg/internal/link"
	"beleg/internal/post"

	"beleg/internal/check/prose"
	"beleg/internal/check/rule"
)

// Whatever a file holds, a check of it ends, what it finds lies inside the file, and repairing damage takes nothing away
// but glued runs and adds nothing but dollar signs.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"Der Sektor wuchs von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden, ein Plus von 270 %. Der Umsatz lag bei 5 Millionen.",
		"---\ntitle: x\nbeleg: {series: lido-tvl}\n---\n\n# Lido\n\nLido holds $32 billion, 40 % of 80. <!-- beleg: ignore=\"x\" -->\n\n| TVL | 2025 |\n|---|---|\n| Lido | 5 Mrd. $ |\n",
		"<html lang=en><title>x</title><p>Up 50% from $20bn to $30bn, a CAGR of 8% over 5 years; 12 × $21m = $252m.",
		"Gr\xfc\xdfe: 40 % + 25 % = 65 von 90",
	} {
		f.Add([]byte(seed))
	}
	reader := Reader{Linker: link.New(catalogue(f), link.Config{})}
	engine := NewEngine(EngineConfig{Catalog: catalogue(f)})
	f.Fuzz(func(t *testing.T, raw []byte) {
		posts, err := post.Parse(raw, post.Options{Path: "x.md", Published: testDay})
		if err != nil {
			return
		}
		var docs []*rule.Document
		for i := range posts {
			docs = append(docs, &rule.Document{Path: "x.md", Post: &posts[i], Cited: reader.Read(&posts[i])})
		}
		r, err := engine.Check(context.Background(), docs, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		var findings []cite.Finding
		for _, file := range r.Files {
			for _, found := range file.Findings {
				if found.Start < 0 || found.End < found.Start || found.End > len(raw) || found.Message == "" || len(found.Figures) == 0 {
					t.Errorf("finding %+v of %d bytes", found, len(raw))
				}
			}
			findings = append(findings, file.Findings...)
		}
		fixed, n := prose.Fix(raw, findings)
		if n == 0 && !bytes.Equal(fixed, raw) {
			t.Errorf("nothing was repaired, but %q became %q", raw, fixed)
		}
		if !isSubsequence(bytes.ReplaceAll(fixed, []byte("$"), nil), raw) {
			t.Errorf("repairing %q put something else in: %q", raw, fixed)
		}
	})
}

// isSubsequence tells whether part can be had from whole by leaving bytes out.
func isSubsequence(part, whole []byte) bool {
	for _, b := range whole {
		if len(part) > 0 && part[0] == b {
			part = part[1:]
		}
	}
	return len(part) == 0
}
