package post

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
)

func TestHTML(t *testing.T) {
	testTexts(t, HTML, []textCase{
		{"Fragment", "<p>a <b>5</b>,2&nbsp;%</p><p>b", []string{"paragraph a 5,2\u00a0%", "paragraph b"}, nil},
		{"WhiteSpace", "<p>\n  a\n  b <i> c</i>\t d</p>", []string{"paragraph a b c d"}, nil},
		{"NothingBetweenTags", "<p><span>19</span><span>,2</span> Mrd.</p>", []string{"paragraph 19,2 Mrd."}, nil},
		{"Muted", "<p>a<script>5</script><style>6</style><template>7</template><span style=\"display: none\">8</span><i class=\"sr-only\">9</i></p>", []string{"paragraph a"}, nil},
		{"Navigation", "<nav>5</nav><main><h1>T</h1><aside>6</aside><p>a</p></main><footer>7</footer>", []string{"title1 T", "paragraph a"}, nil},
		{"NavigationNotClosed", "<div><nav>5</div><p>a</p>", []string{"paragraph a"}, nil},
		{"TitleOutsideTheArticle", "<body><header><h1>T 5 %</h1></header><article><h2>H</h2><p>a</p></article>", []string{"title1 T 5 %", "heading2 H", "paragraph a"}, nil},
		{"LongestArticle", "<meta property=og:type content=article><article><p>teaser</p></article><article><h1>T</h1><p>the text itself</p></article>",
			[]string{"title1 T", "paragraph the text itself"}, nil},
		{"Lists", "<ul><li>a<li>b<ol><li>c</ol><li><p>d</p><p>e</p></ul><dl><dt>f<dd>g</dl>", []string{"item1 a", "item1 b", "item2 c", "item1 d", "item1 e", "item1 f", "item1 g"}, nil},
		{"Table", "<table><caption>Cap</caption><tr><th>a<th>b<tr><td>1<td><table><tr><td>2</table><td>3</table>", []string{"paragraph Cap", "row1 a\tb", "row 1", "row 2", "row 3"}, nil},
		{"BlocksInACell", "<table><tr><td><p>a</p><p>b</p></td><td><div>c</div></td></tr></table>", []string{"row a b\tc"}, nil},
		{"Code", "<pre><span>x = 5</span><br>y\n</pre><p>a <code>6</code> <code>b</code></p>", []string{"code x = 5\ny", "paragraph a b"}, nil},
		{"Quote", "<blockquote>a<p>b</blockquote>c", []string{"quote a", "quote b", "paragraph c"}, nil},
		{"FootnoteMark", "<p>5 %<sup><a href=#f>1</a></sup> <sup>[2]</sup> x<sup>3</sup> 10<sup>9</sup> 10<sup>-3</sup></p>", []string{"paragraph 5 % x 10^9 10^-3"}, nil},
		{"Links", "<p><a href=\"https://a.example/?b=5&amp;c\">x <b>y</b></a> <a href=#z>z</a> <a>w</a></p>", []string{"paragraph x y z w"}, []string{"x y → https://a.example/?b=5&c"}},
		{"LinkAroundBlocks", "<a href=https://a.example><p>x</p><p>y</p></a>", []string{"paragraph x", "paragraph y"}, []string{"x → https://a.example", "y → https://a.example"}},
		{"MathSource", `<p>a <math><mn>5</mn><annotation encoding="application/x-tex">19,2 Mrd.</annotation></math> <math><annotation encoding="application/x-tex">\frac{1}{2}</annotation></math> b</p>`,
			[]string{"paragraph a 19,2 Mrd. b"}, nil},
		{"References", "<p>&lt;5&copy6 &#8364;7 &euro;8 &bogus; &nGg;</p>", []string{"paragraph <5©6 €7 €8 &bogus; ⋙̸"}, nil},
		{"Comments", "<p>a<!-- 5 --> b<!-- > -->", []string{"paragraph a b"}, nil},
		{"UnclosedComment", "<p>a</p><!-- 5", []string{"paragraph a"}, nil},
		{"Sidebars", "<article><h1>T</h1><p>a</p><div class=\"related-posts\"><p>5</p></div><section id=comments><p>6</p></section></article>", []string{"title1 T", "paragraph a"}, nil},
		{"HeadingNumbers", "<h2>1. One</h2><h2>5.2 billion</h2>", []string{"heading2 One", "heading2 5.2 billion"}, nil},
		{"Byline", "<article><header><h1>T</h1><p>10. Februar 2026</p><a rel=author href=/a>Anna Beispiel</a></header><p>5 Min. Lesezeit</p><p>a</p></article>",
			[]string{"title1 T", "byline 10. Februar 2026", "byline Anna Beispiel", "byline 5 Min. Lesezeit", "paragraph a"}, []string{"Anna Beispiel → /a"}},
	})
}

