package fake

import (
	"slices"
	"sort"
	"sync"
	"time"

	"beleg/internal/market"
)

// Kind is what a series of the data measures.
type Kind string

// The kinds, with what Key.Name and Key.Part mean.
const (
	ChainTVL       Kind = "chain-tvl"       // USD; a chain's label, "" for all of DeFi; no part
	ProtocolTVL    Kind = "protocol-tvl"    // USD; a slug; a chain's label or another part ("Ethereum-borrowed"), "" for the whole
	Supply         Kind = "supply"          // units; a coin's id; a chain's label, "" for all
	Price          Kind = "price"           // USD a unit, 1 where there is none; a coin's id; no part
	PegTotal       Kind = "peg-total"       // USD; a chain's label, "" for all; a peg. Without any for a chain its coins are summed
	DexVolume      Kind = "dex-volume"      // USD a day; a chain's label, "" for all; no part
	Fees           Kind = "fees"            // as DexVolume
	Revenue        Kind = "revenue"         // as DexVolume
	HoldersRevenue Kind = "holders-revenue" // as DexVolume
)

// listed are the kinds that Data.Entities is asked for.
var listed = []Kind{ChainTVL, ProtocolTVL, Supply, PegTotal}

// Key names a series.
type Key struct {
	Kind       Kind
	Name, Part string
}

// Point is a series' value at a time, for most series 00:00 UTC of a day.
type Point struct {
	At    time.Time
	Value float64
}

// Entity is a chain, a protocol or a coin. Name is what keys use: a chain's label, a protocol's slug, a coin's id.
type Entity struct {
	Name     string
	Label    string // of a protocol or coin
	Symbol   string
	GeckoID  string
	CmcID    string
	ChainID  any      // a number, a text or nil
	Category string   // of a protocol
	Peg      string   // of a coin; default peggedUSD
	Parts    []string // of a protocol or coin: Key.Part of the further series there are
}

// Data is what the fake upstream knows. Implementations are safe for concurrent use.
type Data interface {
	// Entities lists chains (ChainTVL), protocols (ProtocolTVL), coins (Supply) and the pegs of PegTotal.
	Entities(k Kind) []Entity
	// Points are a series' points as the upstream states them at now, in their order; later ones may be among them and
	// are not shown. None where the series is unknown.
	Points(k Key, now time.Time) []Point
}

// Table is Data that a test fills and changes.
type Table struct {
	mu       sync.RWMutex
	entities map[Kind][]Entity
	points   map[Key][]Point
}

var _ Data = (*Table)(nil)

// NewTable is an empty table.
func NewTable() *Table {
	return &Table{entities: map[Kind][]Entity{}, points: map[Key][]Point{}}
}

// Add adds entities, or replaces those of the same name.
func (t *Table) Add(k Kind, es ...Entity) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range es {
		at := slices.IndexFunc(t.entities[k], func(o Entity) bool { return o.Name == e.Name })
		if at >= 0 {
			t.entities[k][at] = e
			continue
		}
		t.entities[k] = append(t.entities[k], e)
	}
}

// Set replaces a series. An entity that is not there yet is added under its name.
func (t *Table) Set(k Key, ps []Point) {
	ps = slices.Clone(ps)
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].At.Before(ps[j].At) })
	t.mu.Lock()
	defer t.mu.Unlock()
	t.points[k] = ps
	if !slices.Contains(listed, k.Kind) {
		return
	}
	name, part := k.Name, k.Part
	if k.Kind == PegTotal {
		name, part = k.Part, ""
	}
	if name == "" {
		return
	}
	at := slices.IndexFunc(t.entities[k.Kind], func(e Entity) bool { return e.Name == name })
	if at < 0 {
		t.entities[k.Kind] = append(t.entities[k.Kind], Entity{Name: name, Label: name, Symbol: name})
		at = len(t.entities[k.Kind]) - 1
	}
	if e := &t.entities[k.Kind][at]; part != "" && !slices.Contains(e.Parts, part) {
		e.Parts = append(e.Parts, part)
	}
}

// Revise changes a day's value; it tells whether there was one.
func (t *Table) Revise(k Key, day market.Period, value float64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := false
	for i, p := range t.points[k] {
		if market.DayOf(p.At) == day {
			t.points[k][i].Value, found = value, true
		}
	}
	return found
}

// Drop removes a day; it tells whether it was there.
func (t *Table) Drop(k Key, day market.Period) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := len(t.points[k])
	t.points[k] = slices.DeleteFunc(t.points[k], func(p Point) bool { return market.DayOf(p.At) == day })
	return len(t.points[k]) < before
}

// Entities implements Data.
func (t *Table) Entities(k Kind) []Entity {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Clone(t.entities[k])
}

// Points implements Data; a table states the same at every time.
func (t *Table) Points(k Key, _ time.Time) []Point {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Clone(t.points[k])
}

// Days are points at 00:00 UTC of consecutive days, for tables.
func Days(first market.Period, values ...float64) []Point {
	ps := make([]Point, len(values))
	for i, v := range values {
		ps[i] = Point{first.AddDays(i).Start(), v}
	}
	return ps
}
