package post

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
)

// blocks is a post's text as lines "kind level text".
func blocks(p *cite.Post) []string {
	var out []string
	for _, b := range p.Text.Blocks {
		kind := string(b.Kind)
		if b.Level > 0 {
			kind += fmt.Sprint(b.Level)
		}
		out = append(out, kind+" "+p.Text.Content[b.Start:b.End])
	}
	return out
}

// links is a post's links as lines "words → URL".
func links(p *cite.Post) []string {
	var out []string
	for _, l := range p.Text.Links {
		out = append(out, p.Text.Content[l.Start:l.End]+" → "+l.URL)
	}
	return out
}

// textCase is a text and what is read from it.
type textCase struct {
	name  string
	in    string
	want  []string
	links []string
}

func testTexts(t *testing.T, format Format, tests []textCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posts, err := Parse([]byte(tt.in), Options{Format: format})
			if err != nil {
				t.Fatal(err)
			}
			if len(posts) != 1 {
				t.Fatalf("%d posts", len(posts))
			}
			checkPost(t, []byte(tt.in), &posts[0])
			if diff := cmp.Diff(tt.want, blocks(&posts[0])); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.links, links(&posts[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	testTexts(t, Markdown, []textCase{
		{"EmphasisInANumber", "**19,2** Mrd., ~~5~~ *7* %", []string{"paragraph 19,2 Mrd., 5 7 %"}, nil},
		{"EmphasisInAWord", "un**glaub**lich", []string{"paragraph unglaublich"}, nil},
		{"Entities", "5&nbsp;% &lt; 7&#8239;% &amp; &notathing; AT&T", []string{"paragraph 5\u00a0% < 7\u202f% & &notathing; AT&T"}, nil},
		{"Escapes", `\*5\* and \_7\_ and \$9 but \n`, []string{`paragraph *5* and _7_ and $9 but \n`}, nil},
		{"SoftAndHardBreaks", "one\ntwo  \nthree\\\nfour", []string{"paragraph one two three four"}, nil},
		{"WindowsLines", "# T\r\n\r\none\r\ntwo\r\n\r\n- a\r\n- b\r\n", []string{"title1 T", "paragraph one two", "item1 a", "item1 b"}, nil},
		{"Links", "a [b **5**](https://x.y/z \"t\") c [r] <https://auto.example> [in](#here) [js](javascript:x) [rel](/p)\n\n[r]: https://ref.example",
			[]string{"paragraph a b 5 c r https://auto.example in js rel"},
			[]string{"b 5 → https://x.y/z", "r → https://ref.example", "https://auto.example → https://auto.example", "rel → /p"}},
		{"BareLinks", "see https://a.example/b?c=5. and www.b.example", []string{"paragraph see https://a.example/b?c=5. and www.b.example"},
			[]string{"https://a.example/b?c=5 → https://a.example/b?c=5", "www.b.example → http://www.b.example"}},
		{"Images", "a ![alt 5](x.png) b", []string{"paragraph a b"}, nil},
		{"Headings", "# T 5 %\n\nSetext\n======\n\n## 1. Numbered\n\n## 2.1 Deeper\n\n## 5.2 billion\n\n## 3. Februar", []string{"title1 T 5 %", "heading1 Setext",
			"heading2 Numbered", "heading2 Deeper", "heading2 5.2 billion", "heading2 3. Februar"}, nil},
		{"HeadingID", "## Sizes {#sizes-2026}", []string{"heading2 Sizes"}, nil},
		{"DateIsNoItem", "10. Februar 2026 war es so weit.\n\n3. eins", []string{"paragraph1 10. Februar 2026 war es so weit.", "item1 eins"}, nil},
		{"Lists", "1. one\n2. two\n\n   more\n   * deep\n\n- [ ] task", []string{"item1 one", "item1 two", "item1 more", "item2 deep", "item1 [ ] task"}, nil},
		{"Quotes", "> a 5 %\n>\n> > b\n\nc", []string{"quote a 5 %", "quote b", "paragraph c"}, nil},
		{"Table", "| a | b |\n|--|--|\n| **1** | |\n| 2 | [c](https://x.y) |", []string{"row1 a\tb", "row 1", "row 2\tc"}, []string{"c → https://x.y"}},
		{"Code", "    x = 5\n\ntext `y=6` and `name`\n\n~~~\nz = 7\n~~~", []string{"code x = 5", "paragraph text and name", "code z = 7"}, nil},
		{"InlineHTML", "a<br/>b <span title=\"5\">6</span> 10<sup>9</sup> x<sup>2</sup> <!-- 7 --> <kbd>8</kbd>", []string{"paragraph a b 6 10^9 x 8"}, nil},
		{"HTMLBlock", "<div>\n<p>a 5 %</p>\n<script>x=6</script></div>\n\ntext\n\n<!-- 7 -->", []string{"paragraph a 5 %", "paragraph text"}, nil},
		{"HTMLTable", "<table><tr><td>a</td><td>5</td></tr></table>", []string{"row a\t5"}, nil},
		{"Footnotes", "a[^x] b[^1]\n\n[^x]: note 5 %\n\nc\n\n[^1]: https://d.example", []string{"paragraph a b", "item note 5 %", "paragraph c", "item https://d.example"},
			[]string{"https://d.example → https://d.example"}},
		{"References", "follows it.[1][2] and x [3] but a[i]", []string{"paragraph follows it. and x [3] but a[i]"}, nil},
		{"Admonitions", ":::note\na 5 %\n:::\n\n:::warning[Take care]\nb\n:::", []string{"paragraph a 5 %", "heading3 Take care", "paragraph b"}, nil},
		{"RuleNotFrontMatter", "---\n\ntext", []string{"paragraph text"}, nil},
		{"Comments", "a <!-- truncate --> b", []string{"paragraph a b"}, nil},
		{"ReadingTime", "# T\n\nFebruary 10, 2026 · 4 min read\n\nBy Anna Example\n\ntext", []string{"title1 T", "byline February 10, 2026 · 4 min read", "byline By Anna Example", "paragraph text"}, nil},
		{"Sources", "text\n\n## Sources\n\n1. [a](https://a.example)\n\n### Data\n\nb\n\n## After\n\nc", []string{"paragraph text", "heading2 Sources", "sources a", "heading3 Data", "sources b", "heading2 After", "paragraph c"},
			[]string{"a → https://a.example"}},
		{"SourcesLine", "text\n\nQuellen: [a](https://a.example), [b](https://b.example)", []string{"paragraph text", "sources Quellen: a, b"}, []string{"a → https://a.example", "b → https://b.example"}},
		{"DamagedMath", "von 5,2 auf19,2Milliardenauf 19,2 Milliarden", []string{"paragraph von 5,2 auf19,2Milliardenauf 19,2 Milliarden"}, nil},
		{"Dollars", "from $5.2 to $19.2 billion", []string{"paragraph from $5.2 to $19.2 billion"}, nil},
	})
}

func TestMDX(t *testing.T) {
	testTexts(t, MDX, []textCase{
		{"Module", "import a from 'b';\nexport const c = {\n  d: 5\n};\n\ntext\n\nimport duties rose 5 %", []string{"paragraph text", "paragraph import duties rose 5 %"}, nil},
		{"Expressions", "a {b.c(5)} d {'}'} e {`${f}`}", []string{"paragraph a d e"}, nil},
		{"Tags", "<Note kind=\"5\" on={() => { x > 6 }}>in **7 %**</Note> <>out</>", []string{"paragraph in 7 % out"}, nil},
		{"TagsInANumber", "<b>19</b>,2 <Big n={3}>5</Big>%", []string{"paragraph 19,2 5%"}, nil},
		{"IndentedChildren", "<Tabs>\n  <Tab>\n\n      text 5 %\n\n  </Tab>\n</Tabs>", []string{"paragraph text 5 %"}, nil},
		{"Code", "```js\nimport x from 'y'\nconst a = <B>{5}</B>\n```\n\n`{6}` <code>7</code> <pre>{`8`}</pre>", []string{"code import x from 'y'\nconst a = <B>{5}</B>"}, nil},
		{"LessThan", "3 < 4 and a<5", []string{"paragraph 3 < 4 and a<5"}, nil},
		{"Links", "<a href=\"https://a.example\">x</a>", []string{"paragraph x"}, []string{"x → https://a.example"}},
		{"Unclosed", "a {b 5\n\nc", []string{"paragraph a {b 5", "paragraph c"}, nil},
		{"Escaped", `a \{5\} b`, []string{"paragraph a {5} b"}, nil},
	})
}

// TestMarks reads writers' instructions in each format.
func TestMarks(t *testing.T) {
	type mark struct{ After, Keys, Source string }
	tests := []struct {
		name   string
		format Format
		in     string
		want   []mark
	}{
		{"InLine", Markdown, "5 % <!-- beleg: series=lido-tvl period=2026-01 --> more", []mark{{"5 %", "period=2026-01 series=lido-tvl", "<!-- beleg: series=lido-tvl period=2026-01 -->"}}},
		{"OwnLine", Markdown, "5 %\n\n<!-- beleg: ignore=\"an example\" -->\n\nnext", []mark{{"5 %", "ignore=an example", `<!-- beleg: ignore="an example" -->`}}},
		{"AfterItem", Markdown, "- 5 % <!--beleg:series=a-->\n- 6 %", []mark{{"5 %", "series=a", "<!--beleg:series=a-->"}}},
		{"SeveralLines", Markdown, "5 % <!-- beleg:\n  series=a\n  period=2026 -->", []mark{{"5 %", "period=2026 series=a", "<!-- beleg:\n  series=a\n  period=2026 -->"}}},
		{"MDX", MDX, "5 % {/* beleg: ignore='x y' */} and 6 % {/* beleg: series=b */}", []mark{
			{"5 %", "ignore=x y", "{/* beleg: ignore='x y' */}"}, {"and 6 %", "series=b", "{/* beleg: series=b */}"}}},
		{"HTML", HTML, "<p>5&nbsp;% <!-- beleg: series=a -->", []mark{{"5\u00a0%", "series=a", "<!-- beleg: series=a -->"}}},
		{"Text", Text, "A title\n\nIt is 5 %. <!-- beleg: series=a --> And more.", []mark{{"It is 5 %.", "series=a", "<!-- beleg: series=a -->"}}},
		{"NotInCode", Markdown, "```\n<!-- beleg: series=a -->\n```\n\n`<!-- beleg: series=a -->` text", nil},
		{"OtherComment", Markdown, "5 % <!-- belegt -->", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posts, err := Parse([]byte(tt.in), Options{Format: tt.format})
			if err != nil {
				t.Fatal(err)
			}
			p := &posts[0]
			checkPost(t, []byte(tt.in), p)
			var got []mark
			for _, m := range p.Text.Marks {
				b := p.Text.Blocks[p.Text.BlockAt(m.At-1)]
				got = append(got, mark{lastWords(p.Text.Content[b.Start:m.At]), keyList(m.Keys), string(p.Raw[m.Src:m.SrcEnd])})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// lastWords is what stands after the last sentence's or clause's end before the last three words.
func lastWords(s string) string {
	if words := strings.Split(s, " "); len(words) > 4 {
		return strings.Join(words[len(words)-3:], " ")
	}
	return s
}
