package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"beleg/internal/check"
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// writeText writes a report for people: the counts and the data first, then each post with its findings, then totals.
func writeText(w io.Writer, r *check.Report, o Options) error {
	t := textWriter{o: o, style: newStyle(o.Colour), pages: pages{file: o.File}, lang: o.Lang}
	if t.lang == "" {
		t.lang = commonLang(r)
	}
	t.head(r)
	quiet := 0
	for i := range r.Files {
		f := &r.Files[i]
		if len(f.Findings) == 0 && len(f.Warnings) == 0 && len(r.Files) > 1 {
			quiet++
			continue
		}
		t.post(f)
	}
	t.totals(r, quiet)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// commonLang is the language that all posts are in, else English.
func commonLang(r *check.Report) unit.Lang {
	for i := range r.Files {
		if r.Files[i].Lang != string(unit.German) {
			return unit.English
		}
	}
	if len(r.Files) == 0 {
		return unit.English
	}
	return unit.German
}

// style is the escape sequences of a report in colour; without colour all are empty.
type style struct{ bold, dim, error, warning, note, mark, off string }

func newStyle(colour bool) style {
	if !colour {
		return style{}
	}
	return style{bold: "\x1b[1m", dim: "\x1b[2m", error: "\x1b[1;31m", warning: "\x1b[1;33m", note: "\x1b[1;36m",
		mark: "\x1b[1;4m", off: "\x1b[0m"}
}

func (s style) of(severity cite.Severity) string {
	switch severity {
	case cite.Error:
		return s.error
	case cite.Warning:
		return s.warning
	}
	return s.note
}

// pages keeps the lines of files that were asked for.
type pages struct {
	file func(string) []byte
	read map[string]*page
}

// of is a file with its lines, nil where its bytes are not at hand.
func (p *pages) of(path string) *page {
	if got, ok := p.read[path]; ok {
		return got
	}
	if p.read == nil {
		p.read = map[string]*page{}
	}
	var got *page
	if p.file != nil {
		if raw := p.file(path); raw != nil {
			got = newPage(raw)
		}
	}
	p.read[path] = got
	return got
}

type textWriter struct {
	o     Options
	style style
	pages pages
	lang  unit.Lang
	b     strings.Builder
}

func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintf(&t.b, format, args...)
	t.b.WriteByte('\n')
}

func (t *textWriter) head(r *check.Report) {
	t.line("%s%s.%s", t.style.bold, r.Summary.Counts.Line(t.lang), t.style.off)
	t.line("%s.", legible(dataLine(r.Summary.Data, t.o.Now, t.lang)))
	for _, s := range r.Summary.RulesSkipped {
		if r.Summary.Data.Source != "" || !strings.HasPrefix(s.Rule, "data/") { // without data its line has said so
			t.line(wordSkipped.in(t.lang)+".", s.Rule, s.Reason)
		}
	}
}

// post writes a post with its findings.
func (t *textWriter) post(f *check.File) {
	lang := t.o.Lang
	if lang == "" {
		lang = unit.Lang(f.Lang)
	}
	published := f.Published
	if published == "" {
		published = wordUndated.in(lang)
	}
	t.line("")
	t.line("%s%s%s  %s · %s · %s", t.style.bold, legible(f.Path), t.style.off, legible(firstRunes(f.Title, longestTitle)), published, f.Lang)
	t.line("  %s.", f.Counts.Line(lang))
	for _, w := range f.Warnings {
		t.line("  %s!%s %s", t.style.warning, t.style.off, legible(w))
	}
	for i := range f.Findings {
		t.finding(f, &f.Findings[i], lang)
	}
}

const (
	longestTitle      = 80  // characters of a title
	longestSuggestion = 160 // characters of a suggestion
	longestOther      = 80  // characters of the figure elsewhere
)

