package post

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"beleg/internal/cite"
)

// entry is where a feed's item stands and where its title and text do.
type entry struct {
	all   region
	title region
	body  region
	rank  int  // of the element that body is from
	plain bool // body is text, not HTML
	xhtml bool // body is markup of the feed itself
}

// bodyRank orders the elements that can hold an item's text; the fullest one counts.
var bodyRank = map[string]int{"summary": 1, "description": 2, "content": 3, "encoded": 4}

// readFeed reads RSS, RDF and Atom: the library knows what items are called and dated, the own pass where their
// words stand in the file.
func readFeed(src *source, opt Options) ([]draft, error) {
	bad := func(at int, err error) error {
		return &Error{Path: opt.name(), Line: src.line(at), Err: fmt.Errorf("%w: %w", ErrFeed, err)}
	}
	entries, at, err := feedEntries(src.text)
	if err != nil {
		return nil, bad(at, err)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(withoutEncoding(src.text)))
	if err != nil {
		return nil, bad(0, err)
	}
	if len(feed.Items) != len(entries) {
		return nil, bad(0, fmt.Errorf("%d items by name, %d by place", len(feed.Items), len(entries)))
	}
	if len(entries) > opt.MaxPosts {
		return nil, &Error{Path: opt.name(), Err: fmt.Errorf("%w posts: %d, the limit is %d", ErrTooMany, len(entries), opt.MaxPosts)}
	}
	var out []draft
	for i, e := range entries {
		if e.body.hi > e.body.lo {
			out = append(out, readEntry(src, e, feed, feed.Items[i], opt))
		}
	}
	return out, nil
}

// withoutEncoding blanks the declaration of an encoding: the text is UTF-8 by now.
func withoutEncoding(text []byte) []byte {
	head := text[:min(len(text), sniffed)]
	m := xmlDeclaration.FindIndex(head)
	if m == nil {
		return text
	}
	return text[m[1]:]
}

// feedEntries finds the items of a feed; with an error comes the place where reading stopped.
func feedEntries(text []byte) ([]entry, int, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var entries []entry
	depth, itemDepth := 0, 0
	for {
		at := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if itemDepth > 0 { // cut off: what is there counts
				last := &entries[len(entries)-1]
				last.close(at)
				last.all.hi = at
			}
			return entries, at, nil
		}
		if err != nil {
			return nil, at, err
		}
		end := int(d.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if depth > maxDepth {
				return nil, at, ErrNesting
			}
			name := t.Name.Local
			if itemDepth == 0 && (name == "item" || name == "entry") {
				itemDepth = depth
				entries = append(entries, entry{all: region{at, at}})
			} else if itemDepth > 0 && depth == itemDepth+1 {
				entries[len(entries)-1].open(t, end)
			}
		case xml.EndElement:
			if itemDepth > 0 && depth == itemDepth+1 {
				entries[len(entries)-1].close(at)
			}
			if itemDepth > 0 && depth == itemDepth {
				entries[len(entries)-1].all.hi = end
				itemDepth = 0
			}
			depth = max(0, depth-1)
		}
	}
}

// open notes where a title or text begins.
func (e *entry) open(t xml.StartElement, at int) {
	if t.Name.Local == "title" && e.title.lo == 0 && t.Name.Space == "" {
		e.title = region{at, -1}
		return
	}
	rank := bodyRank[t.Name.Local]
	if rank <= e.rank || t.Name.Space != "" && t.Name.Space != "content" {
		return
	}
	e.rank, e.body, e.plain, e.xhtml = rank, region{at, -1}, false, false
	for _, a := range t.Attr {
		if a.Name.Local == "type" {
			e.plain = a.Value == "text" || a.Value == "text/plain"
			e.xhtml = a.Value == "xhtml"
		}
	}
}

// close notes where a title or text ends.
func (e *entry) close(at int) {
	if e.title.hi < 0 {
		e.title.hi = at
	}
	if e.body.hi < 0 {
		e.body.hi = at
	}
}

