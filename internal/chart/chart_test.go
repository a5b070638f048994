package chart

import (
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

func TestValidate(t *testing.T) {
	points := days("2026-02-01", 3, func(i int) float64 { return float64(i) })
	with := func(change func(*Spec)) Spec {
		s := lineSpec(unit.English, append([]Point(nil), points...))
		change(&s)
		return s
	}
	for _, c := range []struct {
		name string
		in   Spec
		want []error
	}{
		{"OK", with(func(*Spec) {}), nil},
		{"one value", with(func(s *Spec) { s.Series[0].Points = s.Series[0].Points[:1] }), nil},
		{"no values", with(func(s *Spec) { s.Series[0].Points = nil }), []error{ErrNoData}},
		{"no lines", with(func(s *Spec) { s.Series = nil }), []error{ErrNoData}},
		{"dots need no line", with(func(s *Spec) { s.Kind, s.Series, s.Cited = Dots, nil, []Mark{{Period: day("2026"), Value: 1}} }), nil},
		{"dots without a figure", with(func(s *Spec) { s.Kind, s.Series = Dots, nil }), []error{ErrNoData}},
		{"marks alone are no line", with(func(s *Spec) { s.Series, s.Cited = nil, []Mark{{Period: day("2026"), Value: 1}} }), []error{ErrNoData}},
		{"NaN", with(func(s *Spec) { s.Series[0].Points[1].Value = math.NaN() }), []error{ErrNotFinite}},
		{"infinite", with(func(s *Spec) { s.Series[0].Points[1].Value = math.Inf(1) }), []error{ErrNotFinite}},
		{"infinite mark", with(func(s *Spec) { s.Cited = []Mark{{Period: day("2026"), Value: math.Inf(-1)}} }), []error{ErrNotFinite}},
		{"mark without period", with(func(s *Spec) { s.Cited = []Mark{{Value: 1}} }), []error{ErrOrder}},
		{"highlight without period", with(func(s *Spec) { s.Highlight = &Mark{Value: 1} }), []error{ErrOrder}},
		{"backwards", with(func(s *Spec) {
			s.Series[0].Points[0], s.Series[0].Points[2] = s.Series[0].Points[2], s.Series[0].Points[0]
		}), []error{ErrOrder}},
		{"the same day twice", with(func(s *Spec) { s.Series[0].Points[1].Period = s.Series[0].Points[0].Period }), []error{ErrOrder}},
		{"two units", with(func(s *Spec) { s.Series = append(s.Series, Series{Unit: unit.Percent, Points: points}) }), []error{ErrUnits}},
		{"id with a dot", with(func(s *Spec) { s.ID = "a.b" }), []error{ErrID}},
		{"id that opens a tag", with(func(s *Spec) { s.ID = `"><script>` }), []error{ErrID}},
		{"kind", with(func(s *Spec) { s.Kind = "pie" }), []error{ErrKind}},
		{"too wide", with(func(s *Spec) { s.Width = MaxSide + 1 }), []error{ErrSize}},
		{"as wide as it may be", with(func(s *Spec) { s.Width = MaxSide }), nil},
		{"negative size", with(func(s *Spec) { s.Height = -1 }), []error{ErrSize}},
		{"too many lines", with(func(s *Spec) { s.Series = make([]Series, MaxLines+1); s.Series[0].Points = points }), []error{ErrTooMuch}},
		{"as many marks as there may be", with(func(s *Spec) { s.Cited = marks(MaxMarks) }), nil},
		{"too many marks", with(func(s *Spec) { s.Cited = marks(MaxMarks + 1) }), []error{ErrTooMuch}},
		{"too many points", with(func(s *Spec) { s.Series[0].Points = make([]Point, MaxPoints+1) }), []error{ErrTooMuch}},
		{"all faults at once", with(func(s *Spec) { s.ID, s.Kind, s.Series = "", "", nil }), []error{ErrID, ErrKind, ErrNoData}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.in.Validate()
			if (err == nil) != (len(c.want) == 0) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			for _, want := range c.want {
				if !errors.Is(err, want) {
					t.Errorf("got %v, want %v", err, want)
				}
			}
		})
	}
}

func marks(n int) []Mark {
	m := make([]Mark, n)
	for i := range m {
		m[i] = Mark{Period: day("2026-02-01"), Value: float64(i)}
	}
	return m
}