// finding writes one finding: where, how grave and what, then the excerpt and what it rests on.
func (t *textWriter) finding(file *check.File, f *cite.Finding, lang unit.Lang) {
	const indent = "      "
	page := t.pages.of(file.Path)
	where := "–"
	if page != nil {
		at := page.at(f.Start)
		where = strconv.Itoa(at.line) + ":" + strconv.Itoa(at.column)
	}
	t.line("")
	t.line("  %s  %s%s%s  %s  %s%s%s", where, t.style.of(f.Severity), severityWords[f.Severity].in(lang), t.style.off,
		f.Rule, t.style.dim, f.ID, t.style.off)
	t.line("%s%s", indent, legible(f.Message))
	if page != nil {
		t.excerpt(indent, page.excerpt(f.Start, f.End))
	}
	for _, s := range evidence(f, lang) {
		t.line("%s%s", indent, s)
	}
	for _, r := range f.Related {
		t.line("%s%s %s: %s", indent, wordSee.in(lang), t.place(r), fmt.Sprintf(wordQuoted.in(lang), legible(firstRunes(r.Text, longestOther))))
	}
	if f.Suggestion != nil {
		t.line("%s%s: %s", indent, wordSuggest.in(lang), legible(firstRunes(f.Suggestion.Text, longestSuggestion)))
	}
}

// excerpt writes the line with the figure set off: in colour, or underlined on a line of its own.
func (t *textWriter) excerpt(indent string, e excerpt) {
	if t.o.Colour {
		t.line("%s%s| %s%s%s%s%s%s%s%s", indent, t.style.dim, t.style.off, e.before, t.style.mark, e.marked, t.style.off, t.style.dim, e.after, t.style.off)
		return
	}
	t.line("%s| %s", indent, strings.TrimRight(e.before+e.marked+e.after, " "))
	marks := strings.Repeat("^", max(utf8.RuneCountInString(e.marked), 1))
	t.line("%s| %s%s", indent, strings.Repeat(" ", utf8.RuneCountInString(e.before)), marks)
}

// place is where another figure stands: path and line, or what its post is called.
func (t *textWriter) place(r cite.Related) string {
	page := t.pages.of(r.Path)
	if page == nil {
		return legible(r.Path)
	}
	at := page.at(r.Start)
	return fmt.Sprintf("%s:%d:%d", legible(r.Path), at.line, at.column)
}

// evidence is what a finding rests on, a line each.
func evidence(f *cite.Finding, lang unit.Lang) []string {
	var lines []string
	e := &f.Evidence
	switch {
	case e.Formula != "":
		lines = append(lines, legible(e.Formula))
	case e.Computed != "" && e.Stated != "":
		lines = append(lines, legible(fmt.Sprintf(wordComputed.in(lang), e.Computed, e.Stated)))
	}
	if e.Series != "" {
		lines = append(lines, legible(fromSeries(e, lang)))
	}
	if !e.LastTrue.IsZero() {
		lines = append(lines, fmt.Sprintf(wordLastTrue.in(lang), e.LastTrue))
	}
	return lines
}

// fromSeries is the value of a series that a finding rests on, with its period and when it was recorded.
func fromSeries(e *cite.Evidence, lang unit.Lang) string {
	line := wordSeries.in(lang) + " " + e.Series
	if e.Value != nil {
		line += ": " + unit.FormatNumber(unit.FromFloat(*e.Value), lang)
	}
	if !e.Period.IsZero() {
		line += " · " + e.Period.String()
	}
	if e.Vintage != "" {
		line += " · " + wordRecorded.in(lang) + " " + strings.TrimSuffix(strings.Replace(e.Vintage, "T", " ", 1), "Z")
	}
	return line
}

// totals ends a report.
func (t *textWriter) totals(r *check.Report, quiet int) {
	s := &r.Summary
	t.line("")
	if quiet > 0 {
		t.line("%s.", countQuiet.in(t.lang, quiet))
	}
	var parts []string
	for _, n := range []struct {
		count int
		says  number
	}{{s.Errors, countErrors}, {s.Warnings, countWarnings}, {s.Notes, countNotes}} {
		if n.count > 0 {
			parts = append(parts, n.says.in(t.lang, n.count))
		}
	}
	total := wordNoFindings.in(t.lang)
	if len(parts) > 0 {
		total = strings.Join(parts, ", ")
	}
	total += " " + countPosts.in(t.lang, len(r.Files))
	if s.Silenced > 0 {
		total += "; " + countSilenced.in(t.lang, s.Silenced)
	}
	t.line("%s%s.%s", t.style.bold, total, t.style.off)
}