// readEntry reads one item.
func readEntry(src *source, e entry, feed *gofeed.Feed, item *gofeed.Item, opt Options) draft {
	inner := source{raw: src.raw}
	if e.title.hi <= e.body.lo { // a text leads through its file from front to back
		inner.unescape(src.text, e.title, false)
	}
	titleEnd := len(inner.text)
	inner.text = append(inner.text, '\n')
	inner.unescape(src.text, e.body, e.xhtml)
	inner.spans = src.toFile(inner.spans, 0)

	d := draft{build: newBuilder(&inner), lo: e.all.lo, hi: e.all.hi, part: true, feed: true, mixed: true,
		title: html.UnescapeString(item.Title), lang: feed.Language, date: first(item.Published, item.Updated), url: item.Link}
	if len(item.Authors) > 0 && item.Authors[0] != nil {
		d.author = first(item.Authors[0].Name, item.Authors[0].Email)
	}
	if item.PublishedParsed != nil {
		if _, ok := parseDate(d.date); !ok {
			d.date = item.PublishedParsed.Format("2006-01-02")
		}
	}
	base, _ := url.Parse(first(item.Link, feed.Link, opt.URL))
	if base != nil && base.Host == "" {
		base = nil
	}
	d.build.begin(cite.Title, 1)
	d.build.entities(0, titleEnd, false)
	d.build.end()
	if e.plain {
		p := newPlain(&inner)
		for len(p.lines) > 0 && p.lines[0].lo < titleEnd {
			p.lines = p.lines[1:]
		}
		p.paragraphs(&d, section{end: len(p.lines)}, 0)
		return d
	}
	p := page{src: &inner, draft: &d, base: base, whole: true, titled: true}
	p.read(titleEnd+1, len(inner.text))
	d.build.endLink()
	d.build.end()
	return d
}

// unescape appends the text that a stretch of XML stands for: CDATA as it is, references resolved; markup too where
// the stretch is markup itself.
func (s *source) unescape(xml []byte, r region, markup bool) {
	const open, end = "<![CDATA[", "]]>"
	if r.hi < r.lo {
		return
	}
	at := r.lo
	for at < r.hi {
		rest := xml[at:r.hi]
		cdata := bytes.Index(rest, []byte(open))
		if cdata < 0 {
			s.references(xml, at, r.hi, markup)
			return
		}
		s.references(xml, at, at+cdata, markup)
		at += cdata + len(open)
		n := bytes.Index(xml[at:r.hi], []byte(end))
		if n < 0 {
			n = r.hi - at
		}
		s.take(xml, at, at+n)
		at = min(r.hi, at+n+len(end))
	}
}

// references appends a stretch with XML's references resolved.
func (s *source) references(xml []byte, lo, hi int, markup bool) {
	from := lo
	for i := lo; !markup && i < hi; {
		if xml[i] != '&' {
			i++
			continue
		}
		content, n := xmlReference(xml[i:hi])
		if n == 0 {
			i++
			continue
		}
		s.take(xml, from, i)
		s.spans = append(s.spans, cite.Run{At: len(s.text), Len: len(content), Src: i, SrcLen: n})
		s.text = append(s.text, content...)
		i += n
		from = i
	}
	s.take(xml, from, hi)
}

// take appends bytes as they are.
func (s *source) take(xml []byte, lo, hi int) {
	if lo < hi {
		s.spans = appendRun(s.spans, cite.Run{At: len(s.text), Len: hi - lo, Src: lo, SrcLen: hi - lo})
		s.text = append(s.text, xml[lo:hi]...)
	}
}

// xmlReferences are the names that XML itself knows; HTML's are left to what reads the HTML.
var xmlReferences = []string{"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"}

// xmlReference reads the reference at the start of t: its text and its length, 0 where there is none.
func xmlReference(t []byte) (string, int) {
	for _, r := range xmlReferences {
		if bytes.HasPrefix(t, []byte(r)) {
			return html.UnescapeString(r), len(r)
		}
	}
	if len(t) < 2 || t[1] != '#' {
		return "", 0
	}
	content, n := reference(t)
	if n == 0 || t[n-1] != ';' || strings.TrimSpace(content) == "" {
		return "", 0
	}
	return content, n
}
