// Package report writes what a check found: as text for a terminal, as JSON, as SARIF for code scanning, and as
// annotations of a GitHub workflow.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"beleg/internal/check"
	"beleg/internal/unit"
)

// Options are what a report's writers need besides what was found.
type Options struct {
	// File gives the bytes of a file that was checked, by the path the report calls it; nil for one that is not at hand.
	// Without them a finding has no line, column or excerpt.
	File    func(path string) []byte
	Lang    unit.Lang // of the report's own words; "" is each file's own language
	Colour  bool      // text only
	Now     time.Time // for the age of the data
	Version string    // of Beleg
}

// Format is how a report is written.
type Format string

// The formats.
const (
	FormatText   Format = "text"
	FormatJSON   Format = "json"
	FormatSARIF  Format = "sarif"
	FormatGitHub Format = "github"
)

// Write writes a report in a format; errors are those of the writer.
func Write(w io.Writer, format Format, r *check.Report, o Options) error {
	write, ok := writers[format]
	if !ok {
		return fmt.Errorf("write report: no such format: %q", format)
	}
	if err := write(w, r, o); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

var writers = map[Format]func(io.Writer, *check.Report, Options) error{
	FormatText:   writeText,
	FormatJSON:   writeJSON,
	FormatSARIF:  writeSARIF,
	FormatGitHub: writeGitHub,
}

// writeJSON writes the report as the contract has it, indented.
func writeJSON(w io.Writer, r *check.Report, _ Options) error { return encode(w, r) }

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
