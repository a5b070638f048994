package report

import (
	"fmt"
	"io"
	"path"
	"strings"

	"beleg/internal/check"
	"beleg/internal/cite"
)

// The characters that a workflow command takes for its own, as its documentation has them: in the message, and in a property.
var (
	escapeMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// annotationLevels are the commands that make annotations.
var annotationLevels = map[cite.Severity]string{cite.Error: "error", cite.Warning: "warning", cite.Note: "notice"}

// writeGitHub writes a workflow command for each finding, and the counts as a last line that is no command.
func writeGitHub(w io.Writer, r *check.Report, o Options) error {
	files := pages{file: o.File}
	var b strings.Builder
	for i := range r.Files {
		file := &r.Files[i]
		for n := range file.Findings {
			f := &file.Findings[n]
			fmt.Fprintf(&b, "::%s %s::%s\n", annotationLevels[f.Severity], properties(&files, file, f), escapeMessage.Replace(annotation(&files, f)))
		}
		for _, warning := range file.Warnings {
			fmt.Fprintf(&b, "::warning file=%s,title=beleg::%s\n", escapeProperty.Replace(slashed(file.Path)), escapeMessage.Replace(warning))
		}
	}
	lang := o.Lang
	if lang == "" {
		lang = commonLang(r)
	}
	fmt.Fprintf(&b, "%s. %s.\n", r.Summary.Counts.Line(lang), legible(dataLine(r.Summary.Data, o.Now, lang)))
	_, err := io.WriteString(w, b.String())
	return err
}

// properties say where a finding is shown.
func properties(files *pages, file *check.File, f *cite.Finding) string {
	list := []string{"file=" + escapeProperty.Replace(slashed(file.Path))}
	if p := files.of(file.Path); p != nil {
		from, to := p.at(f.Start), p.at(f.End)
		list = append(list, fmt.Sprintf("line=%d,endLine=%d", from.line, to.line))
		if from.line == to.line { // columns are refused across lines
			list = append(list, fmt.Sprintf("col=%d,endColumn=%d", from.column, to.column))
		}
	}
	return strings.Join(append(list, "title="+escapeProperty.Replace(f.Rule+" "+f.ID)), ",")
}

// annotation is the message with what it rests on.
func annotation(files *pages, f *cite.Finding) string {
	lines := []string{legible(f.Message)}
	if f.Evidence.Formula != "" {
		lines = append(lines, legible(f.Evidence.Formula))
	}
	for _, r := range f.Related {
		place := legible(r.Path)
		if p := files.of(r.Path); p != nil {
			place = fmt.Sprintf("%s:%d", place, p.at(r.Start).line)
		}
		lines = append(lines, place+": "+legible(firstRunes(r.Text, longestOther)))
	}
	if f.Suggestion != nil {
		lines = append(lines, "→ "+legible(firstRunes(f.Suggestion.Text, longestSuggestion)))
	}
	return strings.Join(lines, "\n")
}

// slashed is a path as repositories write it.
func slashed(file string) string { return path.Clean(strings.ReplaceAll(file, `\`, "/")) }
