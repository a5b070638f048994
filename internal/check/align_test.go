package check

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// slotValue is a slot of a template.
type slotValue struct {
	value unit.Decimal
	unit  unit.Unit
}

func (q slotValue) in(lang unit.Lang) string { return unit.Format(q.value, q.unit, lang) }

// template is a paragraph in both languages; its slots are numbered and may change places.
type template struct {
	units  string // of its slots: $ money, % share, # count
	en, de string
}

var templates = []template{
	{"$$", "The market of Solana grew from %[1]s to %[2]s within a year.", "Der Markt von Solana wuchs binnen eines Jahres von %[1]s auf %[2]s."},
	{"%", "Lido takes a fee of %[1]s, and nobody complains.", "Lido nimmt eine Gebühr von %[1]s, und niemand beschwert sich."},
	{"#$", "Some projects report that %[1]s users paid %[2]s in fees.", "Einige Projekte melden, dass Gebühren von %[2]s von %[1]s Nutzern bezahlt wurden."},
	{"%%", "Of all loans %[1]s are repaid early. The rest, %[2]s of them, run on.", "Von allen Krediten werden %[1]s vorzeitig getilgt. Der Rest, %[2]s davon, läuft weiter."},
	{"#", "Helium counts %[1]s hotspots in its network.", "Helium zählt %[1]s Hotspots in seinem Netz."},
	{"$#%", "Aethir earned %[1]s with %[2]s GPUs, and kept %[3]s.", "Aethir nahm mit %[2]s GPUs %[1]s ein und behielt %[3]s."},
	{"", "That is not the whole story, as Ethereum shows.", "Das ist nicht die ganze Geschichte, wie Ethereum zeigt."},
	{"$", "In March 2025 the fund held %[1]s.", "Im März 2025 hielt der Fonds %[1]s."},
}

// drawQuantity is a number as texts state it, different from the others of its text in its digits.
func drawQuantity(t *rapid.T, slot rune, used map[string]bool) slotValue {
	digits := rapid.Custom(func(t *rapid.T) int64 { return rapid.Int64Range(11, 998).Draw(t, "digits") }).
		Filter(func(n int64) bool { return n%10 != 0 && !used[fmt.Sprint(n)] }).Draw(t, "number")
	used[fmt.Sprint(digits)] = true
	switch slot {
	case '$':
		return slotValue{unit.NewDecimal(digits, int32(rapid.IntRange(5, 11).Draw(t, "scale"))), unit.USD}
	case '%':
		return slotValue{unit.NewDecimal(digits, -1), unit.Percent}
	}
	return slotValue{unit.NewDecimal(digits, int32(rapid.SampledFrom([]int{0, 3, 5, 6}).Draw(t, "scale"))), ""}
}

// text writes paragraphs in a language.
func text(paragraphs []template, slots [][]slotValue, lang unit.Lang) string {
	var b strings.Builder
	for i, p := range paragraphs {
		pattern := p.en
		if lang == unit.German {
			pattern = p.de
		}
		values := make([]any, len(slots[i]))
		for k, q := range slots[i] {
			values[k] = q.in(lang)
		}
		fmt.Fprintf(&b, pattern+"\n\n", values...)
	}
	return b.String()
}

func drawText(t *rapid.T) (paragraphs []template, slots [][]slotValue, used map[string]bool) {
	used = map[string]bool{}
	paragraphs = rapid.SliceOfN(rapid.SampledFrom(templates), 4, 12).Draw(t, "paragraphs")
	for _, p := range paragraphs {
		var values []slotValue
		for _, slot := range p.units {
			values = append(values, drawQuantity(t, slot, used))
		}
		slots = append(slots, values)
	}
	return paragraphs, slots, used
}

// A faithful translation has no findings, and one other number has exactly one.
func TestFaithfulTranslations(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		paragraphs, slots, used := drawText(rt)
		english := text(paragraphs, slots, unit.English)
		en, de := twinPair(t, english, text(paragraphs, slots, unit.German))
		if got := twinFindings(examine(t, en, de)); len(got) > 0 {
			rt.Fatalf("a faithful translation has findings %q\n%s\n%s", got, en.Post.Text.Content, de.Post.Text.Content)
		}
		i := rapid.IntRange(0, len(slots)-1).Draw(rt, "paragraph")
		if len(slots[i]) == 0 {
			return
		}
		k := rapid.IntRange(0, len(slots[i])-1).Draw(rt, "slot")
		changed := drawQuantity(rt, rune(paragraphs[i].units[k]), used)
		slots[i][k] = changed
		en, de = twinPair(t, english, text(paragraphs, slots, unit.German))
		got := twinFindings(examine(t, en, de))
		if len(got) != 1 {
			rt.Fatalf("%s is another number, but the findings are %q\n%s\n%s", changed.in(unit.German), got, en.Post.Text.Content, de.Post.Text.Content)
		}
	})
}

// A paragraph that is not translated is one finding, wherever it stands.
func TestMissingParagraphs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		paragraphs, slots, _ := drawText(rt)
		english := text(paragraphs, slots, unit.English)
		i := rapid.IntRange(0, len(slots)-1).Draw(rt, "paragraph")
		want := min(len(slots[i]), 1)
		n := 0
		for k, s := range slots {
			if k != i {
				n += len(s)
			}
		}
		if n < 2*len(slots[i])+1 {
			return // too little is left to tell that the texts are the same
		}
		paragraphs = append(append([]template{}, paragraphs[:i]...), paragraphs[i+1:]...)
		slots = append(append([][]slotValue{}, slots[:i]...), slots[i+1:]...)
		en, de := twinPair(t, english, text(paragraphs, slots, unit.German))
		if got := twinFindings(examine(t, en, de)); len(got) != want {
			rt.Fatalf("findings %q, want %d\n%s\n%s", got, want, en.Post.Text.Content, de.Post.Text.Content)
		}
	})
}

// Whatever two posts say, they can be compared: every figure has at most one counterpart that is its own, and findings
// stand inside their posts.
func FuzzTranslations(f *testing.F) {
	f.Add("It has $5m and 3%.", "Es hat 5 Mio. $ und 3 %.")
	f.Add("5–8% of 10 GW\n\n| a | 1 |\n|---|---|", "5 bis 8 % von 10 GW\n\n* 1\n* 2")
	f.Add("1\n\n2 users\n\n3 users", "auf19,2Milliardenauf 19,2 Milliarden")
	f.Fuzz(func(t *testing.T, english, german string) {
		for _, text := range []string{english, german} {
			if _, err := post.Parse([]byte(text), post.Options{Path: "x.md"}); err != nil {
				return
			}
		}
		en, de := twinPair(t, english, german)
		for _, given := range [][]*rule.Document{{en, de}, {de}, {en}} {
			r, err := NewEngine(EngineConfig{Catalog: catalogue(t)}).Check(t.Context(), given, []*rule.Document{en, de}, unit.German)
			if err != nil {
				t.Fatal(err)
			}
			for i, file := range r.Files {
				for _, g := range file.Findings {
					if g.Start < 0 || g.Start >= g.End || g.End > len(given[i].Post.Raw) {
						t.Errorf("%s stands at %d to %d of %d bytes", g.Rule, g.Start, g.End, len(given[i].Post.Raw))
					}
				}
			}
		}
	})
}
