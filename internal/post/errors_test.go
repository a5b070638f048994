package post

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/unit"
)

// TestErrors shows what a user is told about a file that cannot be read: the file, the line, the field.
func TestErrors(t *testing.T) {
	tests := []struct {
		name string
		raw  string
		opt  Options
		is   error
		want string
	}{
		{"TooLarge", strings.Repeat("a\n", 25<<20), Options{Path: "big.md"}, ErrTooLarge,
			"big.md: larger than the limit: 52428800 bytes, the limit is 20971520"},
		{"OverTheLimitByOne", "12345", Options{Path: "a.txt", MaxBytes: 4}, ErrTooLarge, "a.txt: larger than the limit: 5 bytes, the limit is 4"},
		{"Empty", "", Options{Path: "a.md"}, ErrEmpty, "a.md:1: holds no text"},
		{"OnlyFrontMatter", "---\ntitle: x\n---\n", Options{Path: "a.txt"}, nil, ""},
		{"OnlyMarkup", "<p> </p>", Options{Path: "a.html"}, ErrEmpty, "a.html:1: holds no text"},
		{"Binary", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Options{Path: "a.md"}, ErrNotText, "a.md:2: not a text: 4 of 16 bytes are control characters"},
		{"UTF16", "\xff\xfea\x00b\x00", Options{Path: "a.txt"}, ErrEncoding, "a.txt: encoding is not read: UTF-16 (save it as UTF-8)"},
		{"FrontMatterOpen", "\n---\ntitle: x\ntext\n", Options{Path: "a.md"}, ErrFrontMatter, "a.md:2: front matter is not closed"},
		{"FrontMatterYAML", "---\ntitle: x\nlist: [1\n---\ntext", Options{Path: "a.md"}, nil,
			"a.md:3: front matter: did not find expected ',' or ']'"},
		{"FrontMatterList", "---\n- a\n---\ntext", Options{Path: "a.md"}, nil, "a.md:2: front matter is no list of fields"},
		{"Date", "---\ntitle: x\ndate: soon\n---\ntext", Options{Path: "a.md"}, ErrField,
			`a.md:3: date: cannot be used: "soon" is no day (want 2026-02-10)`},
		{"DateThatIsNone", "---\ndate: 2026-02-30\n---\ntext", Options{Path: "a.md"}, ErrField,
			`a.md:2: date: cannot be used: "2026-02-30" is no day (want 2026-02-10)`},
		{"Lang", "---\ntitle: x\n\nlang: fr\n---\ntext", Options{Path: "a.md"}, ErrField, `a.md:4: lang: cannot be used: "fr" (want de or en)`},
		{"TitleList", "---\ntitle: [a, b]\n---\ntext", Options{Path: "a.md"}, ErrField, "a.md:2: title: cannot be used: want one value"},
		{"Beleg", "---\nbeleg: 'series='\n---\ntext", Options{Path: "a.md"}, ErrField, `a.md:2: beleg: cannot be used: "=" is no key=value`},
		{"TwoFields", "---\ndate: x\ntitle: [a]\n---\ntext", Options{Path: "a.md"}, ErrField,
			"a.md:2: date: cannot be used: \"x\" is no day (want 2026-02-10)\na.md:3: title: cannot be used: want one value"},
		{"Deep", "text\n\n" + strings.Repeat("> ", 101) + "a", Options{Path: "a.md"}, ErrNesting, "a.md:3: nested too deeply"},
		{"NotAFeed", "<rss><channel><item>", Options{Path: "a.rss", Format: Feed}, ErrFeed, "a.rss:1: not a feed: XML syntax error on line 1: unexpected EOF"},
		{"NoXML", "hello", Options{Path: "a.rss"}, ErrFeed, "a.rss:1: not a feed: failed to detect feed type"},
		{"Format", "text", Options{Path: "a.md", Format: "pdf"}, ErrFormat, `a.md: format: format is not read: "pdf"`},
		{"TooManyPosts", manyPosts(3), Options{Path: "list.txt", MaxPosts: 2}, ErrTooMany, "list.txt: too many posts: 3, the limit is 2"},
		{"FromURL", "", Options{URL: "https://blog.example/a", Format: Text}, ErrEmpty, "https://blog.example/a:1: holds no text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posts, err := Parse([]byte(tt.raw), tt.opt)
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || len(posts) > 0 {
				t.Fatalf("%d posts and no error", len(posts))
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("%v is not %v", err, tt.is)
			}
			var e *Error
			if !errors.As(err, &e) || e.Path == "" {
				t.Errorf("%T names no file", err)
			}
		})
	}
}

// manyPosts is a listing page.
func manyPosts(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("Post " + strings.Repeat("I", i+1) + "\n\n· 3 min read\nAnna Example\n\nIt says something.\n\n")
	}
	return b.String()
}

