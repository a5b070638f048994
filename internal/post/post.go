// Package post reads posts: Markdown, MDX, HTML, plain text, feeds and listing pages become cite.Posts whose text leads
// back to the bytes of the file. It fetches nothing and reads no numbers. Everything it is given is taken for hostile.
package post

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// Format is how a file is written.
type Format string

// The formats. A listing page is a text or a page in HTML that holds several posts.
const (
	Markdown Format = "markdown"
	MDX      Format = "mdx"
	HTML     Format = "html"
	Text     Format = "text"
	Feed     Format = "feed"
)

// The limits' defaults.
const (
	DefaultMaxBytes = 20 << 20
	DefaultMaxPosts = 1000
	DefaultMaxFiles = 20000
)

// Options say what is known about a file besides its bytes. Everything may be left out.
type Options struct {
	Path          string            // as given, for messages, identity, language and date
	URL           string            // where it was fetched from
	Lang          unit.Lang         // beats what the file says
	Published     market.Period     // beats what the file says
	TranslationOf string            // slug, path or URL of the post that this one translates
	Draft         bool              // published today if nothing else is known
	Now           time.Time         // what today is, for drafts
	Format        Format            // "" is told from name and content
	Authors       map[string]string // names of authors whom the front matter calls by a key
	MaxBytes      int               // of one file; 0 is DefaultMaxBytes
	MaxPosts      int               // in one file; 0 is DefaultMaxPosts
	MaxFiles      int               // in one folder; 0 is DefaultMaxFiles
}

func (o Options) withDefaults() Options {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.MaxPosts == 0 {
		o.MaxPosts = DefaultMaxPosts
	}
	if o.MaxFiles == 0 {
		o.MaxFiles = DefaultMaxFiles
	}
	return o
}

// name is what messages call the file.
func (o Options) name() string {
	if o.Path == "" {
		return o.URL
	}
	return o.Path
}

// Parse reads the posts of a file: one, or several where it is a listing page or a feed. The posts of one file are
// apart: the same post twice is there once, with its fuller text. An error is an *Error or joins several.
func Parse(raw []byte, opt Options) ([]cite.Post, error) {
	opt = opt.withDefaults()
	if len(raw) > opt.MaxBytes {
		return nil, tooLarge(opt, int64(len(raw)))
	}
	format := opt.Format
	if format == "" {
		format = detectFormat(raw, opt.Path)
	}
	read, known := readers[format]
	if !known {
		return nil, &Error{Path: opt.name(), Field: "format", Err: fmt.Errorf("%w: %q", ErrFormat, format)}
	}
	src, warnings, err := decode(raw, opt.name(), declaredEncoding(raw, format))
	if err != nil {
		return nil, err
	}
	drafts, err := read(&src, opt)
	if err != nil {
		return nil, err
	}
	if len(drafts) > opt.MaxPosts {
		return nil, &Error{Path: opt.name(), Err: fmt.Errorf("%w posts: %d, the limit is %d", ErrTooMany, len(drafts), opt.MaxPosts)}
	}
	return finish(drafts, &src, opt, warnings)
}

// finish makes posts of drafts. Parts of a file that hold no more than a title are no posts.
func finish(drafts []draft, src *source, opt Options, warnings []string) ([]cite.Post, error) {
	posts := make([]cite.Post, 0, len(drafts))
	for i := range drafts {
		d := &drafts[i]
		d.part = d.part || len(drafts) > 1
		if d.part && !d.hasBody() {
			continue
		}
		p, err := d.post(src, opt)
		if err != nil {
			return nil, err
		}
		p.Warnings = append(append([]string(nil), warnings...), p.Warnings...)
		posts = append(posts, p)
	}
	if len(posts) == 0 {
		return nil, &Error{Path: opt.name(), Err: ErrEmpty}
	}
	return Merge(posts), nil
}

