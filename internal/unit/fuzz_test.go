package unit

import (
	"testing"

	"pgregory.net/rapid"
)

func FuzzReadDigits(f *testing.F) {
	for _, s := range []string{"1.234.567,89", "1,234.5", "12,34,567", "1'250'000", "1\u202f000", "0", ",", "1..2", "9999999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ReadDigits(s)
		if !ok {
			return
		}
		for _, c := range []Convention{CommaDecimal, PointDecimal} {
			if v, step := d.Value(c, 0), d.Step(c, 0); v.Sign() < 0 || step.Sign() <= 0 {
				t.Fatalf("%q is %s in steps of %s", s, v, step)
			}
		}
		if !d.Ambiguous() && !d.Value(CommaDecimal, 0).Equal(d.Value(PointDecimal, 0)) {
			t.Fatalf("%q differs by convention without being ambiguous", s)
		}
	})
}

func FuzzCardinal(f *testing.F) {
	f.Add("siebenhunderteinundzwanzigtausendzwölf")
	f.Add("undund")
	f.Add("hunderttausendhunderttausend")
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range []Lang{German, English} {
			if n, ok := Cardinal(s, l); ok && n < 0 {
				t.Fatalf("Cardinal(%q, %s) = %d", s, l, n)
			}
		}
	})
}

// What FormatNumber writes, ReadDigits reads, by the convention of the language.
func TestNumbersAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]Lang{German, English}).Draw(t, "lang")
		v := NewDecimal(rapid.Int64Range(0, 999_999_999_999).Draw(t, "digits"), rapid.Int32Range(-4, 6).Draw(t, "exponent"))
		written := FormatNumber(v, lang)
		d, ok := ReadDigits(written)
		if !ok || !d.Value(lang.Convention(), 0).Equal(v) {
			t.Fatalf("%s is written %q and read as %s", v, written, d.Value(lang.Convention(), 0))
		}
	})
}
