package report

import (
	"io"
	"net/url"
	"path"
	"strings"

	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
)

// The parts of SARIF 2.1.0 (OASIS, 27 March 2020) that a report uses.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine,omitempty"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndLine     int        `json:"endLine,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"`
		ByteOffset  int        `json:"byteOffset"`
		ByteLength  int        `json:"byteLength"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

const (
	sarifVersion     = "2.1.0"
	sarifSchema      = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifFingerprint = "belegFinding/v1"
)

// ruleTexts say in a sentence what each rule finds.
var ruleTexts = map[rule.Rule]string{
	rule.DataMismatch: "A figure that differs from recorded data beyond its written precision.",
	rule.DataRevised:  "A figure that was right when published and has been revised since.",
	rule.DataStale:    "A figure that was right and has moved since.",
	rule.MathGrowth:   "A growth that does not follow from its ends.",
	rule.MathShare:    "A share that does not follow from the part and the whole.",
	rule.MathSum:      "Parts that do not add up to their sum.",
	rule.MathCAGR:     "A compound rate that does not follow from its ends and years.",
	rule.MathProduct:  "A product of rate and time, or price and count, that does not follow.",
	rule.Conflict:     "Two values for the same thing at the same time that cannot both hold.",
	rule.Scale:        "A figure that is off by a factor of a thousand.",
	rule.Translation:  "A figure that differs between a post and its translation.",
	rule.TextDamage:   "Text that a page typeset as a formula.",
	rule.TextCurrency: "An amount whose currency nothing gives.",
	rule.TextPeriod:   "Figures that will age without a date.",
	rule.SourceNone:   "A checkable claim that names no source.",
}

// writeSARIF writes a report as a SARIF log. What a check could not do is a notification of its invocation.
func writeSARIF(w io.Writer, r *check.Report, o Options) error {
	s := sarifWriter{pages: pages{file: o.File}, index: map[string]int{}}
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "Beleg", Version: o.Version}
	for i, rule := range rule.Rules {
		s.index[string(rule)] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: string(rule), ShortDescription: sarifText{ruleTexts[rule]}})
	}
	run.Invocations = []sarifInvocation{{ExecutionSuccessful: true, Notifications: notifications(r)}}
	for i := range r.Files {
		for n := range r.Files[i].Findings {
			run.Results = append(run.Results, s.result(&r.Files[i], &r.Files[i].Findings[n]))
		}
	}
	return encode(w, sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{run}})
}

// notifications are the rules that were not run, and what was odd about the files.
func notifications(r *check.Report) []sarifNotification {
	var list []sarifNotification
	for _, s := range r.Summary.RulesSkipped {
		list = append(list, sarifNotification{Level: "note", Message: sarifText{s.Rule + " was not run: " + s.Reason}})
	}
	for i := range r.Files {
		for _, w := range r.Files[i].Warnings {
			list = append(list, sarifNotification{Level: "warning", Message: sarifText{w}})
		}
	}
	return list
}

type sarifWriter struct {
	pages pages
	index map[string]int // of rules
}

func (s *sarifWriter) result(file *check.File, f *cite.Finding) sarifResult {
	res := sarifResult{RuleID: f.Rule, RuleIndex: s.index[f.Rule], Level: string(f.Severity),
		Message:      sarifText{sarifMessage(f)},
		Locations:    []sarifLocation{{Physical: s.physical(file.Path, f.Start, f.End, true)}},
		Fingerprints: map[string]string{sarifFingerprint: f.ID}}
	for i, r := range f.Related {
		res.Related = append(res.Related, sarifLocation{ID: i + 1, Message: &sarifText{r.Text}, Physical: s.physical(r.Path, r.Start, r.End, false)})
	}
	if f.Suggestion != nil {
		at := s.physical(file.Path, f.Suggestion.Start, f.Suggestion.End, false)
		deleted := sarifRegion{ByteOffset: f.Suggestion.Start, ByteLength: f.Suggestion.End - f.Suggestion.Start}
		if at.Region != nil {
			deleted = *at.Region
		}
		res.Fixes = []sarifFix{{Description: sarifText{f.Message}, Changes: []sarifChange{{Artifact: at.Artifact,
			Replacements: []sarifReplacement{{Deleted: deleted, Inserted: sarifText{f.Suggestion.Text}}}}}}}
	}
	return res
}

// sarifMessage is what is shown of a finding where nothing but its text is.
func sarifMessage(f *cite.Finding) string {
	if f.Evidence.Formula == "" {
		return f.Message
	}
	return f.Message + "\n" + f.Evidence.Formula
}

func (s *sarifWriter) physical(file string, start, end int, snippet bool) sarifPhysical {
	at := sarifPhysical{Artifact: sarifArtifact{artifactURI(file)}}
	p := s.pages.of(file)
	if p == nil {
		return at
	}
	from, to := p.at(start), p.at(end)
	at.Region = &sarifRegion{StartLine: from.line, StartColumn: from.column, EndLine: to.line, EndColumn: to.column,
		ByteOffset: start, ByteLength: end - start}
	if snippet {
		at.Region.Snippet = &sarifText{legible(p.raw[min(start, len(p.raw)):min(max(end, start), len(p.raw))])}
	}
	return at
}

// artifactURI is a path as a relative reference, an absolute one as a file URI, and an address as it is.
func artifactURI(file string) string {
	switch {
	case strings.Contains(file, "://"):
		return file
	case file == "-":
		return "stdin"
	}
	u := url.URL{Path: slashed(file)}
	if path.IsAbs(u.Path) {
		u.Scheme = "file"
	}
	return strings.TrimPrefix(u.String(), "./")
}
