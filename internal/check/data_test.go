package check

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/store/sqlite"
	"beleg/internal/unit"

	"beleg/internal/catalog"
	"beleg/internal/check/checktest"
	"beleg/internal/check/judge"
	"beleg/internal/check/rule"
)

// decade is five years of a few series, to two days after testDay.
func decade() *checktest.History {
	return checktest.NewHistory(map[string]checktest.Points{
		"stablecoins-market-cap": {{"2021-01-01", 28e9}, {"2022-04-01", 187e9}, {"2023-09-01", 124e9}, {"2025-02-01", 220e9}, {"2025-08-20", 270e9}, {"2026-02-12", 306e9}},
		"defi-tvl":               {{"2020-01-01", 0.6e9}, {"2020-09-01", 9e9}, {"2021-11-10", 140e9}, {"2022-12-31", 39e9}, {"2025-10-01", 150e9}, {"2026-01-01", 112e9}, {"2026-02-12", 95e9}},
		"lido-tvl":               {{"2021-01-01", 0.1e9}, {"2025-08-20", 40e9}, {"2026-02-12", 20e9}},
		"aave-tvl":               {{"2021-01-01", 2e9}, {"2025-09-01", 44e9}, {"2026-02-12", 27e9}},
		"usdt-supply":            {{"2021-01-01", 20e9}, {"2026-02-12", 184.6e9}},
		"ethereum-tvl":           {{"2021-01-01", 16e9}, {"2026-02-12", 56e9}},
	})
}

// shortly is two days after testDay, when a post has not aged yet.
func shortly() time.Time { return time.Date(2026, 2, 12, 9, 30, 0, 0, time.UTC) }