// TestWarnings shows what is odd about a file and does not keep it from being read.
func TestWarnings(t *testing.T) {
	tests := []struct {
		name string
		raw  string
		path string
		text string
		want []string
	}{
		{"Latin1", "Titel\n\nDer Umsatz der Pr\xfcfer stieg um 5 %.\n", "a.txt", "Der Umsatz der Prüfer stieg um 5 %.",
			[]string{"a.txt:3: not UTF-8: 1 bytes were read as Windows 1252, the first on this line"}},
		{"Windows1252", "19,2 Mrd. \x80 \x96 mehr.", "a.md", "19,2 Mrd. € – mehr.",
			[]string{"a.md:1: not UTF-8: 2 bytes were read as Windows 1252, the first on this line"}},
		{"DeclaredLatin2", "<meta charset=\"iso-8859-2\"><p>Cena: 5 z\xb3 wi\xeacej</p>", "a.html", "Cena: 5 zł więcej",
			[]string{"a.html:1: not UTF-8: 2 bytes were read as ISO 8859-2, the first on this line"}},
		{"MixedEncodings", "Pr\xfcfer und Prüfer.", "a.md", "Prüfer und Prüfer.",
			[]string{"a.md:1: not UTF-8: 1 bytes were read as Windows 1252, the first on this line"}},
		{"NUL", "A line of text that is long enough.\nThe value is 19\x00,2 billion.", "a.md", "A line of text that is long enough. The value is 19,2 billion.",
			[]string{"a.md:2: 1 control characters (NUL or the like) were left out, the first on this line"}},
		{"TOML", "+++\ntitle = \"x\"\n+++\nText 5 %.", "a.md", "Text 5 %.", []string{"a.md:1: front matter in TOML is not read"}},
		{"Mark", "Value 5 %.\n\n<!-- beleg: series -period -->", "a.md", "Value 5 %.", []string{`a.md:3: beleg: cannot be used: "-period" is no key=value`}},
		{"OpenCode", "A title here\n\nSome text.\n\n```\nx = 5", "a.txt", "Some text.", []string{"a.txt:5: the code that starts here is not closed"}},
		{"OpenFence", "Text 5 %.\n\n```\nx = 5", "a.md", "Text 5 %.", []string{"a.md:3: the code that starts here is not closed"}},
		{"TooMuchMarkup", "Text 5 %.\n\n" + strings.Repeat("[a](", 10000), "a.md", "Text 5 %.",
			[]string{"a.md:3: 1 paragraphs hold too much markup to resolve, the first one here; they are read as plain text"}},
		{"NoFigures", "Why trust matters\n\nNobody counted anything.", "a.txt", "Nobody counted anything.", nil},
		{"ByteOrderMark", "\ufeff# Title\n\nText 5 %.", "a.md", "Text 5 %.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posts, err := Parse([]byte(tt.raw), Options{Path: tt.path})
			if err != nil {
				t.Fatal(err)
			}
			checkPost(t, []byte(tt.raw), &posts[0])
			if !strings.Contains(posts[0].Text.Content, tt.text) {
				t.Errorf("text is %q, want %q", posts[0].Text.Content, tt.text)
			}
			if diff := cmp.Diff(tt.want, posts[0].Warnings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLatin1Offsets leads from a figure back to the bytes of a file that is not UTF-8.
func TestLatin1Offsets(t *testing.T) {
	raw := []byte("Gr\xf6\xdfe f\xfcr f\xfcnf: 19,2 Mrd. \x80 im M\xe4rz.")
	posts, err := Parse(raw, Options{Path: "a.md"})
	if err != nil {
		t.Fatal(err)
	}
	text := posts[0].Text
	at := strings.Index(text.Content, "19,2 Mrd. €")
	lo, hi := text.Source(at, at+len("19,2 Mrd. €"))
	if got, want := string(raw[lo:hi]), "19,2 Mrd. \x80"; got != want {
		t.Errorf("bytes are %q, want %q", got, want)
	}
}

// TestLimitIsTheEdge reads a file that is as large as the limit.
func TestLimitIsTheEdge(t *testing.T) {
	raw := bytes.Repeat([]byte("ab "), 10)
	if _, err := Parse(raw, Options{MaxBytes: len(raw)}); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := Parse([]byte(manyPosts(3)), Options{MaxPosts: 3}); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}

// TestGivenLanguageWins reads a post whose own word for its language would be an error.
func TestGivenLanguageWins(t *testing.T) {
	posts, err := Parse([]byte("---\nlang: fr\n---\ntext"), Options{Path: "a.md", Lang: unit.German})
	if err != nil || posts[0].Lang != unit.German {
		t.Errorf("%v, %v", posts, err)
	}
}
