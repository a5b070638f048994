package figure

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// Whatever the bytes are, reading them ends, and every figure lies inside the text, between characters, in order.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"Der Sektor wuchs von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden im Umlauf", "$1.21 billion, up 207% on a year ago", "1.2.3 5–8 Mrd. $ -5 %\n1. Punkt",
		"one hundred and twenty-five thousand dollars and 43 cents", "10- bis 100-fache, Zwei- bis Dreifache", "+49 30 1234567-89, 24/7, 12:30 Uhr, Q3'25, 1/27 des Preises",
		"\xff\xfe1\xc3(28", "HK$5 US$ 5 M$ EUR Mrd. 20 [4] (5) § 6 #7", "forty-five (45) 2 dozens a couple point 77", "Ende 2026 bis 30.06.2027 am 3. Januar 12'345 1\u202f000\u202f000",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, german bool) {
		lang := unit.English
		if german {
			lang = unit.German
		}
		text := cite.PlainText(s, lang)
		checkReading(t, s, Read(&text, Options{Explain: true}))
	})
}

func checkReading(t interface {
	Helper()
	Fatalf(string, ...any)
}, s string, r Reading) {
	t.Helper()
	at := 0
	for _, f := range r.Figures {
		switch {
		case f.Start < at || f.End <= f.Start || f.End > len(s):
			t.Fatalf("%q [%d,%d) is empty, outside, or not behind byte %d", f.Text, f.Start, f.End, at)
		case f.Text != s[f.Start:f.End]:
			t.Fatalf("text is %q, the file has %q", f.Text, s[f.Start:f.End])
		case utf8.ValidString(s) && !utf8.ValidString(f.Text):
			t.Fatalf("%q cuts a character", f.Text)
		case f.Kind == cite.Damage && f.Restored == "", f.Kind != cite.Damage && f.Value.IsZero() != f.IsRange():
			t.Fatalf("%q has neither one value nor two: %+v", f.Text, f)
		case f.ID == "":
			t.Fatalf("%q has no id", f.Text)
		}
		at = f.End
	}
	for _, n := range r.NotFigures {
		if n.Start < 0 || n.End <= n.Start || n.End > len(s) || n.Why == "" {
			t.Fatalf("no figure %+v", n)
		}
	}
}

// The quantities that Format writes are read back as what they are.
func TestFormatIsReadBack(t *testing.T) {
	units := []unit.Unit{"USD", "EUR", "GBP", "HKD", "CHF", "%", "pp", "bp", "GW", "TWh", "EH/s", "TPS", "TB", "ms", "month", "year", "user", "project", "gpu", "btc", "eth"}
	frames := map[unit.Lang]string{unit.German: "Im Bericht steht ein Wert von %s und sonst nichts.", unit.English: "The report gives a value of %s and nothing else."}
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SampledFrom(units).Draw(t, "unit")
		lang := rapid.SampledFrom([]unit.Lang{unit.German, unit.English}).Draw(t, "lang")
		value := unit.NewDecimal(rapid.Int64Range(1, 99_999).Draw(t, "digits"), rapid.Int32Range(-2, 9).Draw(t, "exponent"))
		options := map[string][]unit.FormatOption{"short": nil, "full": {unit.Full()}, "long": {unit.Long()}}[rapid.SampledFrom([]string{"short", "full", "long"}).Draw(t, "form")]
		written := unit.Format(value, u, lang, options...)
		text := cite.PlainText(fmt.Sprintf(frames[lang], written), lang)
		got := Read(&text, Options{}).Figures
		if len(got) != 1 || !got[0].Value.Equal(value) || got[0].Unit != u {
			t.Fatalf("%s %s is written %q and read as %+v", value, u, written, got)
		}
	})
}

// An id survives what moves a figure, and tells figures apart that say the same twice.
func TestIDs(t *testing.T) {
	ids := func(s string) []string {
		text := cite.PlainText(s, unit.German)
		var out []string
		for _, f := range Read(&text, Options{Post: "p"}).Figures {
			out = append(out, f.ID)
		}
		return out
	}
	before := ids("Die Firma nahm 5 Mio. $ ein. Dann kamen noch einmal 7 Mio. $ dazu. Die Firma nahm 5 Mio. $ ein.")
	after := ids("Ein neuer Satz ohne Zahlen steht davor.\n\nDie Firma nahm 5 Mio. $ ein. Dann kamen noch einmal 7 Mio. $ dazu. Die Firma nahm 5 Mio. $ ein.")
	if len(before) != 3 || strings.Join(before, " ") != strings.Join(after, " ") {
		t.Errorf("ids %v became %v", before, after)
	}
	if before[0] == before[2] {
		t.Errorf("two figures share the id %s", before[0])
	}
}

// posts is the German posts joined together.
func posts(t testing.TB) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t, "posts"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("no posts: %v", err)
	}
	var b bytes.Buffer
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(raw)
		b.WriteString("\n\n")
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	one := posts(b)
	for _, times := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			text := cite.PlainText(strings.Repeat(one, times), unit.German)
			b.SetBytes(int64(len(text.Content)))
			b.ReportAllocs()
			for b.Loop() {
				Read(&text, Options{})
			}
		})
	}
}
