package chart

import (
	"strings"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// words are what a chart says itself.
type words struct {
	Cited         string `json:"-"`
	Simulated     string `json:"-"`
	AsOf          string `json:"-"` // {as_of} is the day, which the script writes
	Reconstructed string `json:"-"`
	Provisional   string `json:"provisional"`
	Figures       string `json:"figures"`
}

var wordsIn = map[unit.Lang]words{
	unit.German: {
		Cited: "wie in Beiträgen zitiert", Simulated: "Simulierte Daten", AsOf: "Stand {as_of}",
		Reconstructed: "rekonstruiert", Provisional: "vorläufig", Figures: "zitierte Zahlen",
	},
	unit.English: {
		Cited: "as cited in posts", Simulated: "Simulated data", AsOf: "as of {as_of}",
		Reconstructed: "reconstructed", Provisional: "provisional", Figures: "cited figures",
	},
}

func wordsFor(l unit.Lang) words {
	if w, ok := wordsIn[l]; ok {
		return w
	}
	return wordsIn[unit.English]
}

// notes is what must be said of the values as a whole; "" where nothing must.
func (s *Spec) notes() string {
	w := wordsFor(s.Lang)
	var said []string
	if s.Simulated {
		said = append(said, w.Simulated)
	}
	if !s.AsOf.IsZero() {
		said = append(said, w.AsOf)
	}
	if s.Reconstructed {
		said = append(said, w.Reconstructed)
	}
	return strings.Join(said, " · ")
}

// affix is what stands before and after a number in a unit: {"$", ""} in English, {"", " $"} in German.
type affix struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// affixOf leaves out the noun of counted things, which the chart's title names; abbreviations (BTC) stay.
func affixOf(u unit.Unit, l unit.Lang) affix {
	before, after, _ := strings.Cut(unit.Format(unit.NewDecimal(2, 0), u, l), "2")
	if u.Dimension() == unit.Count && strings.ToUpper(after) != after {
		return affix{}
	}
	return affix{before, after}
}

// granularityNames are the lengths of periods as the script knows them.
var granularityNames = map[market.Granularity]string{
	market.Day: "day", market.Month: "month", market.Quarter: "quarter", market.Half: "half", market.Year: "year",
}