func tooLarge(opt Options, size int64) error {
	return &Error{Path: opt.name(), Err: fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, size, opt.MaxBytes)}
}

// readers are the formats' readers; what they return is in the order of the file.
var readers = map[Format]func(*source, Options) ([]draft, error){
	Text:     readPlain,
	Markdown: readMarkdown,
	MDX:      readMDX,
	HTML:     readHTML,
	Feed:     readFeed,
}

// draft is a post under way: what a format's reader found, before it is a cite.Post.
type draft struct {
	build   *builder
	lo, hi  int // of the source's text
	title   string
	author  string
	date    string // as written in the text or its metadata, "" where there is none
	url     string
	lang    string
	front   frontMatter
	twins   []string // URLs of the same post in other languages
	bylined bool     // a byline under the title says who wrote it
	part    bool     // of a file with other posts: a listing page, a feed
	feed    bool     // of a feed: its URL may lie on another site, and the file is not its place
	mixed   bool     // its bytes hold much besides the post: scripts, tokens, counters
	warn    []warning
}

// warning is something odd on a line of the file, 0 where it is the whole.
type warning struct {
	line int
	text string
}

func (d *draft) warnf(line int, format string, args ...any) {
	d.warn = append(d.warn, warning{line, fmt.Sprintf(format, args...)})
}

// post finishes the draft.
func (d *draft) post(src *source, opt Options) (cite.Post, error) {
	base, end := 0, len(src.raw)
	if d.lo > 0 {
		base = src.offset(d.lo, false)
	}
	if d.hi < len(src.text) {
		end = max(base, src.offset(d.hi, true))
	}
	p := cite.Post{Raw: src.raw[base:end], Offset: base, Text: d.build.text(base), Defaults: d.front.beleg}
	if len(p.Text.Blocks) == 0 {
		return p, &Error{Path: opt.name(), Line: src.line(d.lo), Err: ErrEmpty}
	}
	if !d.feed {
		p.Path = opt.Path
	}
	d.bylines(&p.Text)
	p.Sources = collectSources(&p.Text)
	p.Title = title(first(d.front.title, d.title), &p.Text)
	p.Author = line1(first(d.front.author(opt.Authors), d.author), longestAuthor)
	if err := d.language(&p, opt); err != nil {
		return p, err
	}
	d.identify(&p, opt)
	d.published(&p, opt)
	p.SHA256 = d.digest(&p)
	for _, w := range d.warn {
		p.Warnings = append(p.Warnings, place(opt.name(), w.line)+w.text)
	}
	return p, nil
}