// TestHTMLMetadata shows where a page's own words about itself are taken from.
func TestHTMLMetadata(t *testing.T) {
	type about struct{ Title, Author, Published, From, URL, Translation, Lang string }
	tests := []struct {
		name string
		in   string
		url  string
		want about
	}{
		{"LinkedData", `<html lang=en><script type="application/ld+json">[{"@type":"Thing"},{"datePublished":"2026-02-10","author":"A B","headline":"H"}]</script><p>a`, "",
			about{"H", "A B", "2026-02-10", "metadata", "", "", "en"}},
		{"Meta", `<html lang=de><head><title>T | Site</title><meta property="article:published_time" content="2026-02-10T01:00:00+02:00"><meta name=author content="A B"></head><p>a`, "",
			about{"T", "A B", "2026-02-10", "metadata", "", "", "de"}},
		{"Time", `<article><h1>T</h1><time datetime="2026-02-10">x</time><p>a</article>`, "", about{"T", "", "2026-02-10", "metadata", "", "", "en"}},
		{"DatedURL", `<h1>T</h1><p>a`, "https://b.example/2026/02/10/t.html", about{"T", "", "2026-02-10", "path", "https://b.example/2026/02/10/t.html", "", "en"}},
		{"Canonical", `<link rel=canonical href="/t?utm_source=x"><h1>T</h1><p>a`, "https://b.example/t?ref=y", about{"T", "", "", "", "https://b.example/t", "", "en"}},
		{"CanonicalElsewhere", `<link rel=canonical href="https://victim.example/t"><h1>T</h1><p>a`, "https://b.example/t", about{"T", "", "", "", "https://b.example/t", "", "en"}},
		{"Alternates", `<link rel=alternate hreflang=de href="https://b.example/t"><link rel=alternate hreflang=en href="https://b.example/en/t"><h1>T</h1><p>a`, "https://b.example/en/t",
			about{"T", "", "", "", "https://b.example/en/t", "url:https://b.example/en/t", "en"}},
		{"BrokenLinkedData", `<script type="application/ld+json">{"datePublished":</script><h1>T</h1><p>a`, "", about{"T", "", "", "", "", "", "en"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posts, err := Parse([]byte(tt.in), Options{Format: HTML, URL: tt.url})
			if err != nil {
				t.Fatal(err)
			}
			p := posts[0]
			got := about{p.Title, p.Author, p.Published.String(), string(p.PublishedFrom), p.URL, p.Translation, string(p.Lang)}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	testTexts(t, Text, []textCase{
		{"OneLine", "Der Umlauf liegt bei 305 Mrd. $", []string{"paragraph Der Umlauf liegt bei 305 Mrd. $"}, nil},
		{"Paragraphs", "A title\n\nOne sentence.\nAnother one.\n\nA third.", []string{"title1 A title", "paragraph One sentence.", "paragraph Another one.", "paragraph A third."}, nil},
		{"NoTitle", "This is a sentence.\n\nA heading\n\nAnother sentence.", []string{"paragraph This is a sentence.", "heading2 A heading", "paragraph Another sentence."}, nil},
		{"Byline", "T\n\n· 13 Min. Lesezeit\nAnna Beispiel\nRedakteurin\n\nText.", []string{"title1 T", "byline · 13 Min. Lesezeit", "byline Anna Beispiel", "byline Redakteurin", "paragraph Text."}, nil},
		{"EnglishByline", "T\n\nFebruary 10, 2026 · 9 min read\nAnna Example\n\nText.", []string{"title1 T", "byline February 10, 2026 · 9 min read", "byline Anna Example", "paragraph Text."}, nil},
		{"Lists", "T\n\nIt has:\n\n  • five\n  – six.\n  1. one\n\n2. A heading\n\nText.\n\n1/ A thread.", []string{"title1 T", "paragraph It has:", "item1 five", "item1 six.", "item1 one", "heading3 A heading", "paragraph Text.", "item1 A thread."}, nil},
		{"DatesAreNoItems", "T\n\n15. Februar 2026 war es.\n3. Quartal 2025 auch.", []string{"title1 T", "paragraph 15. Februar 2026 war es.", "paragraph 3. Quartal 2025 auch."}, nil},
		{"Rows", "T\n\nYear\tValue\n2025\t5,2\n\n| a | b |\n|---|---|\n| 1 | 2 |", []string{"title1 T", "row Year\tValue", "row 2025\t5,2", "row | a | b |", "row | 1 | 2 |"}, nil},
		{"Wrapped", "A title\n\nThis is the first line of a paragraph that is wrapped\nat a fixed width, as mail programs and editors used to\ndo it.\n\nThis is another paragraph that has been wrapped at a\nfixed width.\n- an item that is long enough to be wrapped as well, or\n  nearly so.",
			[]string{"title1 A title", "paragraph This is the first line of a paragraph that is wrapped at a fixed width, as mail programs and editors used to do it.",
				"paragraph This is another paragraph that has been wrapped at a fixed width.", "item1 an item that is long enough to be wrapped as well, or nearly so."}, nil},
		{"URLs", "T\n\nSee https://a.example/b?c=5, or (https://d.example).", []string{"title1 T", "paragraph See https://a.example/b?c=5, or (https://d.example)."},
			[]string{"https://a.example/b?c=5 → https://a.example/b?c=5", "https://d.example → https://d.example"}},
		{"AuthorOverReadingTime", "T\n\nAnna Example\n\n5 min read\n\nText.", []string{"title1 T", "byline Anna Example", "byline 5 min read", "paragraph Text."}, nil},
		{"ReadingTimeInASentence", "T\n\nIt is good.\nThis is a quick 5 min read.\n\nText.", []string{"title1 T", "paragraph It is good.", "paragraph This is a quick 5 min read.", "paragraph Text."}, nil},
		{"NotEveryVonIsAnAuthor", "T\n\nVon der Spekulation zum Ertrag\n\nText.\n\nMehr.", []string{"title1 T", "heading2 Von der Spekulation zum Ertrag", "paragraph Text.", "paragraph Mehr."}, nil},
		{"NumbersBeforeWordsLikeMonths", "T\n\nText:\n  1. Dezentrale Netze\n  2. Marktanteil 5 %\n  3. Dez. 2025", []string{"title1 T", "paragraph Text:", "item1 Dezentrale Netze", "item1 Marktanteil 5 %", "paragraph 3. Dez. 2025"}, nil},
		{"WikiHeading", "A sentence about it.\n\n== History ==\n\nMore.", []string{"paragraph A sentence about it.", "heading2 History", "paragraph More."}, nil},
		{"WindowsLines", "T\r\n\r\na.\r\nb.\r\n", []string{"title1 T", "paragraph a.", "paragraph b."}, nil},
		{"OldMacLines", "T\r\ra.\rb\tc", []string{"title1 T", "paragraph a.", "row b\tc"}, nil},
		{"NoMarkdown", "T\n\n**a** [b](c) <d>.", []string{"title1 T", "paragraph **a** [b](c) <d>."}, nil},
		{"Sources", "T\n\nText.\n\nQuellen:\n\nA: https://a.example", []string{"title1 T", "paragraph Text.", "heading2 Quellen:", "sources A: https://a.example"}, []string{"https://a.example → https://a.example"}},
	})
}

// TestForeignPassages notes a quotation in the other language.
func TestForeignPassages(t *testing.T) {
	in := "Der Bericht ist da\n\nDie Agentur ist sich sicher, und das ist nicht neu: Der Verbrauch steigt mit jedem Jahr, und er wird auch nach " +
		"dem Ende des Jahrzehnts nicht sinken, weil die Zahl der Anlagen wächst und sie mit jeder Stufe mehr brauchen.\n\n" +
		"“The demand of the data centres is to double by the end of this decade, and that is not the end of it,” they said."
	posts, err := Parse([]byte(in), Options{Format: Text})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range posts[0].Text.Blocks {
		got = append(got, string(b.Kind)+" "+string(b.Lang))
	}
	if diff := cmp.Diff([]string{"title ", "paragraph ", "paragraph en"}, got); diff != "" || posts[0].Lang != "de" {
		t.Error(posts[0].Lang, diff)
	}
}

// TestNoise tells a changed page from one on which only tokens, counters and advertisements are others.
func TestNoise(t *testing.T) {
	page := func(token, text, link string) string {
		return `<html lang=en><script>token = "` + token + `"</script><nav>` + token + `</nav><article><h1>T</h1><p>` + text + ` <a href="https://a.example/` + link + `">x</a></p></article>`
	}
	digest := func(s string) string { return read(t, s, Options{Format: HTML}).SHA256 }
	same := digest(page("1", "It is 5 %.", "a"))
	if digest(page("2", "It is 5 %.", "a")) != same {
		t.Error("another token made it another post")
	}
	if digest(page("1", "It is 6 %.", "a")) == same || digest(page("1", "It is 5 %.", "b")) == same {
		t.Error("another text or link did not")
	}
}

// TestFeedWithEmptyItems leaves out the items that say nothing, and keeps the rest.
func TestFeedWithEmptyItems(t *testing.T) {
	in := `<rss version="2.0"><channel><item><title>A</title><description><![CDATA[<img src=x>]]></description></item>` +
		`<item><description>Text of the second, 5 %.</description></item><item><title></title><description> </description></item></channel></rss>`
	posts, err := Parse([]byte(in), Options{Path: "feed.xml"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range posts {
		checkPost(t, []byte(in), &posts[i])
		got = append(got, posts[i].Title+"|"+posts[i].Path)
	}
	if diff := cmp.Diff([]string{"Text of the second, 5 %.|"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestFormat tells formats by name and content.
func TestFormat(t *testing.T) {
	tests := []struct {
		name, path, in string
		want           Format
	}{
		{"Name", "a.HTML", "# x", HTML},
		{"MarkdownWithImports", "a.md", "---\ntitle: x\n---\nimport A from '@site/a';\n\ntext", MDX},
		{"MarkdownWithComments", "a.md", "text {/* beleg: series=a */}", MDX},
		{"MarkdownWithCode", "a.md", "text\n\n```js\nimport A from 'a';\n```", Markdown},
		{"Feed", "", "<?xml version=\"1.0\"?>\n<!-- x -->\n<rss version=\"2.0\">", Feed},
		{"Atom", "feed.xml", "<feed xmlns=\"x\">", Feed},
		{"Page", "https://a.example/b", "\ufeff<!DOCTYPE html><html>", HTML},
		{"Fragment", "", "<p>a", HTML},
		{"FrontMatter", "", "---\ntitle: x\n---\ntext", Markdown},
		{"Heading", "", "# T\n\ntext", Markdown},
		{"Link", "", "see [a](https://a.example)", Markdown},
		{"Plain", "", "T\n\n5 % of 3 < 4", Text},
		{"Empty", "", "", Text},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := detectFormat([]byte(tt.in), tt.path); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestPublished asks for the date in the order of trust.
func TestPublished(t *testing.T) {
	const front = "---\ndate: 2026-02-02\n---\n"
	const body = "# T\n\nFebruary 3, 2026 · 4 min read\n\ntext"
	now := day("2026-02-06").Start()
	tests := []struct {
		name string
		in   string
		opt  Options
		want string
		from cite.DateSource
	}{
		{"Given", front + body, Options{Path: "2026-02-04-t.md", Published: day("2026-02-01"), Draft: true, Now: now}, "2026-02-01", cite.DateGiven},
		{"FrontMatter", front + body, Options{Path: "2026-02-04-t.md", Draft: true, Now: now}, "2026-02-02", cite.DateFrontMatter},
		{"Metadata", body, Options{Path: "2026-02-04-t.md", Draft: true, Now: now}, "2026-02-03", cite.DateMetadata},
		{"Path", "# T\n\ntext", Options{Path: "blog/2026-02-04-t.md", Draft: true, Now: now}, "2026-02-04", cite.DatePath},
		{"Folders", "# T\n\ntext", Options{Path: "blog/2026/02/04/t/index.md"}, "2026-02-04", cite.DatePath},
		{"Today", "# T\n\ntext", Options{Path: "t.md", Draft: true, Now: now}, "2026-02-06", cite.DateToday},
		{"Unknown", "# T\n\ntext", Options{Path: "t.md", Now: now}, "", cite.DateUnknown},
		{"NoSuchDay", "# T\n\ntext", Options{Path: "2026-13-40-t.md"}, "", cite.DateUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.opt.Format = Markdown
			posts, err := Parse([]byte(tt.in), tt.opt)
			if err != nil {
				t.Fatal(err)
			}
			if p := posts[0]; p.Published.String() != tt.want || p.PublishedFrom != tt.from {
				t.Errorf("%s from %q, want %s from %q", p.Published, p.PublishedFrom, tt.want, tt.from)
			}
		})
	}
}
