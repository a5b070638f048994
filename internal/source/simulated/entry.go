package simulated

import "beleg/internal/source/defillama/fake"

// Behaviour is how a series misbehaves.
type Behaviour uint8

// The behaviours. Days are counted from 1970, so that all of them recur and do not depend on when the upstream was started.
const (
	Steady   Behaviour = iota
	Restated           // every fifth day is restated two days later
	Absurd             // every seventh day is a thousand times too large until it is mended six days later
	Stopping           // has no values since shortly before the upstream was started
)

// Entry is a series to make up: around a level that grows steadily, with noise that comes back to it.
type Entry struct {
	Key       fake.Key
	Entity    fake.Entity // of a chain, protocol or coin; its name is the key's
	Level     float64     // on 2026-01-01
	Growth    float64     // by year, as a factor
	Noise     float64     // of a day, relative
	Behaviour Behaviour
}

const billion = 1e9

func chain(name string, level, growth float64, b Behaviour) Entry {
	return Entry{fake.Key{Kind: fake.ChainTVL, Name: name}, fake.Entity{}, level * billion, growth, 0.018, b}
}

func protocol(slug, label, category string, level, growth float64, b Behaviour) Entry {
	return Entry{fake.Key{Kind: fake.ProtocolTVL, Name: slug}, fake.Entity{Label: label, Category: category}, level * billion, growth, 0.022, b}
}

func coin(id, label, symbol, peg string, level, growth float64, b Behaviour) Entry {
	return Entry{fake.Key{Kind: fake.Supply, Name: id}, fake.Entity{Label: label, Symbol: symbol, Peg: peg}, level * billion, growth, 0.002, b}
}

func flow(k fake.Kind, level, growth, noise float64, b Behaviour) Entry {
	return Entry{fake.Key{Kind: k}, fake.Entity{}, level * billion, growth, noise, b}
}

// Default are the series that the built-in catalogue collects, with some company. Levels are of a plausible order, not facts.
func Default() []Entry {
	return []Entry{
		chain("", 120, 1.25, Restated),
		chain("Ethereum", 68, 1.2, Steady),
		chain("Solana", 9, 1.6, Steady),
		chain("BSC", 7, 1.1, Steady),
		chain("Base", 4.4, 1.9, Steady),
		chain("Arbitrum", 3.1, 1.1, Steady),
		chain("Polygon", 1.2, 1.05, Stopping),
		chain("OP Mainnet", 0.4, 0.9, Steady),
		protocol("lido", "Lido", "Liquid Staking", 27, 1.2, Restated),
		protocol("aave", "Aave", "Lending", 33, 1.6, Steady),
		protocol("eigencloud", "EigenCloud", "Restaking", 13, 1.5, Steady),
		protocol("morpho", "Morpho", "Lending", 6.5, 1.8, Steady),
		protocol("maple", "Maple", "RWA Lending", 2.6, 1.9, Absurd),
		protocol("euler", "Euler", "Lending", 1.1, 1.3, Steady),
		protocol("blackrock-buidl", "BlackRock BUIDL", "RWA", 2.3, 1.9, Steady),
		protocol("ondo-yield-assets", "Ondo Yield Assets", "RWA", 1.6, 1.9, Steady),
		protocol("tether-gold", "Tether Gold", "RWA", 1.9, 1.7, Steady),
		protocol("binance-cex", "Binance CEX", "CEX", 170, 1.2, Steady),
		coin("1", "Tether", "USDT", "peggedUSD", 187, 1.28, Steady),
		coin("2", "USD Coin", "USDC", "peggedUSD", 76, 1.45, Restated),
		coin("5", "Dai", "DAI", "peggedUSD", 4.6, 0.97, Steady),
		coin("146", "Ethena USDe", "USDe", "peggedUSD", 7, 1.5, Steady),
		coin("209", "Sky Dollar", "USDS", "peggedUSD", 9, 1.5, Steady),
		coin("50", "Euro Coin", "EURC", "peggedEUR", 0.35, 1.9, Steady),
		{fake.Key{Kind: fake.Price, Name: "50"}, fake.Entity{}, 1.16, 1.01, 0.003, Steady},
		flow(fake.DexVolume, 14, 1.3, 0.16, Absurd),
		flow(fake.Fees, 0.055, 1.2, 0.12, Restated),
		flow(fake.Revenue, 0.021, 1.2, 0.12, Steady),
		flow(fake.HoldersRevenue, 0.008, 1.2, 0.12, Steady),
	}
}
