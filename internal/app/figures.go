package app

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/link"
	"beleg/internal/post"
	"beleg/internal/unit"
)

// FiguresCmd is `beleg figures`. It needs no database and never makes one.
type FiguresCmd struct {
	File    string `arg:"" help:"Text, Markdown, MDX or HTML file, or - for standard input."`
	Format  string `help:"text for people, jsonl for one object a line." enum:"text,jsonl" default:"text"`
	Lang    string `help:"Language of the text: de, en or auto." enum:"auto,de,en" default:"auto"`
	Explain bool   `help:"Say by which rule each number is a figure, and what those are that are none."`
	Color   string `help:"Set figures off in colour: auto (on a terminal), always or never." enum:"auto,always,never" default:"auto"`

	postSettings
}

// Run reads the file and writes what it states to standard output.
func (c *FiguresCmd) Run(g *Globals, env *Env) error {
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return err
	}
	posts, err := c.read(env)
	if err != nil {
		return err
	}
	linker := link.New(built, link.Config{})
	out := bufio.NewWriter(env.Stdout)
	slices.SortStableFunc(posts, func(a, b cite.Post) int { return cmp.Compare(a.Offset, b.Offset) })
	for i := range posts {
		r := c.figures(&posts[i], linker)
		if c.Format == "jsonl" {
			err = c.writeLines(out, posts[i].Offset, r.Figures)
		} else {
			err = c.writeText(out, env, &posts[i], r)
		}
		if err != nil {
			return fmt.Errorf("write figures: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return nil
}

// read parses the file. A text without any post in it has no figures, which is no error.
func (c *FiguresCmd) read(env *Env) ([]cite.Post, error) {
	opt := post.Options{Path: c.File, Now: env.Now(), MaxBytes: c.MaxPostBytes}
	if c.Lang != "auto" {
		opt.Lang = unit.Lang(c.Lang)
	}
	var in io.Reader = env.Stdin
	if c.File == "-" {
		opt.Path = ""
	} else {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, fmt.Errorf("read figures: %w", err)
		}
		defer func() { _ = f.Close() }() // opened for reading
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, int64(c.MaxPostBytes)+1)) // one byte more, so that the parser sees what is too large
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", c.File, err)
	}
	posts, err := post.Parse(raw, opt)
	if errors.Is(err, post.ErrEmpty) {
		return nil, nil
	}
	return posts, err
}

// figures reads the figures of a post and says what they are about.
func (c *FiguresCmd) figures(p *cite.Post, linker *link.Linker) figure.Reading {
	r := figure.Read(&p.Text, figure.Options{Post: p.Identity, Published: p.Published, Explain: c.Explain})
	links := linker.Link(&p.Text, r.Figures, link.PostContext{Title: p.Title, Defaults: p.Defaults, Published: p.Published})
	for i, l := range links {
		f := &r.Figures[i]
		f.Subject, f.Metric, f.Series, f.Confidence = l.Subject, l.Metric, l.Series, l.Confidence
	}
	return r
}

// writeLines writes one object per figure; offset is where the post begins in the file.
func (c *FiguresCmd) writeLines(out io.Writer, offset int, figures []cite.Figure) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, f := range figures {
		f.Start, f.End = f.Start+offset, f.End+offset
		line := struct {
			cite.Figure
			Why string `json:"why,omitempty"`
		}{f, f.Why}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// writeText writes the text block by block, its figures set off, and under each block how they were read.
func (c *FiguresCmd) writeText(out io.Writer, env *Env, p *cite.Post, r figure.Reading) error {
	mark := newMarker(c.Color == "always" || c.Color == "auto" && isTerminal(env.Stdout))
	figures, nothings := r.Figures, r.NotFigures
	var b strings.Builder
	for _, block := range p.Text.Blocks {
		n := 0
		for n < len(figures) && figures[n].At < block.End {
			n++
		}
		b.WriteString(mark.block(p.Text.Content, block, figures[:n]))
		b.WriteByte('\n')
		for i := range figures[:n] {
			b.WriteString(mark.dim("    " + describe(&figures[i], c.Explain)))
			b.WriteByte('\n')
		}
		figures = figures[n:]
		_, end := p.Text.Source(block.Start, block.End)
		for len(nothings) > 0 && nothings[0].Start < end {
			b.WriteString(mark.dim("    " + nothings[0].Text + " is no figure: " + nothings[0].Why))
			b.WriteByte('\n')
			nothings = nothings[1:]
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// marker sets figures off: in colour, or in brackets where there is none.
type marker struct{ figureOn, figureOff, damageOn, dimOn, off string }

func newMarker(colour bool) marker {
	if !colour {
		return marker{figureOn: "[", figureOff: "]", damageOn: "[damaged: "}
	}
	return marker{figureOn: "\x1b[1;36m", figureOff: "\x1b[0m", damageOn: "\x1b[31m", dimOn: "\x1b[2m", off: "\x1b[0m"}
}

func (m marker) dim(s string) string { return m.dimOn + s + m.off }

// block is the text of a block with its figures set off; terminal controls in it are taken out.
func (m marker) block(content string, block cite.Block, figures []cite.Figure) string {
	var b strings.Builder
	at := block.Start
	for _, f := range figures {
		on := m.figureOn
		if f.Kind == cite.Damage {
			on = m.damageOn
		}
		b.WriteString(printable(content[at:f.At]) + on + printable(content[f.At:f.AtEnd]) + m.figureOff)
		at = f.AtEnd
	}
	b.WriteString(printable(content[at:block.End]))
	return b.String()
}

// printable replaces control characters, so that a text cannot write to the terminal as it likes.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '�'
		}
		return r
	}, s)
}

// describe is how a figure was read, in a line.
func describe(f *cite.Figure, explain bool) string {
	if f.Kind == cite.Damage {
		return "damaged text, restored: " + printable(f.Restored)
	}
	parts := []string{quantity(f)}
	add := func(format string, value string) {
		if value != "" {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	add("%s", string(f.Kind))
	add("%s", strings.ReplaceAll(string(f.Qualifier), "_", " "))
	add("change: %s", string(f.Change))
	add("relation %s", f.Relation)
	add("per %s", string(f.Per))
	add("of %s", f.Period.String())
	if f.Forecast {
		parts = append(parts, "forecast")
	}
	add("not said: %s", strings.Join(f.Inferred, ", "))
	add("about %s", strings.TrimSpace(f.Subject+" "+f.Metric))
	if f.Series != "" {
		parts = append(parts, fmt.Sprintf("series %s (%s)", f.Series, strconv.FormatFloat(f.Confidence, 'f', 2, 64)))
	}
	if explain {
		add("because: %s", f.Why)
	}
	return printable(f.Text) + " = " + strings.Join(parts, " · ")
}

// quantity is the value or both ends, in full and in English.
func quantity(f *cite.Figure) string {
	write := func(v unit.Decimal) string { return unit.Format(v, f.Unit, unit.English, unit.Full()) }
	if f.IsRange() {
		return write(f.Low) + " to " + write(f.High)
	}
	return write(f.Value)
}