// The hash is part of addresses that others keep: it may only change when a specification does.
func TestHashIsThatOfTheContent(t *testing.T) {
	s := lineSpec(unit.German, days("2026-02-01", 3, func(i int) float64 { return float64(i) }))
	if got, want := s.Hash(), "f1d76864c01f66da77ef996ebbf072b6"; got != want {
		t.Errorf("hash is %s, want %s", got, want)
	}
	same := lineSpec(unit.German, days("2026-02-01", 3, func(i int) float64 { return float64(i) }))
	if s.Hash() != same.Hash() {
		t.Error("equal specifications have different hashes")
	}
}

func TestHashDependsOnEveryField(t *testing.T) {
	s := lineSpec(unit.German, days("2026-02-01", 3, func(i int) float64 { return float64(i) }))
	s.Cited = []Mark{{Period: day("2026-02-01")}}
	seen := map[string]string{s.Hash(): "nothing"}
	tell := func(field string, s Spec) {
		h := s.Hash()
		if other, ok := seen[h]; ok {
			t.Errorf("a change of %s has the hash of a change of %s", field, other)
		}
		seen[h] = field
	}
	change := func(v reflect.Value) bool {
		switch v.Interface().(type) {
		case string, Kind, unit.Lang, unit.Unit:
			v.SetString(v.String() + "x")
		case int:
			v.SetInt(v.Int() + 7)
		case float64:
			v.SetFloat(v.Float() + 0.5)
		case bool:
			v.SetBool(!v.Bool())
		case market.Period:
			v.Set(reflect.ValueOf(day("2025-Q3")))
		default:
			return false
		}
		return true
	}
	fields := reflect.TypeFor[Spec]()
	for i := range fields.NumField() {
		c := s
		if change(reflect.ValueOf(&c).Elem().Field(i)) {
			tell(fields.Field(i).Name, c)
		}
	}
	for i := range reflect.TypeFor[Mark]().NumField() {
		c := s
		c.Cited = []Mark{s.Cited[0]}
		change(reflect.ValueOf(&c.Cited[0]).Elem().Field(i))
		tell("Mark."+reflect.TypeFor[Mark]().Field(i).Name, c)
	}
	for i := range reflect.TypeFor[Point]().NumField() {
		c := s
		c.Series = []Series{s.Series[0]}
		c.Series[0].Points = append([]Point(nil), s.Series[0].Points...)
		change(reflect.ValueOf(&c.Series[0].Points[1]).Elem().Field(i))
		tell("Point."+reflect.TypeFor[Point]().Field(i).Name, c)
	}
	c := s
	c.Highlight = &Mark{}
	tell("Highlight", c)
}

