package post

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"beleg/internal/cite"
)

// region is a stretch of a page's bytes.
type region struct{ lo, hi int }

func (r region) holds(o region) bool { return r.lo <= o.lo && o.hi <= r.hi }

// outline is what a page says about itself, and where its parts are.
type outline struct {
	src *source

	title     string // of the head
	shown     string // as a page gives it to those who link to it
	author    string
	date      string
	lang      string
	canonical string
	single    bool // the page says that it is one article
	base      string
	twins     []string

	articles []region // those that stand in no other one
	mains    []region
	headings []region // of the first level

	open []opened
}

// opened is a part of the page that has begun.
type opened struct {
	name  string
	lo    int
	aside bool // it, or one around it, is no part of the text
}

// Parts of a page that the outline follows.
var (
	pageParts  = set("article main nav aside footer h1")
	asideParts = set("nav aside footer")
)

// readOutline goes through the page once.
func readOutline(src *source) outline {
	o := outline{src: src}
	z := html.NewTokenizer(bytes.NewReader(src.text))
	at, inTitle, inData := 0, false, false
	for {
		kind := z.Next()
		end := at + len(z.Raw())
		switch kind {
		case html.ErrorToken:
			for len(o.open) > 0 {
				o.close(o.open[0].name, at)
			}
			return o
		case html.TextToken:
			if inTitle && o.title == "" {
				o.title = html.UnescapeString(string(src.text[at:end]))
			}
			if inData {
				o.linkedData(src.text[at:end])
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := tagOf(z)
			inTitle = name == "title" && kind == html.StartTagToken
			inData = name == "script" && attrs["type"] == "application/ld+json"
			o.start(name, attrs, at)
		case html.EndTagToken:
			name, _ := z.TagName()
			inTitle, inData = false, false
			o.close(string(name), end)
		}
		at = end
	}
}

// metaNames are the names under which pages state what the outline wants.
var metaNames = map[string]func(*outline) *string{
	"article:published_time": func(o *outline) *string { return &o.date }, "datepublished": func(o *outline) *string { return &o.date },
	"date": func(o *outline) *string { return &o.date }, "dc.date": func(o *outline) *string { return &o.date },
	"dc.date.issued": func(o *outline) *string { return &o.date }, "dcterms.created": func(o *outline) *string { return &o.date },
	"citation_publication_date": func(o *outline) *string { return &o.date }, "pubdate": func(o *outline) *string { return &o.date },
	"author": func(o *outline) *string { return &o.author }, "article:author": func(o *outline) *string { return &o.author },
	"dc.creator": func(o *outline) *string { return &o.author },
	"og:title":   func(o *outline) *string { return &o.shown }, "og:locale": func(o *outline) *string { return &o.lang },
	"content-language": func(o *outline) *string { return &o.lang },
}

func (o *outline) start(name string, attrs attributes, at int) {
	switch name {
	case "html":
		o.lang = first(attrs["lang"], attrs["xml:lang"], o.lang)
	case "base":
		o.base = first(o.base, attrs["href"])
	case "meta":
		o.meta(attrs)
	case "link":
		o.link(attrs)
	}
	if !pageParts[name] || len(o.open) >= maxDepth {
		return
	}
	around := len(o.open) > 0 && o.open[len(o.open)-1].aside
	o.open = append(o.open, opened{name: name, lo: at, aside: around || asideParts[name] || attrs.hidden()})
}

func (o *outline) meta(attrs attributes) {
	key := strings.ToLower(first(attrs["property"], attrs["name"], attrs["itemprop"], attrs["http-equiv"]))
	value := strings.TrimSpace(attrs["content"])
	if key == "og:type" {
		o.single = value == "article"
	}
	where, known := metaNames[key]
	if !known || value == "" || *where(o) != "" || key == "article:author" && strings.Contains(value, "://") {
		return
	}
	*where(o) = value
}

func (o *outline) link(attrs attributes) {
	for _, rel := range strings.Fields(strings.ToLower(attrs["rel"])) {
		_, read := langTag(attrs["hreflang"])
		switch {
		case rel == "canonical" && o.canonical == "":
			o.canonical = attrs["href"]
		case rel == "alternate" && read && len(o.twins) < maxDepth:
			o.twins = append(o.twins, attrs["href"])
		}
	}
}

// close ends the innermost part of that name, and those inside it.
func (o *outline) close(name string, at int) {
	if !pageParts[name] {
		return
	}
	i := len(o.open) - 1
	for i >= 0 && o.open[i].name != name {
		i--
	}
	if i < 0 {
		return
	}
	for j := len(o.open) - 1; j >= i; j-- {
		o.part(o.open[j], at, o.open[:j])
	}
	o.open = o.open[:i]
}

// part notes a part of the page that has ended.
func (o *outline) part(p opened, at int, around []opened) {
	if p.aside {
		return
	}
	r := region{p.lo, at}
	switch p.name {
	case "main":
		o.mains = append(o.mains, r)
	case "h1":
		o.headings = append(o.headings, r)
	case "article":
		for _, a := range around {
			if a.name == "article" {
				return
			}
		}
		o.articles = append(o.articles, r)
	}
}

// linkedData reads the article that a page describes as JSON-LD; what is not JSON says nothing.
func (o *outline) linkedData(b []byte) {
	var v any
	if json.Unmarshal(b, &v) == nil {
		o.linkedValue(v, 0)
	}
}

// maxLinked is how deep linked data is followed.
const maxLinked = 8

func (o *outline) linkedValue(v any, depth int) {
	if depth > maxLinked {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			o.linkedValue(e, depth+1)
		}
	case map[string]any:
		if date, ok := v["datePublished"].(string); ok {
			o.date = first(o.date, date)
			o.author = first(o.author, linkedName(v["author"]))
			if headline, ok := v["headline"].(string); ok {
				o.shown = first(o.shown, headline)
			}
		}
		o.linkedValue(v["@graph"], depth+1)
		o.linkedValue(v["mainEntity"], depth+1)
	}
}

