package post

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

// planted is a document under construction, with numbers that are found again by their bytes.
type planted struct {
	b       strings.Builder
	numbers []string
	at      []int
}

func (p *planted) number(t *rapid.T) {
	n := fmt.Sprintf("%d,%d", 1000+len(p.numbers), rapid.IntRange(1, 9).Draw(t, "decimal"))
	p.numbers = append(p.numbers, n)
	p.at = append(p.at, p.b.Len())
	p.b.WriteString(n)
}

// parts are what stands around numbers; "§" is where the number goes.
var parts = map[Format][]string{
	Markdown: {"§ ", "**§** ", "*a §b* ", "[c §](https://d.example/5) ", "§\u00a0% ", "§&nbsp;Mrd. ", "`e` § ", "ü § € ", "~~§~~ ", "\n\n- § ", "\n\n> § ", "\n\n| f | § |\n|---|---|\n| § | g |\n\n",
		"\n\n<p>h <b>§</b></p>\n\n", "<span>§</span> ", "x.[7] § ", "\n\n## i §\n\n", "\n\n:::note\n§ j\n:::\n\n", "line\nk § ", "&amp; § ", "\\* § "},
	HTML: {"§ ", "<b>§</b> ", "<p>ü § &euro; ", "<li>§", "<table><tr><td>§<td>§</table>", "<h2>a §</h2>", "<script>5</script>§ ", "<a href=b>§</a> ", "&lt;§ ", "<br>§ ", "<div hidden>5</div>", "x.[7] § ", "<nav>5</nav>§ "},
	Text: {"§ ", "\n\nA line with §.", "\n  • § ü", "\n\na\t§\tb\n", "\n\nHeading §\n\n", "https://a.example/b § ", "x.[7] § ", "\n12. Februar § ", "\nc: §\n"},
}

// TestPlantedNumbers finds each number that a document states in its text, once, and by its text the number's bytes,
// in UTF-8 and in Windows-1252.
func TestPlantedNumbers(t *testing.T) {
	for format := range parts {
		t.Run(string(format), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				var doc planted
				for range rapid.IntRange(1, 12).Draw(t, "parts") {
					part := rapid.SampledFrom(parts[format]).Draw(t, "part")
					for i, piece := range strings.Split(part, "§") {
						if i > 0 {
							doc.number(t)
						}
						doc.b.WriteString(piece)
					}
				}
				if len(doc.numbers) == 0 {
					return
				}
				foundAgain(t, format, []byte(doc.b.String()), doc.numbers, doc.at)
				latin, err := charmap.Windows1252.NewEncoder().Bytes([]byte(doc.b.String()))
				if err != nil {
					t.Fatal(err)
				}
				foundAgain(t, format, latin, doc.numbers, nil)
			})
		})
	}
}

// foundAgain looks the numbers up; at is where they stand in the file, nil where only the bytes are compared.
func foundAgain(t *rapid.T, format Format, raw []byte, numbers []string, at []int) {
	posts, err := Parse(raw, Options{Format: format})
	if err != nil {
		t.Fatal(err)
	}
	p := &posts[0]
	if err := brokenPost(raw, p); err != nil {
		t.Fatal(err)
	}
	for i, n := range numbers {
		if c := strings.Count(p.Text.Content, n); c != 1 {
			t.Fatalf("%q is there %d times in %q, read from %q", n, c, p.Text.Content, raw)
		}
		start := strings.Index(p.Text.Content, n)
		lo, hi := p.Text.Source(start, start+len(n))
		lo, hi = lo+p.Offset, hi+p.Offset
		if string(raw[lo:hi]) != n || at != nil && lo != at[i] {
			t.Fatalf("%q leads to %q at %d of %q", n, raw[lo:hi], lo, raw)
		}
	}
}

// hostile are inputs that readers of markup have been slow or deep on, to be repeated.
var hostile = map[Format][]string{
	Markdown: {"[", "![", "*a ", "a**b", "_a", "`a``b```c````", "<", "<a ", "[a](", "[a](b \"", "[^1] ", "[^", "- a\n", "> a\n", "a|b\n-|-\nc|d\n\n", "&", "<div>\n", "<!-- ", "a <!-- ", "a <![CDATA[", "```\n", "a\n=\n", "[a]: b\n",
		"http://a.", "www.", "a@", "\\", ":::a b\n", "(", "# a [b](", "\t- a\n", "<!-- beleg:", "a[1]"},
	MDX:  {"{", "<A ", "<pre>", "{/*", "`a``b```", "import {\n", "<A b={"},
	HTML: {"<div>", "<li>a", "<a href=b>c", "<table><tr><td>a", "</div>", "<article>", "<h1>a", "<ul><li>", "<sup>1</sup>", "<math>", "&am", "<!--", "a[1]"},
	Text: {"a\n", "a[1]", "<!-- beleg:", "https://a.b/c ", "\n· 3 min read\na", "a\tb\n", "- a\n", "(((("},
	Feed: {"<item><title>a</title><description>b</description>", "<a>", "<![CDATA[a]]>", "&lt;", "<entry><content>"},
}

// TestHostile reads inputs of a quarter of a megabyte that are made to be slow. The limit leaves room for a busy machine: what
// grows with the square of its input takes minutes.
func TestHostile(t *testing.T) {
	const size, limit = 1 << 18, 20 * time.Second
	if testing.Short() {
		t.Skip("takes a few seconds; run without -short")
	}
	for format, inputs := range hostile {
		for _, in := range inputs {
			t.Run(string(format)+"/"+in, func(t *testing.T) {
				raw := []byte(strings.Repeat(in, size/len(in)))
				if format == Feed {
					raw = append([]byte("<rss><channel><item><description>"), raw...)
				}
				start := time.Now()
				posts, err := Parse(raw, Options{Format: format, MaxPosts: size})
				if took := time.Since(start); took > limit {
					t.Errorf("took %s", took)
				}
				if (err == nil) == (len(posts) == 0) {
					t.Errorf("%d posts, error %v", len(posts), err)
				}
			})
		}
	}
}

// TestLargePost reads four megabytes of ordinary text.
func TestLargePost(t *testing.T) {
	paragraph := "The sector grew from **5.2** to 19.2 billion dollars, [an index](https://a.example/b) says, and the number of projects to 321.\n\n"
	raw := []byte(strings.Repeat(paragraph, (4<<20)/len(paragraph)))
	for _, format := range []Format{Markdown, MDX, HTML, Text} {
		start := time.Now()
		posts, err := Parse(raw, Options{Format: format})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s took %s", format, took)
		}
		if n := strings.Count(posts[0].Text.Content, "19.2 billion"); n != len(raw)/len(paragraph) {
			t.Errorf("%s holds %d of %d figures", format, n, len(raw)/len(paragraph))
		}
	}
}

// BenchmarkParse measures the readers on ordinary text.
func BenchmarkParse(b *testing.B) {
	paragraph := "The sector grew from **5.2** to 19.2 billion dollars, [an index](https://a.example/b) says, and the number of projects to 321.\n\n"
	raw := []byte(strings.Repeat(paragraph, (1<<20)/len(paragraph)))
	for _, format := range []Format{Markdown, MDX, HTML, Text} {
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := Parse(raw, Options{Format: format}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