func TestMarkOf(t *testing.T) {
	dollars := Axis{Unit: unit.USD, Frequency: market.Daily}
	flow := Axis{Unit: unit.USD, Frequency: market.Monthly, Flow: true}
	published := day("2026-03-01")
	num := unit.MustDecimal
	for _, c := range []struct {
		name string
		in   cite.Figure
		axis Axis
		want Mark // zero: not drawn
	}{
		{"level with a date", cite.Figure{Value: num("5000000000"), Unit: unit.USD, Kind: cite.Money, Period: day("2026-01"), Text: "5 Mrd. $"}, dollars,
			Mark{Period: day("2026-01"), Value: 5e9, Unit: unit.USD, Label: "5 Mrd. $", Count: 1}},
		{"level of the day of its post", cite.Figure{Value: num("5"), Unit: unit.USD, Kind: cite.Money, Text: "$5"}, dollars,
			Mark{Period: published, Value: 5, Unit: unit.USD, Label: "$5", Count: 1}},
		{"range", cite.Figure{Low: num("4"), High: num("6"), Unit: unit.USD, Text: "$4–6"}, dollars,
			Mark{Period: published, Value: 5, Low: 4, High: 6, Unit: unit.USD, Label: "$4–6", Count: 1}},
		{"range with one end", cite.Figure{Low: num("4"), Unit: unit.USD}, dollars, Mark{}},
		{"percentage", cite.Figure{Value: num("5"), Unit: unit.Percent, Kind: cite.Percent}, dollars, Mark{}},
		{"percentage on an axis of percent", cite.Figure{Value: num("5"), Unit: unit.Percent, Kind: cite.Percent}, Axis{Unit: unit.Percent},
			Mark{Period: published, Value: 5, Unit: unit.Percent, Count: 1}},
		{"other unit", cite.Figure{Value: num("5"), Unit: "EUR", Kind: cite.Money}, dollars, Mark{}},
		{"by how much it rose", cite.Figure{Value: num("5"), Unit: unit.USD, Change: cite.By}, dollars, Mark{}},
		{"amount per month is no level", cite.Figure{Value: num("5"), Unit: unit.USD, Per: cite.PerMonth}, dollars, Mark{}},
		{"amount per month of a monthly flow", cite.Figure{Value: num("5"), Unit: unit.USD, Per: cite.PerMonth}, flow,
			Mark{Period: published, Value: 5, Unit: unit.USD, Count: 1}},
		{"amount of a month of a monthly flow", cite.Figure{Value: num("5"), Unit: unit.USD, Period: day("2026-01")}, flow,
			Mark{Period: day("2026-01"), Value: 5, Unit: unit.USD, Count: 1}},
		{"amount of a year on a monthly flow", cite.Figure{Value: num("5"), Unit: unit.USD, Period: day("2025")}, flow, Mark{}},
		{"amount of no stated span", cite.Figure{Value: num("5"), Unit: unit.USD}, flow, Mark{}},
		{"other scale of the same unit", cite.Figure{Value: num("5"), Unit: "GW", Kind: cite.Energy}, Axis{Unit: "MW"},
			Mark{Period: published, Value: 5000, Unit: "MW", Count: 1}},
		{"dollars of a dollar token", cite.Figure{Value: num("5"), Unit: unit.USD, Kind: cite.Money}, Axis{Unit: "usdt", Pegged: true},
			Mark{Period: published, Value: 5, Unit: "usdt", Count: 1}},
		{"dollars of another token", cite.Figure{Value: num("5"), Unit: unit.USD, Kind: cite.Money}, Axis{Unit: "eth"}, Mark{}},
		{"no value", cite.Figure{Unit: unit.USD}, dollars, Mark{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := MarkOf(&c.in, c.axis, published)
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(market.Period{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if ok != (c.want != Mark{}) {
				t.Errorf("drawn: %v", ok)
			}
		})
	}
	if _, ok := MarkOf(&cite.Figure{Value: num("5"), Unit: unit.USD}, dollars, market.Period{}); ok {
		t.Error("a figure without any date is drawn")
	}
}

func TestPointsLeavesOutWithdrawn(t *testing.T) {
	got := Points([]market.Observation{
		{Period: day("2026-02-01"), Value: 1, Status: market.Final},
		{Period: day("2026-02-02"), Value: 2, Status: market.Withdrawn},
		{Period: day("2026-02-03"), Value: 3, Status: market.Provisional},
	})
	want := []Point{{day("2026-02-01"), 1, false}, {day("2026-02-03"), 3, true}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(market.Period{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSampleKeepsWhatIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 500).Draw(t, "n")
		columns := rapid.IntRange(1, 100).Draw(t, "columns")
		x, y := make([]int64, n), make([]float64, n)
		gaps, pins := map[int]bool{}, map[int]bool{}
		for i := range x {
			x[i] = int64(i) * 1000
			if i > 0 {
				x[i] = x[i-1] + rapid.Int64Range(1, 5000).Draw(t, "dx")
			}
			y[i] = rapid.Float64Range(-1e12, 1e12).Draw(t, "y")
		}
		for range 5 {
			gaps[rapid.IntRange(0, n-1).Draw(t, "gap")] = true
			pins[rapid.IntRange(0, n-1).Draw(t, "pin")] = true
		}
		kept := map[int]bool{}
		last := -1
		for _, i := range sample(x, y, columns, func(i int) bool { return gaps[i] }, func(i int) bool { return pins[i] }) {
			if i <= last {
				t.Fatalf("point %d after %d", i, last)
			}
			kept[i], last = true, i
		}
		low, high := 0, 0
		for i := range y {
			if y[i] < y[low] {
				low = i
			}
			if y[i] > y[high] {
				high = i
			}
		}
		for what, i := range map[string]int{"first": 0, "last": n - 1, "lowest": low, "highest": high} {
			if !kept[i] {
				t.Errorf("the %s point, %d, is lost", what, i)
			}
		}
		for i := range pins {
			if !kept[i] {
				t.Errorf("point %d is pointed at and lost", i)
			}
		}
		for i := range gaps {
			if i > 0 && (!kept[i] || !kept[i-1]) {
				t.Errorf("an end of the gap before point %d is lost", i)
			}
		}
		if most := 4*(columns+1+len(gaps)) + len(pins); len(kept) > max(most, 2*columns) {
			t.Errorf("%d of %d points for %d columns", len(kept), n, columns)
		}
	})
}

func TestLinesBreakWhereValuesAreMissing(t *testing.T) {
	daily := days("2026-01-01", 20, func(i int) float64 { return float64(i) })
	weekly := make([]Point, 10)
	for i := range weekly {
		weekly[i] = Point{Period: day("2026-01-01").AddDays(7 * i), Value: 1}
	}
	var monthly []Point
	for _, m := range []string{"2025-10", "2025-11", "2025-12", "2026-02", "2026-03"} {
		monthly = append(monthly, Point{Period: day(m), Value: 1})
	}
	for _, c := range []struct {
		name         string
		in           []Point
		gaps, single int
	}{
		{"whole", daily, 0, 0},
		{"a day is missing", append(append([]Point{}, daily[:10]...), daily[11:]...), 1, 0},
		{"a day stands alone", append(append(append([]Point{}, daily[:8]...), daily[10]), daily[13:]...), 2, 1},
		{"the first day stands alone", append(append([]Point{}, daily[0]), daily[5:]...), 1, 1},
		{"weekly values", weekly, 0, 0},
		{"a month is missing", monthly, 1, 0},
		{"two values", daily[:2], 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := lineSpec(unit.English, c.in)
			st := newPlot(&s).strands[0]
			gaps := 0
			for _, d := range st.solid {
				if d[1] == nil {
					gaps++
				}
			}
			if gaps != c.gaps || len(st.alone) != c.single {
				t.Errorf("%d gaps and %d single points, want %d and %d", gaps, len(st.alone), c.gaps, c.single)
			}
		})
	}
}

func TestProvisionalValuesAreDashed(t *testing.T) {
	points := days("2026-01-01", 6, func(i int) float64 { return float64(i) })
	points[4].Provisional, points[5].Provisional = true, true
	s := lineSpec(unit.English, points)
	st := newPlot(&s).strands[0]
	values := func(data []datum) (v []any) {
		for _, d := range data {
			v = append(v, d[1])
		}
		return v
	}
	if diff := cmp.Diff([]any{0.0, 1.0, 2.0, 3.0, nil, nil}, values(st.solid)); diff != "" {
		t.Errorf("solid (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{3.0, 4.0, 5.0}, values(st.dashed)); diff != "" {
		t.Errorf("dashed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{4.0, 5.0}, values(st.hollow)); diff != "" {
		t.Errorf("hollow (-want +got):\n%s", diff)
	}
}

func TestAxisStartsAtZero(t *testing.T) {
	for _, c := range []struct {
		name      string
		low, high float64
		flow      bool
		want      bool
	}{
		{"a level far from zero", 240, 310, false, false},
		{"a level that comes near zero", 10, 310, false, true},
		{"an amount", 240, 310, true, true},
		{"negative far from zero", -310, -240, false, false},
		{"on both sides", -10, 10, false, false},
		{"all zero", 0, 0, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := lineSpec(unit.English, days("2026-01-01", 2, func(i int) float64 { return c.low + float64(i)*(c.high-c.low) }))
			s.Series[0].Flow = c.flow
			if got := newPlot(&s).zero; got != c.want {
				t.Errorf("starts at zero: %v, want %v", got, c.want)
			}
		})
	}
}

// A post that is wrong by a factor of ten must not press the data into a flat line.
func TestFarFiguresStandAtTheEdge(t *testing.T) {
	s := lineSpec(unit.English, days("2026-01-01", 10, func(i int) float64 { return 100 + 10*float64(i) }))
	for _, c := range []struct {
		name    string
		in      float64
		inside  bool
		wantOff int
	}{
		{"inside", 150, true, 0},
		{"somewhat above", 230, true, 0},
		{"ten times", 1500, false, 1},
		{"far below", -500, false, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, off := newPlot(&s).clamp(c.in)
			if off != c.wantOff || (got == c.in) != c.inside || got < 0 || got > 250 {
				t.Errorf("%v is drawn at %v, off %d", c.in, got, off)
			}
		})
	}
}
