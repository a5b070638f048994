package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"beleg/internal/catalog"
	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/report"
	"beleg/internal/unit"
)

// CheckCmd is `beleg check`. It needs no database and never makes one.
type CheckCmd struct {
	Files     []string `arg:"" optional:"" help:"Posts to check, against data, arithmetic and each other: text, Markdown, MDX or HTML files, folders, or - for standard input." name:"file|dir|-"`
	Format    string   `help:"text for people, json for programs, sarif for code scanning, github for annotations of a workflow." enum:"text,json,sarif,github" default:"text"`
	Published string   `help:"Day on which the posts are or will be published, over what they say themselves (2026-02-10)." placeholder:"DATE"`
	Lang      string   `help:"Language of the messages: de, en, or auto for that of each post." enum:"auto,de,en" default:"auto"`
	FailOn    string   `help:"Least severe finding that makes the exit code 1: error, warning or never." enum:"error,warning,never" default:"error"`
	Color     string   `help:"Set figures off in colour: auto (on a terminal), always or never." enum:"auto,always,never" default:"auto"`
	Fix       bool     `help:"Repair damaged text in the files first, and nothing else; with - the repaired text goes to standard output."`

	remoteSettings
	triageSettings
	postSettings
}

// Run checks the posts and writes the report.
func (c *CheckCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	if err := c.check(); err != nil {
		return err
	}
	job, err := c.prepare(g, env)
	if err != nil {
		return err
	}
	if len(c.Files) == 0 {
		return c.decide(ctx, env, nil)
	}
	return job.run(ctx)
}

// check lists everything that is wrong with how the command was called.
func (c *CheckCmd) check() error {
	var errs []error
	if len(c.Files) == 0 && !c.decides() {
		errs = append(errs, errors.New("which posts? name files, folders, or - for standard input"))
	}
	stdin := 0
	for _, name := range c.Files {
		if name == stdinName {
			stdin++
		}
		if isURL(name) {
			errs = append(errs, fmt.Errorf("%s: only files are checked; save the page, or add it with 'beleg posts add'", name))
		}
	}
	if stdin > 1 {
		errs = append(errs, errors.New("standard input (-) can be read only once"))
	}
	if c.Fix && stdin > 0 && (len(c.Files) > 1 || c.Format != string(report.FormatText)) {
		errs = append(errs, errors.New("--fix writes the repaired standard input to standard output; it cannot be combined with other files or --format"))
	}
	errs = append(errs, c.triageSettings.check(), c.remoteSettings.check())
	return errors.Join(errs...)
}

// checkJob is one check with what it needs.
type checkJob struct {
	*CheckCmd
	g        *Globals
	env      *Env
	built    *catalog.Catalog
	reader   check.Reader
	drafts   draftReader
	settings rule.Settings
	lang     unit.Lang // of the messages; "" is that of each post
}

func (c *CheckCmd) prepare(g *Globals, env *Env) (*checkJob, error) {
	job := &checkJob{CheckCmd: c, g: g, env: env}
	published, err := dayFlag("published", c.Published)
	if err != nil {
		return nil, err
	}
	if job.built, err = catalog.Open(g.Catalog); err != nil {
		return nil, err
	}
	job.reader = check.Reader{Linker: link.New(job.built, link.Config{})}
	job.drafts = draftReader{env: env, published: published, maxBytes: c.MaxPostBytes}
	rules, err := findRules(c.Files)
	if err != nil {
		return nil, err
	}
	job.settings, job.lang = rules.settings, rules.lang
	if c.Lang != "auto" {
		job.lang = unit.Lang(c.Lang)
	}
	accepted, err := c.accepted()
	if err != nil {
		return nil, err
	}
	job.settings.Ignore = append(job.settings.Ignore, accepted...)
	return job, nil
}

// run reads, repairs where that is asked for, checks and reports. What could not be read ends in exit code 2, after the rest.
func (j *checkJob) run(ctx context.Context) error {
	out := j.env.Stdout
	if j.Fix {
		if err := j.fix(ctx); err != nil {
			return err
		}
		if j.Files[0] == stdinName {
			out = j.env.Stderr // the repaired text has standard output
		}
	}
	given, unread := j.drafts.read(ctx, j.Files)
	r, err := j.examine(ctx, given)
	if err != nil {
		return errors.Join(unread, err)
	}
	if j.decides() {
		return errors.Join(unread, j.decide(ctx, j.env, &decided{report: r}))
	}
	if err := j.write(out, r, given.files); err != nil {
		return errors.Join(unread, err)
	}
	if j.WriteBaseline != "" {
		return errors.Join(unread, j.acceptAll(ctx, j.env, &decided{report: r}))
	}
	if unread != nil {
		return unread
	}
	return j.verdict(r)
}

// examine checks posts against the data and the other posts that are at hand, whose files join those of the drafts.
func (j *checkJob) examine(ctx context.Context, drafts drafts) (r *check.Report, err error) {
	known, err := j.evidence(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, known.close()) }()
	given, others := j.documents(drafts.posts, known.posts)
	for _, d := range others {
		if d.Path == d.Post.Path && drafts.files[d.Path] == nil {
			drafts.files[d.Path] = d.Post.Raw
		}
	}
	engine := check.NewEngine(check.EngineConfig{Catalog: j.built, Judge: known.judge(j), Data: known.used, Settings: j.settings})
	r, err = engine.Check(ctx, given, others, j.lang)
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	return r, nil
}

// documents are the given and the other posts as the rules see them. Translations of each other are recognised among
// all of them; what a given post's stored copy knows of its translations, the given one knows too.
func (j *checkJob) documents(posts []cite.Post, stored []*rule.Document) (given, others []*rule.Document) {
	all := slices.Clone(posts)
	for _, d := range stored {
		copied := slices.IndexFunc(posts, func(p cite.Post) bool { return check.SamePost(&p, d.Post) })
		switch {
		case copied < 0:
			others = append(others, d)
			all = append(all, *d.Post)
		case all[copied].Translation == "":
			all[copied].Translation = d.Post.Translation
		}
	}
	post.LinkTwins(all)
	for i := range posts {
		given = append(given, &rule.Document{Path: reportPath(&all[i]), Post: &all[i], Cited: j.reader.Read(&all[i])})
	}
	for i, d := range others {
		d.Post = &all[len(posts)+i]
		for n := range d.Cited {
			d.Cited[n].Twin = d.Post.Translation
		}
	}
	return given, others
}

func (j *checkJob) write(out io.Writer, r *check.Report, files map[string][]byte) error {
	w := bufio.NewWriter(out)
	err := report.Write(w, report.Format(j.Format), r, report.Options{
		File: func(path string) []byte { return files[path] }, Lang: j.lang, Now: j.env.Now(), Version: version(),
		Colour: j.Color == "always" || j.Color == "auto" && isTerminal(out),
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// verdict is the exit code: 1 where a finding is at or above --fail-on.
func (j *checkJob) verdict(r *check.Report) error {
	n := map[string]int{"error": r.Summary.Errors, "warning": r.Summary.Errors + r.Summary.Warnings}[j.FailOn]
	if n > 0 {
		return &exitError{code: ExitFindings}
	}
	return nil
}

// dayFlag reads a flag that takes a day; absent it is the zero period.
func dayFlag(name, v string) (market.Period, error) {
	if v == "" {
		return market.Period{}, nil
	}
	p, err := market.ParsePeriod(v)
	if err != nil || p.Granularity() != market.Day {
		return market.Period{}, fmt.Errorf("--%s: %q is no day; want 2026-02-10", name, v)
	}
	return p, nil
}
