package post

import (
	"errors"
	"os"
	"testing"
)

// seeds are the formats' examples under testdata, and what has gone wrong before.
func seeds(f *testing.F) {
	f.Helper()
	for format, name := range examples {
		raw, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(format), raw)
	}
	for _, s := range []string{"", "\x00", "\xff\xfe", "---\n", "---\na: [\n---\n", "<!-- beleg: -->", "{/* beleg: a=1 */}", "a[1]\n\nb", "* **&nGg;**",
		"&#91;1]x", "| a |\n|---|\n| 1 |", "<p>a<td>b<pre>c</p>", "<math><annotation encoding=application/x-tex>5", "[^1]\n\n[^1]: x", "> - > a", "\xe4\xf6 5 %",
		"0\n<!--beleg:0--> 0\n\n0", "0000\n0 <!-- beleg:-->\n\n00", "<rss>0<item>0<content>0</A>", "00<h1>00", "</A>0", "```0\n:::00", "0\n```\n ", "\x90", "a[^1]\n\n[^1]: b\n-\n- 0", " 0\n0\n-:",
		"<rss><item><content>a</content><title>b</title></item></rss>"} {
		for format := range examples {
			f.Add(string(format), []byte(s))
		}
	}
}

// FuzzParse feeds any bytes to any format: no panic, and where there is a post it leads back to the bytes.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, format string, raw []byte) {
		if _, known := readers[Format(format)]; !known {
			t.Skip("no such format")
		}
		posts, err := Parse(raw, Options{Path: "fuzz", Format: Format(format), MaxBytes: 1 << 20})
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || len(posts) > 0 {
				t.Fatalf("error %v (%T) with %d posts", err, err, len(posts))
			}
			return
		}
		for i := range posts {
			checkPost(t, raw, &posts[i])
		}
	})
}

// FuzzParseMark feeds any words to the reader of instructions.
func FuzzParseMark(f *testing.F) {
	for _, s := range []string{`series=lido-tvl period=2026-01`, `ignore="an example"`, `ignore`, `a=`, `a="`, `=`, `a=1,b='2';c`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		keys, err := parseMark(s)
		if (err == nil) != (len(keys) > 0) {
			t.Fatalf("%d keys with error %v", len(keys), err)
		}
	})
}
