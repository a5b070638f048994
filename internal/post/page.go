package post

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"beleg/internal/cite"
)

// maxDepth is how many elements are followed into each other; deeper ones are read as text without structure.
const maxDepth = 512

// frame is an open element, with what it and those around it make of the text inside.
type frame struct {
	name   string
	muted  bool // not read: scripts, menus, what is hidden
	math   bool // inside MathML, of which only the TeX source is read
	pre    bool
	code   bool
	quote  bool
	byline bool // the head of an article
	author bool
	raised bool
	row    bool
	head   bool // a table's head
	item   int  // depth of list
	title  int  // level of heading, 0 for none
}

// page writes the text of a stretch of HTML.
type page struct {
	src   *source
	draft *draft
	base  *url.URL // relative links are resolved by it; nil where it is not known
	whole bool     // a page or an article, not HTML inside Markdown

	titleLevel int    // lowest level of a heading that is the title
	titleURL   string // where the title leads to

	stack  []frame
	titled bool
}

// Elements by what they do to the text.
var (
	voidElements = set("area base br col embed hr img input link meta param source track wbr")
	// mutedElements hold what belongs to the page and not to the post.
	mutedElements = set("script style noscript template svg canvas iframe object nav footer aside menu button select textarea dialog head audio video map")
	blockElements = set("address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul")
	// closedBy are elements that end where another one of the listed kinds starts.
	closedBy = map[string]map[string]bool{
		"p":  set("address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul li dd dt td th tr"),
		"li": set("li"), "dt": set("dt dd"), "dd": set("dt dd"), "td": set("td th tr"), "th": set("td th tr"), "tr": set("tr"),
	}
	// hiddenClasses are for screen readers or for the page's own use; furnitureClasses are parts of a page that are not the post.
	furnitureClasses = set("comments comment-list sidebar related related-posts breadcrumbs pagination toc table-of-contents share sharing cookie-banner newsletter advertisement")
	hiddenClasses    = set("visually-hidden sr-only screen-reader-text hash-link headerlink anchor-link katex-html footnote-ref footnote-backref footnote-back mw-editsection")
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// read writes the text of src.text[lo:hi].
func (p *page) read(lo, hi int) {
	z := html.NewTokenizer(bytes.NewReader(p.src.text[lo:hi]))
	at := lo
	for {
		kind := z.Next()
		end := at + len(z.Raw())
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			p.text(at, end)
		case html.CommentToken:
			p.comment(at, end)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := tagOf(z)
			p.start(name, attrs, end, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(string(name))
		}
		at = end
	}
}

// attributes are a tag's attributes; the first of a name counts.
type attributes map[string]string

func tagOf(z *html.Tokenizer) (string, attributes) {
	name, more := z.TagName()
	tag := string(name)
	var attrs attributes
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if attrs == nil {
			attrs = attributes{}
		}
		if _, seen := attrs[string(k)]; !seen {
			attrs[string(k)] = string(v)
		}
	}
	return tag, attrs
}

// hasClass tells whether one of the classes is in the set.
func (a attributes) hasClass(classes map[string]bool) bool {
	return a["class"] != "" && slices.ContainsFunc(strings.Fields(a["class"]), func(c string) bool { return classes[c] })
}

// hidden tells whether a reader does not see the element.
func (a attributes) hidden() bool {
	_, hidden := a["hidden"]
	style := strings.ReplaceAll(strings.ToLower(a["style"]), " ", "")
	return hidden || a["aria-hidden"] == "true" || strings.Contains(style, "display:none") || a.hasClass(hiddenClasses)
}

func (p *page) top() frame {
	if len(p.stack) == 0 {
		return frame{}
	}
	return p.stack[len(p.stack)-1]
}

func (p *page) start(name string, attrs attributes, at int, selfClosing bool) {
	for len(p.stack) > 0 && closedBy[p.top().name][name] {
		p.pop()
	}
	switch name {
	case "br":
		p.lineBreak(at)
		return
	case "a":
		p.anchor(attrs)
	case "time":
		if p.whole && p.draft.date == "" {
			p.draft.date = attrs["datetime"]
		}
	}
	if voidElements[name] {
		return
	}
	if blockElements[name] {
		p.boundary(name)
	}
	if len(p.stack) >= maxDepth || selfClosing && !blockElements[name] {
		return
	}
	f := p.top()
	f.name = name
	f.enter(name, attrs, p.whole)
	p.stack = append(p.stack, f)
	if name == "pre" && !f.muted {
		p.draft.build.begin(cite.Code, 0)
	}
}

// enter changes a frame, which starts as a copy of the one around it, to what an element makes of its text.
func (f *frame) enter(name string, attrs attributes, whole bool) {
	f.muted = f.muted && !f.math || mutedElements[name] || attrs.hidden() ||
		whole && (attrs.hasClass(furnitureClasses) || furnitureClasses[attrs["id"]])
	f.head = f.head || name == "thead" || name == "th"
	f.author = attrs["itemprop"] == "author" || attrs["rel"] == "author" || f.byline && attrs["itemprop"] == "name"
	switch name {
	case "math":
		f.math, f.muted = true, true
	case "annotation":
		f.muted = attrs["encoding"] != "application/x-tex"
	case "pre":
		f.pre = true
	case "code", "kbd", "samp", "tt":
		f.code = true
	case "blockquote":
		f.quote = true
	case "li", "dd", "dt":
		f.item++
	case "tr":
		f.row = true
	case "sup":
		f.raised = true
	case "header":
		f.byline = whole
	case "h1", "h2", "h3", "h4", "h5", "h6":
		f.title = int(name[1] - '0')
	}
	if f.math && name != "annotation" {
		f.muted = true
	}
}

