package fake

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"beleg/internal/market"
)

// Recorded loads the recordings of a directory into a Table. Real values are:
//
//   - ChainTVL of six chains by day to 2025-08-02 and of 450 chains on 2026-05-29; "" is the sum of those six by day
//   - ProtocolTVL of ten protocols by day to December 2025, and of all others on 2025-12-19, with their categories. The
//     category RWA is one entry, "rwa-sector", by day to 2026-05-16
//   - Supply of USDT (id 1), USDC (2) and DAI (5) by day to 2025-08-03
//   - PegTotal of peggedUSD by day to 2026-08-22; before 2025-05-20 it is the sum of all coins, other pegs included
//   - DexVolume "" on 35 days of 2025, the sum of the largest 80 exchanges
//   - Fees of Robinhood Chain by day to 2026-10-08, with the days that are missing
//
// The error names the recording that is absent or cannot be read.
func Recorded(dir string) (*Table, error) {
	t := NewTable()
	for _, r := range []struct {
		file string
		load func(t *Table, path string) error
	}{
		{"v2_chains.json", loadChains},
		{"v2_historicalChainTvl_6chains_long.csv", loadChainHistories},
		{"derived_lite_protocols2.json", loadProtocols},
		{"derived_sector_tvl_daily.csv", loadSector},
		{"stablecoins_circulating_by_coin_daily.csv", loadSupplies},
		{"derived_stablecoincharts_all_total_usd.json", loadTotal},
		{"derived_overview_dexs_top80_daily.csv", loadVolume},
		{"overview_fees_robinhood-chain_excerpt.json", loadFees},
	} {
		if err := r.load(t, filepath.Join(dir, r.file)); err != nil {
			return nil, fmt.Errorf("load recording %s: %w", r.file, err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, protocolFiles))
	if err != nil {
		return nil, fmt.Errorf("list recorded protocols: %w", err)
	}
	for _, f := range files {
		if err := loadProtocol(t, f); err != nil {
			return nil, fmt.Errorf("load recording %s: %w", filepath.Base(f), err)
		}
	}
	return t, nil
}

const (
	protocolPrefix = "derived_protocol_tvl_"
	protocolFiles  = protocolPrefix + "*.json"
)

// Days of recordings that are single snapshots.
const (
	chainsDay    = "2026-05-29"
	protocolsDay = "2025-12-19"
)

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

// readCSV calls row with every line's fields and the columns' places.
func readCSV(path string, row func(field func(column string) string, fields, header []string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	r := csv.NewReader(f)
	header, err := r.Read()
	if err != nil {
		return err
	}
	place := map[string]int{}
	for i := len(header) - 1; i >= 0; i-- { // of columns with the same name the first counts
		place[header[i]] = i
	}
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := row(func(c string) string { return fields[place[c]] }, fields, header); err != nil {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func onDay(date string) (time.Time, error) {
	p, err := market.ParsePeriod(date)
	if err != nil {
		return time.Time{}, err
	}
	return p.Start(), nil
}

func loadChains(t *Table, path string) error {
	var chains []struct {
		GeckoID     *string `json:"gecko_id"`
		CmcID       *string `json:"cmcId"`
		TokenSymbol *string `json:"tokenSymbol"`
		Name        string  `json:"name"`
		ChainID     any     `json:"chainId"`
		TVL         float64 `json:"tvl"`
	}
	if err := readJSON(path, &chains); err != nil {
		return err
	}
	at := market.MustPeriod(chainsDay).Start()
	for _, c := range chains {
		t.Add(ChainTVL, Entity{Name: c.Name, GeckoID: deref(c.GeckoID), CmcID: deref(c.CmcID), Symbol: deref(c.TokenSymbol), ChainID: c.ChainID})
		t.Set(Key{ChainTVL, c.Name, ""}, []Point{{at, c.TVL}})
	}
	return nil
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// recordedChains are the labels of the chains in the file of histories.
var recordedChains = map[string]string{
	"arbitrum": "Arbitrum", "avalanche": "Avalanche", "bsc": "BSC", "ethereum": "Ethereum", "optimism": "OP Mainnet", "polygon": "Polygon",
}

func loadChainHistories(t *Table, path string) error {
	histories := map[string][]Point{}
	total := map[time.Time]float64{}
	err := readCSV(path, func(field func(string) string, _, _ []string) error {
		at, err := onDay(field("date"))
		if err != nil {
			return err
		}
		v, err := strconv.ParseFloat(field("tvl"), 64)
		if err != nil {
			return err
		}
		label, ok := recordedChains[field("chain")]
		if !ok {
			return fmt.Errorf("unknown chain %q", field("chain"))
		}
		histories[label] = append(histories[label], Point{at, v})
		total[at] += v
		return nil
	})
	if err != nil {
		return err
	}
	for label, ps := range histories {
		k := Key{ChainTVL, label, ""}
		t.Set(k, append(ps, t.Points(k, time.Time{})...))
	}
	all := make([]Point, 0, len(total))
	for at, v := range total {
		all = append(all, Point{at, v})
	}
	t.Set(Key{ChainTVL, "", ""}, all)
	return nil
}

func loadProtocols(t *Table, path string) error {
	var list []struct {
		Name, Category string
		TVL            *float64
		Chains         []string
	}
	if err := readJSON(path, &list); err != nil {
		return err
	}
	at := market.MustPeriod(protocolsDay).Start()
	entities := make([]Entity, 0, len(list))
	for _, p := range list {
		slug := strings.ReplaceAll(strings.ToLower(p.Name), " ", "-")
		entities = append(entities, Entity{Name: slug, Label: p.Name, Category: p.Category, Parts: p.Chains})
		if p.TVL != nil {
			t.points[Key{ProtocolTVL, slug, ""}] = []Point{{at, *p.TVL}}
		}
	}
	t.entities[ProtocolTVL] = entities
	return nil
}

// The recorded category, and the entry that stands for all its protocols.
const (
	sectorCategory = "RWA"
	sectorSlug     = "rwa-sector"
)

func loadSector(t *Table, path string) error {
	var ps []Point
	err := readCSV(path, func(field func(string) string, _, _ []string) error {
		at, err := onDay(field("date"))
		if err != nil {
			return err
		}
		v, err := strconv.ParseFloat(field(sectorCategory), 64)
		if err == nil && v > 0 { // 0 before the sector existed
			ps = append(ps, Point{at, v})
		}
		return err
	})
	if err != nil {
		return err
	}
	t.entities[ProtocolTVL] = slices.DeleteFunc(t.entities[ProtocolTVL], func(e Entity) bool { return e.Category == sectorCategory })
	t.Add(ProtocolTVL, Entity{Name: sectorSlug, Label: "All of " + sectorCategory, Category: sectorCategory})
	t.Set(Key{ProtocolTVL, sectorSlug, ""}, ps)
	return nil
}

func loadProtocol(t *Table, path string) error {
	slug := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), protocolPrefix), ".json")
	var p struct {
		Name string
		TVL  []struct {
			Date              int64
			TotalLiquidityUSD float64
		}
	}
	if err := readJSON(path, &p); err != nil {
		return err
	}
	ps := make([]Point, 0, len(p.TVL))
	for _, v := range p.TVL {
		ps = append(ps, Point{time.Unix(v.Date, 0).UTC(), v.TotalLiquidityUSD})
	}
	t.Set(Key{ProtocolTVL, slug, ""}, ps)
	return nil
}

// recordedCoins are the columns that become coins.
var recordedCoins = []Entity{
	{Name: "1", Label: "Tether", Symbol: "USDT", GeckoID: "tether", CmcID: "825"},
	{Name: "2", Label: "USD Coin", Symbol: "USDC", GeckoID: "usd-coin", CmcID: "3408"},
	{Name: "5", Label: "Dai", Symbol: "DAI", GeckoID: "dai", CmcID: "4943"},
}

func loadSupplies(t *Table, path string) error {
	supplies := map[string][]Point{}
	var total []Point
	err := readCSV(path, func(field func(string) string, fields, header []string) error {
		seconds, err := strconv.ParseInt(field("Timestamp"), 10, 64)
		if err != nil {
			return err
		}
		at, sum := time.Unix(seconds, 0).UTC(), 0.0
		for i, text := range fields {
			if text == "" || header[i] == "Timestamp" || header[i] == "Date" {
				continue
			}
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return fmt.Errorf("column %s: %w", header[i], err)
			}
			sum += v
		}
		total = append(total, Point{at, sum})
		for _, c := range recordedCoins {
			if v, err := strconv.ParseFloat(field(c.Symbol), 64); err == nil {
				supplies[c.Name] = append(supplies[c.Name], Point{at, v})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.Add(Supply, recordedCoins...)
	for id, ps := range supplies {
		t.Set(Key{Supply, id, ""}, ps)
	}
	t.Set(Key{PegTotal, "", usdPeg}, total)
	return nil
}

// loadTotal puts the recorded total in the place of the sum from its first day on.
func loadTotal(t *Table, path string) error {
	var file struct {
		Series []struct {
			Date     string
			TotalUSD float64
		}
	}
	if err := readJSON(path, &file); err != nil {
		return err
	}
	var ps []Point
	for _, p := range file.Series {
		at, err := onDay(p.Date)
		if err != nil {
			return err
		}
		ps = append(ps, Point{at, p.TotalUSD})
	}
	if len(ps) == 0 {
		return fmt.Errorf("no series in it")
	}
	k := Key{PegTotal, "", usdPeg}
	for _, p := range t.Points(k, time.Time{}) {
		if p.At.Before(ps[0].At) {
			ps = append(ps, p)
		}
	}
	t.Set(k, ps)
	return nil
}

func loadVolume(t *Table, path string) error {
	volume := map[time.Time]float64{}
	err := readCSV(path, func(field func(string) string, _, _ []string) error {
		at, err := onDay(field("date"))
		if err != nil || field("total24h") == "" {
			return err
		}
		v, err := strconv.ParseFloat(field("total24h"), 64)
		volume[at] += v
		return err
	})
	if err != nil {
		return err
	}
	ps := make([]Point, 0, len(volume))
	for at, v := range volume {
		ps = append(ps, Point{at, v})
	}
	t.Set(Key{DexVolume, "", ""}, ps)
	return nil
}

func loadFees(t *Table, path string) error {
	var file struct {
		Chain          string
		TotalDataChart [][2]float64
	}
	if err := readJSON(path, &file); err != nil {
		return err
	}
	ps := make([]Point, 0, len(file.TotalDataChart))
	for _, p := range file.TotalDataChart {
		ps = append(ps, Point{time.Unix(int64(p[0]), 0).UTC(), p[1]})
	}
	t.Set(Key{Fees, file.Chain, ""}, ps)
	return nil
}