// linkedName is the name of a person in linked data: a text, an object with a name, or the first of a list.
func linkedName(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["name"].(string)
		return s
	case []any:
		if len(v) > 0 {
			if _, list := v[0].([]any); !list {
				return linkedName(v[0])
			}
		}
	}
	return ""
}

// readHTML reads a page: its article, else its main part, else all of it; a page with several articles is a listing.
func readHTML(src *source, opt Options) ([]draft, error) {
	o := readOutline(src)
	base := o.baseURL(opt)
	if many := o.listed(); len(many) > 1 {
		var out []draft
		for _, r := range many {
			d := draft{lang: o.lang, lo: r.lo, hi: r.hi, part: true, mixed: true}
			readRegion(src, &d, base, r, listedTitle)
			if len(d.build.blocks) > 0 && d.build.blocks[0].Kind == cite.Title && d.hasBody() {
				out = append(out, d)
			}
		}
		if len(out) > 1 {
			return out, nil
		}
	}
	d := draft{lang: o.lang, hi: len(src.text), mixed: true, author: o.author, date: o.date, url: o.canonical, twins: o.twins}
	if base != nil && d.url != "" {
		d.url = resolved(base, d.url)
		for i, t := range d.twins {
			d.twins[i] = resolved(base, t)
		}
	}
	readRegion(src, &d, base, o.text(), 1, o.headings...)
	if len(d.build.blocks) == 0 || d.build.blocks[0].Kind != cite.Title {
		d.title = first(o.shown, withoutSite(o.title))
	}
	return []draft{d}, nil
}

// listedTitle is the lowest level of heading that is the title of a post on a listing page.
const listedTitle = 3

// baseURL is what relative links on the page are resolved by; nil where it is not known.
func (o *outline) baseURL(opt Options) *url.URL {
	page, err := url.Parse(first(opt.URL, canonical(o.canonical, "")))
	if err != nil {
		page = &url.URL{}
	}
	if b, err := page.Parse(o.base); o.base != "" && err == nil {
		page = b
	}
	if page.Host == "" {
		return nil
	}
	return page
}

func resolved(base *url.URL, ref string) string {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	return u.String()
}

// listed are the articles of a listing page, none where the page is one article.
func (o *outline) listed() []region {
	if o.single || len(o.articles) < 2 {
		return nil
	}
	return o.articles
}

// text is where the page's text stands.
func (o *outline) text() region {
	all := region{0, len(o.src.text)}
	for _, among := range [][]region{o.articles, o.mains} {
		if len(among) == 0 {
			continue
		}
		best := among[0]
		for _, r := range among[1:] {
			if r.hi-r.lo > best.hi-best.lo {
				best = r
			}
		}
		return best
	}
	return all
}

// readRegion reads the text of a region, after the page's own title where that stands before it.
func readRegion(src *source, d *draft, base *url.URL, r region, titleLevel int, titles ...region) {
	d.build = newBuilder(src)
	p := page{src: src, draft: d, base: base, whole: true, titleLevel: titleLevel}
	inside := false
	for _, t := range titles {
		inside = inside || r.holds(t)
	}
	if len(titles) > 0 && !inside && titles[0].hi <= r.lo {
		p.read(titles[0].lo, titles[0].hi)
		p.stack = p.stack[:0]
	}
	p.read(r.lo, r.hi)
	d.build.endLink()
	d.build.end()
	if p.titleURL != "" && d.url == "" && titleLevel == listedTitle {
		d.url = p.titleURL
	}
}

// withoutSite is a page's title without the site's name after it.
func withoutSite(title string) string {
	for _, sep := range []string{" | ", " – ", " — ", " · "} {
		if i := strings.LastIndex(title, sep); i > 0 {
			return title[:i]
		}
	}
	return title
}