// digest is the hash by which a change of the post is told: of its bytes without white space around them, which is
// another one on a listing page; or where they hold much besides the post, of its text, its links and what it says about itself.
func (d *draft) digest(p *cite.Post) string {
	h := sha256.New()
	if !d.mixed {
		h.Write(bytes.TrimSpace(p.Raw))
		return hex.EncodeToString(h.Sum(nil))
	}
	for _, s := range []string{p.Title, p.Author, string(p.Lang), p.Published.String(), p.Text.Content} {
		h.Write(fmt.Appendf(nil, "%d:%s", len(s), s))
	}
	for _, b := range p.Text.Blocks {
		h.Write(fmt.Appendf(nil, "%s%d", b.Kind, b.Level))
	}
	for _, l := range p.Text.Links {
		h.Write(fmt.Appendf(nil, "%d-%d:%s", l.Start, l.End, l.URL))
	}
	for _, m := range p.Text.Marks {
		h.Write(fmt.Appendf(nil, "%d:%s", m.At, p.Raw[m.Src:m.SrcEnd]))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// bylineBlocks is how many blocks from the start on can be bylines.
const bylineBlocks = 8

// bylines finds the lines under a title that state date, reading time or author, where the format does not tell.
func (d *draft) bylines(t *cite.Text) {
	for i := range t.Blocks[:min(bylineBlocks, len(t.Blocks))] {
		b := &t.Blocks[i]
		words := []byte(t.Content[b.Start:b.End])
		if b.Kind != cite.Title && b.Kind != cite.Byline && b.Kind != cite.Paragraph {
			return
		}
		if b.Kind == cite.Title || len(words) > longestByline {
			continue
		}
		m := readingTime.FindSubmatch(words)
		_, dated := parseDate(string(words))
		by := bySomeone.FindSubmatch(words)
		switch {
		case m != nil:
			d.date = first(d.date, cleanDate(m[1]))
		case dated:
			d.date = first(d.date, string(words))
		case by != nil:
			d.author = first(d.author, string(by[1]))
		default:
			continue
		}
		b.Kind = cite.Byline
	}
}

// Longest titles and names, in characters.
const (
	longestStoredTitle = 300
	longestAuthor      = 200
	titleFromText      = 80
)

// untitled is the title of a post without a readable word.
const untitled = "—"

// title is the given title, else how the text begins.
func title(given string, t *cite.Text) string {
	if s := line1(given, longestStoredTitle); s != "" {
		return s
	}
	for _, b := range t.Blocks {
		if b.Kind == cite.Title {
			return line1(t.Content[b.Start:b.End], longestStoredTitle)
		}
	}
	for _, b := range t.Blocks {
		if s := line1(t.Content[b.Start:b.End], titleFromText); s != "" {
			return s
		}
	}
	return untitled
}

// line1 is s as one line of at most n characters without control characters.
func line1(s string, n int) string {
	return clip(strings.Join(strings.Fields(readable(s)), " "), n)
}

// first is the first of its arguments that is not empty.
func first(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}

// language settles the post's language: the option, the file's own word, the folder, the words of the text.
func (d *draft) language(p *cite.Post, opt Options) error {
	switch {
	case opt.Lang != "":
		p.Lang = opt.Lang
	case d.front.lang != "":
		lang, ok := langTag(d.front.lang)
		if !ok {
			return &Error{Path: opt.name(), Line: d.front.line("lang"), Field: "lang",
				Err: fmt.Errorf("%w: %q (want de or en)", ErrField, d.front.lang)}
		}
		p.Lang = lang
	default:
		lang, ok := langTag(d.lang)
		if !ok {
			lang, ok = pathLang(opt.Path)
		}
		if !ok {
			lang = DetectLang(p.Text.Content)
		}
		p.Lang = lang
	}
	p.Text.Lang = p.Lang
	if opt.Lang == "" {
		markForeign(&p.Text)
	}
	return nil
}

// published settles the date, the most trusted source first.
func (d *draft) published(p *cite.Post, opt Options) {
	if !opt.Published.IsZero() {
		p.Published, p.PublishedFrom = opt.Published, cite.DateGiven
		return
	}
	if !d.front.date.IsZero() {
		p.Published, p.PublishedFrom = d.front.date, cite.DateFrontMatter
		return
	}
	if day, ok := parseDate(d.date); ok {
		p.Published, p.PublishedFrom = day, cite.DateMetadata
		return
	}
	for _, path := range []string{p.Path, p.URL, opt.URL} {
		if day, ok := pathDate(path); ok {
			p.Published, p.PublishedFrom = day, cite.DatePath
			return
		}
	}
	if opt.Draft && !opt.Now.IsZero() {
		p.Published, p.PublishedFrom = market.DayOf(opt.Now), cite.DateToday
	}
}

// readPlain reads a plain text or a listing page.
func readPlain(src *source, _ Options) ([]draft, error) {
	p := newPlain(src)
	sections := p.sections()
	var out []draft
	for _, s := range sections {
		out = append(out, p.section(s))
	}
	return out, nil
}

// hasBody tells whether there is text besides title and byline.
func (d *draft) hasBody() bool {
	for _, b := range d.build.blocks {
		if b.Kind != cite.Title && b.Kind != cite.Byline {
			return true
		}
	}
	return false
}