// boundary ends a block before an element that stands on its own; inside a table's row it is a cell or a space.
func (p *page) boundary(name string) {
	b := p.draft.build
	if !p.top().row || name == "tr" || name == "table" {
		b.end()
		return
	}
	if !b.open {
		return
	}
	if name == "td" || name == "th" {
		b.cell()
		return
	}
	b.whiteSpace(0, 0)
}

func (p *page) end(name string) {
	i := len(p.stack) - 1
	for i >= 0 && p.stack[i].name != name {
		i--
	}
	if name == "a" {
		p.draft.build.endLink()
	}
	if i < 0 {
		if blockElements[name] && !p.top().row {
			p.draft.build.end()
		}
		return
	}
	for len(p.stack) > i {
		p.pop()
	}
}

// pop closes the innermost element.
func (p *page) pop() {
	f := p.top()
	p.stack = p.stack[:len(p.stack)-1]
	b := p.draft.build
	switch {
	case f.name == "pre" && b.open && b.verbatim:
		b.trimEnd()
		b.end()
	case f.name == "tr", blockElements[f.name] && !p.top().row:
		b.end()
	case blockElements[f.name] && f.name != "td" && f.name != "th" && b.open:
		b.whiteSpace(0, 0)
	}
}

func (p *page) lineBreak(at int) {
	b := p.draft.build
	switch {
	case !b.open || p.top().muted:
	case b.verbatim:
		b.added("\n")
	default:
		b.whiteSpace(at, 0)
	}
}

// anchor opens a link.
func (p *page) anchor(attrs attributes) {
	to := p.resolve(attrs["href"])
	p.draft.build.link(to)
	if p.whole && p.top().title > 0 && p.titleURL == "" {
		p.titleURL = to
	}
}

// resolve is where a link leads, "" where it leads nowhere outside the page.
func (p *page) resolve(href string) string {
	href = outgoing(href)
	if href == "" || p.base == nil {
		return href
	}
	u, err := p.base.Parse(href)
	if err != nil {
		return href
	}
	return u.String()
}

// outgoing is a link's target if it is a page: not a place on the same page, not a script, not an address.
func outgoing(href string) string {
	href = line1(href, longestURL)
	u, err := url.Parse(href)
	if err != nil || href == "" || href[0] == '#' || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return href
}

// longestURL is in characters.
const longestURL = 2000

func (p *page) comment(lo, hi int) {
	if f := findComment(p.src.text[lo:hi]); f != nil {
		p.draft.takeMark(p.src, p.src.text[lo+f[2]:lo+f[3]], lo+f[0], lo+f[1])
	}
}

// text writes a stretch between two tags.
func (p *page) text(lo, hi int) {
	f := p.top()
	if f.muted {
		return
	}
	b := p.draft.build
	words := p.src.text[lo:hi]
	if f.pre && b.open {
		b.entities(lo, hi, false)
		return
	}
	if leadingSpace(words) == len(words) {
		if b.open {
			b.whiteSpace(lo, 1)
		}
		return
	}
	if f.code && bytes.ContainsAny(words, "0123456789") || f.math && bytes.IndexByte(words, '\\') >= 0 {
		return
	}
	if !b.open {
		p.begin(f)
	}
	if f.author && p.draft.author == "" {
		p.draft.author = strings.TrimSpace(html.UnescapeString(string(words)))
	}
	if f.raised && b.raise(lo, hi) {
		return
	}
	b.entities(lo+b.numbering(lo, hi), hi, false)
}

// begin opens the block that the frame's text belongs to.
func (p *page) begin(f frame) {
	b := p.draft.build
	switch {
	case f.title > 0 && f.title <= p.titleLevel && !p.titled:
		p.titled = true
		b.begin(cite.Title, 1)
	case f.title > 0:
		b.begin(cite.Heading, f.title)
	case f.row:
		b.begin(cite.TableRow, 0)
		if f.head {
			b.block.Level = 1
		}
	case f.byline:
		b.begin(cite.Byline, 0)
	case f.item > 0:
		b.begin(cite.ListItem, f.item)
	case f.quote:
		b.begin(cite.Quote, 0)
	default:
		b.begin(cite.Paragraph, 0)
	}
}

// raise writes what is set above the line if it belongs to a number ("10⁹"), and tells whether it was dealt with:
// a mark that leads to a footnote is left out.
func (b *builder) raise(lo, hi int) bool {
	words := bytes.TrimSpace(b.seen[lo:hi])
	if len(words) == 0 || len(bytes.Trim(words, "0123456789[]()*, -+−")) > 0 {
		return false
	}
	power := bytes.HasSuffix(b.buf, []byte("10")) && !b.space && bytes.IndexByte(words, '[') < 0
	if power && (len(b.buf) < 3 || b.buf[len(b.buf)-3] < '0' || b.buf[len(b.buf)-3] > '9') {
		b.added("^")
		b.write(lo, hi)
	}
	return true
}

// tagName is the name of a tag in a line, with a slash before it for an end tag, and its attributes.
func tagName(tag []byte) (string, func(string) string) {
	z := html.NewTokenizer(bytes.NewReader(tag))
	switch z.Next() {
	case html.StartTagToken, html.SelfClosingTagToken:
		name, attrs := tagOf(z)
		return name, func(k string) string { return attrs[k] }
	case html.EndTagToken:
		name, _ := z.TagName()
		return "/" + string(name), func(string) string { return "" }
	}
	return "", func(string) string { return "" }
}