// onRecord checks texts against data on a day.
func onRecord(t testing.TB, data judge.Data, now func() time.Time, docs ...*rule.Document) *Report {
	t.Helper()
	cat := catalogue(t)
	r, err := NewEngine(EngineConfig{Catalog: cat, Judge: judge.New(cat, data, now, judge.Config{})}).Check(t.Context(), docs, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDataMismatch(t *testing.T) {
	tests := []sentences{
		{"outdated", "de", "Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar.", []string{"data/mismatch warning 270 Milliarden US-Dollar"}},
		{"outdated, in English", "en", "The supply of stablecoins stands at $270 billion.", []string{"data/mismatch warning $270 billion"}},
		{"dated and far off", "de", "Im Januar 2026 lag das Angebot an Stablecoins bei 230 Milliarden US-Dollar.", []string{"data/mismatch error 230 Milliarden US-Dollar"}},
		{"the source is named", "de", "Laut DefiLlama liegt das Angebot an Stablecoins bei 270 Milliarden US-Dollar.", []string{"data/mismatch error 270 Milliarden US-Dollar"}},
		{"never true", "en", "The market cap of stablecoins is $520 billion.", []string{"data/mismatch error $520 billion"}},
		{"a peak of a season", "en", "In the summer of 2020 the TVL of DeFi exploded to $100 billion.", []string{"data/mismatch error $100 billion"}},
		{"reached only after the season", "de", "Im DeFi-Sommer 2020 erreichte der TVL von DeFi 40 Milliarden US-Dollar.", []string{"data/mismatch error 40 Milliarden US-Dollar"}},
		{"said twice, told once", "de", "Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar.\n\nStablecoins kommen auf ein Angebot von 270 Milliarden US-Dollar.",
			[]string{"data/mismatch warning 270 Milliarden US-Dollar"}},
		{"another definition", "de", "Der TVL von DeFi lag Anfang 2026 bei 130–140 Milliarden US-Dollar.", []string{"data/mismatch note 130–140 Milliarden US-Dollar"}},
		{"another definition, but the source is named", "de", "Der TVL von DeFi lag laut DefiLlama im Januar 2026 bei 140 Milliarden US-Dollar.",
			[]string{"data/mismatch error 140 Milliarden US-Dollar"}},
		{"another definition would count more, not less", "de", "Der TVL von DeFi liegt heute bei 61 Milliarden US-Dollar.", []string{"data/mismatch error 61 Milliarden US-Dollar"}},
		{"the series follows that definition", "de", "Der TVL von Lido liegt bei 60 Milliarden US-Dollar.", []string{"data/mismatch error 60 Milliarden US-Dollar"}},
		{"just beside", "de", "Der Umlauf von USDT liegt bei 179,2 Milliarden US-Dollar laut DefiLlama.", []string{"data/mismatch note 179,2 Milliarden US-Dollar"}},
		{"far below, of one thing", "en", "The TVL of Aave is $3 billion.", []string{"data/mismatch warning $3 billion"}},
		{"over is far under", "en", "The market cap of stablecoins is over $150 billion.", []string{"data/mismatch note $150 billion"}},

		{"was and is", "en", "The supply of stablecoins stands at $270 billion, down from $300 billion in October 2025.", []string{"data/mismatch warning $270 billion"}},

		{"right", "de", "Das Angebot an Stablecoins liegt bei 306 Milliarden US-Dollar.", nil},
		{"rounded", "de", "Das Angebot an Stablecoins liegt bei rund 300 Milliarden US-Dollar.", nil},
		{"over", "en", "Stablecoin supply is past $300 billion.", nil},
		{"nearly", "en", "The market cap of stablecoins is nearly $310 billion.", nil},
		{"right at its time", "de", "Im August 2025 lag das Angebot an Stablecoins bei 270 Milliarden US-Dollar.", nil},
		{"right in its year", "en", "In 2021 the TVL of DeFi reached $140 billion.", nil},
		{"a forecast", "de", "Bis Ende 2026 wird das Angebot an Stablecoins voraussichtlich 500 Milliarden US-Dollar erreichen.", nil},
		{"a forecast that has passed", "en", "By the end of 2025 the supply of stablecoins is expected to reach $900 billion.", nil},
		{"where a change began", "de", "Das Angebot an Stablecoins stieg von 130 Milliarden auf 306 Milliarden US-Dollar.", nil},
		{"by how much", "de", "Das Angebot an Stablecoins wuchs um 86 Milliarden US-Dollar.", nil},
		{"growth", "en", "The supply of stablecoins grew by 40%.", nil},
		{"once", "de", "Damals lag das Angebot an Stablecoins bei 130 Milliarden US-Dollar.", nil},
		{"years ago", "en", "Two years ago the supply of stablecoins was $130 billion.", nil},
		{"behind a year", "de", "Im Sommer 2021 stieg der TVL von DeFi auf 90 Milliarden US-Dollar, bevor er auf 30 Milliarden US-Dollar fiel.", nil},
		{"at an event", "de", "Als Terra kollabierte, lag das Angebot an Stablecoins bei 180 Milliarden US-Dollar.", nil},
		{"before an event", "en", "Before the merger the TVL of Lido was $7 billion.", nil},
		{"supposed", "de", "Bei einem Stablecoin-Angebot von 1 Billion US-Dollar müssten die Emittenten mehr Anleihen kaufen.", nil},
		{"supposed, in English", "en", "A stablecoin supply of $1 trillion would change that.", nil},
		{"one version", "de", "Aave V2 kommt auf 150 Millionen US-Dollar TVL.", nil},
		{"one of many", "en", "The tenth-largest stablecoin has a supply of $2 billion.", nil},
		{"a kind of them", "en", "Yield-bearing stablecoins have a market cap of $12 billion.", nil},
		{"two of them", "en", "USDT and USDC together account for $260 billion of stablecoin supply.", nil},
		{"without one of them", "de", "Ohne USDT liegt das Angebot an Stablecoins bei 121 Milliarden US-Dollar.", nil},
		{"lost", "en", "The protocol Lido lost $12 billion of TVL.", nil},
		{"one loan", "de", "Auf Aave wurde ein Kredit über 50 Millionen US-Dollar vergeben.", nil},
		{"one chain", "en", "Stablecoins on Base have a supply of $4.5 billion.", nil},
		{"one pool", "en", "A pool with $120 million in TVL on Aave.", nil},
		{"new money", "en", "Lido took in another $400 million of TVL.", nil},
		{"another currency", "de", "Das Angebot an Stablecoins liegt bei 200 Milliarden Euro.", nil},
		{"before the series", "de", "Im Jahr 2015 lag der TVL von DeFi bei 100 Milliarden US-Dollar.", nil},
		{"a token at its peg", "en", "The supply of USDT is $184.5 billion.", nil},
		{"silenced", "de", "Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar <!-- beleg: ignore=\"Zitat\" -->.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := onRecord(t, decade(), shortly, document(t, "x.md", unit.Lang(tt.lang), tt.text))
			if diff := cmp.Diff(tt.want, findingsOf(r, "data/")); diff != "" {
				for _, f := range r.Files[0].Figures {
					t.Logf("%s: %+v", f.Text, f.VerdictDetail.Verdict)
				}
				t.Error(diff)
			}
		})
	}
}

// A number that is off by a thousand is a slip of scale words, and told as that alone.
func TestDataScale(t *testing.T) {
	tests := []sentences{
		{"an English billion", "de", "Das Angebot an Stablecoins liegt bei 306 Billionen US-Dollar.", []string{"scale/billion error 306 Billionen US-Dollar"}},
		{"a million for a milliard", "de", "Der TVL von Lido liegt bei 20 Millionen US-Dollar.", []string{"scale/billion error 20 Millionen US-Dollar"}},
		{"in English", "en", "The market cap of stablecoins is $306 million.", []string{"scale/billion error $306 million"}},
		{"right", "en", "The market cap of stablecoins is $306 billion.", nil},
		{"right with another word", "en", "The market cap of stablecoins is $0.306 trillion.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := onRecord(t, decade(), shortly, document(t, "x.md", unit.Lang(tt.lang), tt.text))
			if diff := cmp.Diff(tt.want, append(findingsOf(r, "scale/"), findingsOf(r, "data/")...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What a mismatch says, in both languages, with the evidence for it.
func TestDataMessage(t *testing.T) {
	d := document(t, "x.md", unit.German, "Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar. Im Sommer 2020 erreichte der TVL von DeFi 100 Milliarden US-Dollar. Der TVL von DeFi lag Anfang 2026 bei 130–140 Milliarden US-Dollar.")
	cat := catalogue(t)
	e := NewEngine(EngineConfig{Catalog: cat, Judge: judge.New(cat, decade(), shortly, judge.Config{})})
	want := map[unit.Lang][]string{
		unit.German: {
			"„270 Milliarden US-Dollar“ passt nicht zu den Daten: DefiLlama nennt für „Marktkapitalisierung der Stablecoins“ 305,6 Mrd. $ (10. Februar 2026); zuletzt stimmte es im September 2025.",
			"„100 Milliarden US-Dollar“ passt nicht zu den Daten: DefiLlama nennt für „TVL von DeFi“ in dieser Zeit höchstens 17,73 Mrd. $ (30. September 2020).",
			"„130–140 Milliarden US-Dollar“ kann an der Definition liegen: DefiLlama nennt für „TVL von DeFi“ in dieser Zeit höchstens 112 Mrd. $ (1. Januar 2026) und rechnet „Ohne Liquid Staking und doppelt Gezähltes; ohne verliehene und selbst ausgegebene, gestakte Token“; andere rechnen „mit verliehenen Token“.",
		},
		unit.English: {
			"“270 Milliarden US-Dollar” does not match the data: DefiLlama gives $305.6bn (10 February 2026) for “Market capitalisation of stablecoins”; it was last true in September 2025.",
			"“100 Milliarden US-Dollar” does not match the data: DefiLlama gives at most $17.73bn (30 September 2020) for “TVL of DeFi”.",
			"“130–140 Milliarden US-Dollar” may follow another definition: DefiLlama gives at most $112bn (1 January 2026) for “TVL of DeFi” and counts “Without liquid staking and double counting; without borrowed tokens and staked own tokens”; others count “with borrowed tokens”.",
		},
	}
	for lang, messages := range want {
		r, err := e.Check(t.Context(), []*rule.Document{d}, nil, lang)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range r.Files[0].Findings {
			if strings.HasPrefix(f.Rule, "data/") {
				got = append(got, strings.ReplaceAll(f.Message, "\u00a0", " "))
			}
		}
		if diff := cmp.Diff(messages, got); diff != "" {
			t.Error(diff)
		}
		first := r.Files[0].Findings[0].Evidence
		if first.Series != "stablecoins-market-cap" || first.Period != testDay || first.Value == nil || first.Vintage != "2026-02-10T01:00:00Z" || first.LastTrue.String() != "2025-09-13" {
			t.Errorf("evidence %+v", first)
		}
	}
	v, err := json.Marshal(d.Cited[2].Verdict)
	if err != nil || !strings.Contains(string(v), `"definitions":{"own":{"de":"Ohne Liquid`) || !strings.Contains(string(v), `"other":{"de":"mit verliehenen Token","en":"with borrowed tokens"},"spread":0.5}`) {
		t.Errorf("%s, %v", v, err)
	}
}

func TestSlipsCause(t *testing.T) {
	r := onRecord(t, decade(), shortly, document(t, "x.md", unit.German, "Das Angebot an Stablecoins liegt bei 306 Billionen US-Dollar."))
	const want = "„306 Billionen US-Dollar“ liegt um das 1.000-Fache neben den Daten, denn DefiLlama nennt für „Marktkapitalisierung der Stablecoins“ 305,6 Mrd. $ (10. Februar 2026): das englische „billion“ ist eine Milliarde."
	got := r.Files[0].Findings[0]
	if message := strings.ReplaceAll(got.Message, "\u00a0", " "); message != want {
		t.Errorf("%s\nwant %s", message, want)
	}
	if s := got.Suggestion; s == nil || s.Text != "rund 306 Milliarden US-Dollar (DefiLlama, 10. Februar 2026)" {
		t.Errorf("suggestion %+v", s)
	}
}

// What was right when the post came out: nothing in a young post, a note once it has aged, a note where the source has
// thought better of it since.
func TestDataAges(t *testing.T) {
	later := checktest.NewHistory(map[string]checktest.Points{"stablecoins-market-cap": {{"2025-01-01", 205e9}, {"2026-02-12", 306e9}, {"2026-09-01", 352e9}}})
	at := func(day string) func() time.Time {
		return func() time.Time { return market.MustPeriod(day).Start() }
	}
	tests := []struct {
		name, text string
		data       judge.Data
		now        func() time.Time
		want       []string
	}{
		{"young", "Das Angebot an Stablecoins liegt bei 306 Milliarden US-Dollar.", later, at("2026-03-01"), nil},
		{"aged", "Das Angebot an Stablecoins liegt bei 306 Milliarden US-Dollar.", later, at("2026-09-02"), []string{"data/stale note 306 Milliarden US-Dollar"}},
		{"aged, but dated by itself", "Im Februar 2026 lag das Angebot an Stablecoins bei 306 Milliarden US-Dollar.", later, at("2026-09-02"), nil},
		{"aged, but still so", "Das Angebot an Stablecoins liegt bei über 300 Milliarden US-Dollar.", later, at("2026-09-02"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := onRecord(t, tt.data, tt.now, document(t, "x.md", unit.German, tt.text))
			if diff := cmp.Diff(tt.want, findingsOf(r, "data/")); diff != "" {
				t.Error(diff)
			}
			for _, f := range r.Files[0].Findings {
				if f.Rule == string(rule.DataStale) && !strings.Contains(f.Message, "+15") {
					t.Errorf("%q does not say by how much", f.Message)
				}
			}
		})
	}
}

// vintages is data of which one value was replaced after publication.
type vintages struct {
	*checktest.History
	series string
	day    market.Period
	later  float64
}

func (v vintages) Observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	obs, err := v.History.Observations(ctx, series, q)
	if series != v.series || !q.AsOf.IsZero() || q.Earliest {
		return obs, err
	}
	obs = slices.Clone(obs)
	for i := range obs {
		if !obs[i].Period.Before(v.day) {
			obs[i].Value = v.later
		}
	}
	return obs, err
}

func TestDataRevised(t *testing.T) {
	tests := []struct {
		name  string
		later float64
		want  []string
	}{
		{"by a little", 304e9, nil},
		{"beyond what was written", 298e9, []string{"data/revised note 306 Milliarden US-Dollar"}},
		{"far beyond it", 200e9, []string{"data/revised warning 306 Milliarden US-Dollar"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := vintages{decade(), "stablecoins-market-cap", testDay.AddDays(-10), tt.later}
			r := onRecord(t, data, shortly, document(t, "x.md", unit.German, "Das Angebot an Stablecoins liegt bei 306 Milliarden US-Dollar."))
			if diff := cmp.Diff(tt.want, findingsOf(r, "data/")); diff != "" {
				t.Error(diff)
			}
			for _, f := range r.Files[0].Findings {
				if f.Rule == string(rule.DataRevised) && (f.Evidence.Value == nil || *f.Evidence.Value != tt.later) {
					t.Errorf("evidence %+v does not hold the new value", f.Evidence)
				}
			}
		})
	}
}

// Without a date of the post nothing but a figure's own date can be compared, and that is no more than a note.
func TestDataWithoutDate(t *testing.T) {
	posts, err := post.Parse([]byte("Im Januar 2026 lag das Angebot an Stablecoins bei 230 Milliarden US-Dollar. Heute liegt das Angebot an Stablecoins bei 230 Milliarden US-Dollar.\n"),
		post.Options{Path: "x.md", Lang: unit.German})
	if err != nil {
		t.Fatal(err)
	}
	r := onRecord(t, decade(), shortly, documentOf(t, "x.md", &posts[0]))
	if diff := cmp.Diff([]string{"data/mismatch note 230 Milliarden US-Dollar"}, findingsOf(r, "data/")); diff != "" {
		t.Error(diff)
	}
	if v := r.Files[0].Figures[1]; v.Verdict != cite.NotChecked || v.VerdictDetail.Reason != judge.ReasonUndated {
		t.Errorf("the undated figure: %+v", v.VerdictDetail)
	}
}

// Without data every figure still has its verdict, and the report names the rules that were left out.
func TestWithoutData(t *testing.T) {
	r := examine(t, document(t, "x.md", unit.German, "Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar. Bis Ende 2028 soll das Angebot an Stablecoins 500 Milliarden US-Dollar erreichen. "+
		"Das dauerte drei Monate. [Der Bericht](https://example.com/x) nennt 12 Projekte."))
	want := []cite.VerdictKind{cite.NotChecked, cite.Forecast, cite.NotMeasurable, cite.SourceOnly}
	var got []cite.VerdictKind
	for _, f := range r.Files[0].Figures {
		got = append(got, f.Verdict)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var skipped []string
	for _, s := range r.Summary.RulesSkipped {
		if strings.HasPrefix(s.Reason, "no data") {
			skipped = append(skipped, s.Rule)
		}
	}
	if diff := cmp.Diff([]string{"data/mismatch", "data/revised", "data/stale"}, skipped); diff != "" {
		t.Error(diff)
	}
}

// A stored post's figure gets its verdict where a draft speaks of the same series, so that a conflict can say who is right.
func TestOthersAreJudged(t *testing.T) {
	draft := document(t, "draft.md", unit.German, "Das Angebot an Stablecoins liegt bei 306 Milliarden US-Dollar.")
	stored := document(t, "stored.md", unit.German, "Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar. Der TVL von Lido liegt bei 20 Milliarden US-Dollar.")
	cat := catalogue(t)
	e := NewEngine(EngineConfig{Catalog: cat, Judge: judge.New(cat, decade(), shortly, judge.Config{})})
	r, err := e.Check(t.Context(), []*rule.Document{draft}, []*rule.Document{stored}, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := stored.Cited[0].Verdict.Kind; got != cite.WasTrueOn {
		t.Errorf("the other post's figure: %q, want %s", got, cite.WasTrueOn)
	}
	if got := stored.Cited[1].Verdict.Kind; got != "" {
		t.Errorf("a figure that nothing speaks of was judged: %s", got)
	}
	if got := findingsOf(r, "data/"); got != nil {
		t.Errorf("findings on another post: %v", got)
	}
}

// A check reads a series a bounded number of times, however many figures cite it.
func TestOneReadPerSeries(t *testing.T) {
	data := decade()
	text := strings.Repeat("Das Angebot an Stablecoins liegt bei 306 Milliarden US-Dollar. Im Januar 2026 lag das Angebot an Stablecoins bei 302 Milliarden US-Dollar.\n\n", 50)
	r := onRecord(t, data, shortly, document(t, "x.md", unit.German, text))
	if n := len(r.Files[0].Figures); n != 100 {
		t.Fatalf("%d figures", n)
	}
	const most = 4 // the vintage of publication, what is known now, the newest value, the months before
	if n := data.Reads["stablecoins-market-cap"]; n > most {
		t.Errorf("%d reads", n)
	}
}

// BenchmarkData checks 1,000 linked figures over 200 series of two years against a store on disk. Every other figure is
// wrong, and so read back over the judge's whole memory.
func BenchmarkData(b *testing.B) {
	const series, figures, days = 200, 1000, 730
	store, err := sqlite.Open(b.Context(), sqlite.Config{Path: filepath.Join(b.TempDir(), "beleg.db"), Now: shortly})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	cat := moreSeries{catalogue(b), map[string]market.Series{}}
	batch := market.Batch{Origin: market.Origin{Kind: market.FromImport, Source: "defillama", FetchedAt: shortly()}}
	var all []market.Series
	for n := range series {
		s := market.Series{ID: fmt.Sprintf("s%d", n), Metric: "tvl", Source: "defillama", Unit: unit.USD, Frequency: market.Daily}
		all = append(all, s)
		cat.more[s.ID] = s
		points := make([]market.Point, days)
		for d := range points {
			points[d] = market.Point{Period: testDay.AddDays(d + 1 - days), Value: 300e9 + float64(d)*1e7, Status: market.Final}
		}
		batch.Points = append(batch.Points, market.SeriesPoints{Series: s.ID, Points: points})
	}
	if err := store.SyncSeries(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	if _, err := store.CommitBatch(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("Der Wert liegt bei 307 Milliarden US-Dollar. Der Wert liegt bei 120 Milliarden US-Dollar.\n\n", figures/2)
	d := document(b, "x.md", unit.German, text)
	for i := range d.Cited {
		d.Cited[i].Link = cite.Link{Series: fmt.Sprintf("s%d", i%series), Confidence: 1}
	}
	j := judge.New(cat, store, shortly, judge.Config{})
	for b.Loop() {
		x := &rule.Examination{Catalog: cat, Settings: rule.Settings{}.WithDefaults(), Given: []*rule.Document{d}}
		if err := judge.Find(b.Context(), x, j, ""); err != nil {
			b.Fatal(err)
		}
		if len(x.Findings) < series/2 {
			b.Fatalf("%d findings", len(x.Findings))
		}
	}
}

// moreSeries is the catalogue with further series.
type moreSeries struct {
	*catalog.Catalog
	more map[string]market.Series
}

func (c moreSeries) Series(id string) (market.Series, bool) {
	if s, ok := c.more[id]; ok {
		return s, true
	}
	return c.Catalog.Series(id)
}

// Whatever a text says, checking it against data ends without a panic, and its suggestions replace bytes of it.
func FuzzData(f *testing.F) {
	f.Add("Das Angebot an Stablecoins liegt bei 270 Milliarden US-Dollar.", 305.7e9)
	f.Add("\\$270&nbsp;bn **TVL** of Lido (1.5 – 2,5 Mio. $)", 1.0)
	f.Add("DeFi-Sommer 2020: TVL 100Mrd. $, v3", 0.0)
	f.Fuzz(func(t *testing.T, text string, value float64) {
		posts, err := post.Parse([]byte(text), post.Options{Path: "x.md", Lang: unit.German, Published: testDay})
		if err != nil {
			return
		}
		data := checktest.NewHistory(map[string]checktest.Points{"a": {{"2024-01-01", 1}, {"2026-02-10", value}}})
		cat := moreSeries{catalogue(t), map[string]market.Series{"a": {ID: "a", Metric: "tvl", Source: "defillama", Unit: unit.USD, Frequency: market.Daily}}}
		j := judge.New(cat, data, shortly, judge.Config{})
		for i := range posts {
			p := &posts[i]
			d := &rule.Document{Path: "x.md", Post: p}
			for _, f := range figure.Read(&p.Text, figure.Options{Published: testDay}).Figures {
				c := cite.Cited{Figure: f, Link: cite.Link{Series: "a", Confidence: 1}, Published: testDay}
				c.Fragment, c.FragmentAt, c.FragmentEnd = fragment(&p.Text, &f, nil)
				d.Cited = append(d.Cited, c)
			}
			x := &rule.Examination{Catalog: cat, Settings: rule.Settings{}.WithDefaults(), Given: []*rule.Document{d}}
			if err := judge.Find(t.Context(), x, j, ""); err != nil {
				t.Fatal(err)
			}
			for _, f := range x.Findings {
				if s := f.Suggestion; s != nil && (s.Start < 0 || s.End > len(posts[i].Raw) || s.Start >= s.End || !utf8.ValidString(s.Text)) {
					t.Fatalf("suggestion %+v in %d bytes", s, len(posts[i].Raw))
				}
				if !utf8.ValidString(f.Says.DE) || f.Severity == "" {
					t.Fatalf("finding %+v", f)
				}
			}
		}
	})
}

// The file's own marks stay: a suggestion replaces bytes of the file, not of what is read of it.
func TestSuggestionKeepsMarkup(t *testing.T) {
	const text = "Das Angebot an Stablecoins liegt bei \\$270&nbsp;Milliarden.\n"
	cat := catalogue(t)
	posts, err := post.Parse([]byte(text), post.Options{Path: "x.md", Lang: unit.German, Published: market.MustPeriod("2026-02-10")})
	if err != nil {
		t.Fatal(err)
	}
	d := &rule.Document{Path: "x.md", Post: &posts[0], Cited: Reader{Linker: link.New(cat, link.Config{})}.Read(&posts[0])}
	r := onRecord(t, decade(), shortly, d)
	if len(r.Files[0].Findings) == 0 || r.Files[0].Findings[0].Suggestion == nil {
		t.Fatalf("findings %+v", r.Files[0].Findings)
	}
	s := r.Files[0].Findings[0].Suggestion
	got := text[:s.Start] + s.Text + text[s.End:]
	if want := "Das Angebot an Stablecoins liegt bei rund \\$306\u00a0Milliarden (DefiLlama, 10. Februar 2026).\n"; got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}
