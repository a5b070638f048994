package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/triage"
)

// triageSettings are the flags that read and write the file of decided findings.
type triageSettings struct {
	Baseline      string   `help:"File with accepted findings, which are not reported." type:"path" placeholder:"FILE"`
	WriteBaseline string   `help:"Accept everything that is reported now, in this file." type:"path" placeholder:"FILE"`
	Accept        []string `help:"Ids of findings to accept in the --baseline file, from now on." placeholder:"ID"`
	Reopen        []string `help:"Ids of findings to report again." placeholder:"ID"`
	Note          string   `help:"Why they are accepted or opened again."`
}

// decides tells whether something is to be written.
func (s *triageSettings) decides() bool { return len(s.Accept)+len(s.Reopen) > 0 }

func (s *triageSettings) check() error {
	var errs []error
	if s.decides() && s.Baseline == "" {
		errs = append(errs, errors.New("--accept and --reopen need --baseline FILE to write to"))
	}
	if s.Note != "" && !s.decides() && s.WriteBaseline == "" {
		errs = append(errs, errors.New("--note belongs to --accept, --reopen or --write-baseline"))
	}
	for _, id := range s.Accept {
		if slices.Contains(s.Reopen, id) {
			errs = append(errs, fmt.Errorf("%s cannot be both accepted and opened again", id))
		}
	}
	return errors.Join(errs...)
}

// accepted are the findings of the --baseline file that are not to be reported. A file that is about to be made need not be there.
func (s *triageSettings) accepted() ([]rule.Ignore, error) {
	if s.Baseline == "" || s.decides() {
		return nil, nil // whoever decides looks at all findings
	}
	list, err := triage.Read(s.Baseline)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	var ignore []rule.Ignore
	for _, id := range list.Accepted() {
		ignore = append(ignore, rule.Ignore{ID: id, Reason: list.Findings[id].Note})
	}
	return ignore, nil
}

// decided is what decisions can be made about.
type decided struct{ report *check.Report }

// find is the finding with an id, with the file it is in; nil where there is none.
func (d *decided) find(id string) (file *check.File, f *cite.Finding) {
	if d == nil {
		return nil, nil
	}
	for i := range d.report.Files {
		for n := range d.report.Files[i].Findings {
			if f := &d.report.Files[i].Findings[n]; f.ID == id {
				return &d.report.Files[i], f
			}
		}
	}
	return nil, nil
}

// decide writes down what --accept and --reopen say. Without a report ids are taken as they are.
func (s *triageSettings) decide(ctx context.Context, env *Env, d *decided) error {
	if err := s.unknown(d); err != nil {
		return err
	}
	today := market.DayOf(env.Now()).String()
	err := triage.Update(ctx, s.Baseline, func(l *triage.List) error {
		for _, id := range s.Accept {
			file, f := d.find(id)
			l.Set(id, s.entry(file, f, triage.Accepted, today))
		}
		for _, id := range s.Reopen {
			file, f := d.find(id)
			l.Set(id, s.entry(file, f, triage.Open, today))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("--baseline: %w", err)
	}
	_, _ = fmt.Fprintf(env.Stderr, "beleg: %s: %d accepted, %d opened again\n", s.Baseline, len(s.Accept), len(s.Reopen))
	return nil
}

// acceptAll writes down what --write-baseline says: every finding of the report is accepted.
func (s *triageSettings) acceptAll(ctx context.Context, env *Env, d *decided) error {
	today, n := market.DayOf(env.Now()).String(), 0
	err := triage.Update(ctx, s.WriteBaseline, func(l *triage.List) error {
		for i := range d.report.Files {
			file := &d.report.Files[i]
			for k := range file.Findings {
				l.Set(file.Findings[k].ID, s.entry(file, &file.Findings[k], triage.Accepted, today))
				n++
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("--write-baseline: %w", err)
	}
	_, _ = fmt.Fprintf(env.Stderr, "beleg: %s: %d accepted\n", s.WriteBaseline, n)
	return nil
}

// unknown reports ids that no finding of the report has.
func (s *triageSettings) unknown(d *decided) error {
	if d == nil {
		return nil
	}
	var errs []error
	for _, id := range slices.Concat(s.Accept, s.Reopen) {
		if _, f := d.find(id); f == nil {
			errs = append(errs, fmt.Errorf("no finding of these posts has the id %s", id))
		}
	}
	return errors.Join(errs...)
}

// entry is what is kept of a decision; f is nil where only the finding's id is known.
func (s *triageSettings) entry(file *check.File, f *cite.Finding, state triage.State, day string) triage.Entry {
	e := triage.Entry{State: state, Note: s.Note, Since: day}
	if f == nil {
		return e
	}
	e.Rule, e.Path = f.Rule, file.Path
	for i := range file.Figures {
		if len(f.Figures) > 0 && file.Figures[i].ID == f.Figures[0] {
			e.Text = file.Figures[i].Text
		}
	}
	return e
}
