package check

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/unit"
)

// Shares that do not follow from the numbers around them: each text has one, and at is where it is told.
func TestWrongShares(t *testing.T) {
	for _, c := range []struct{ lang, at, text string }{
		{"de", "32 Prozent", "Das Register zählt heute 640 Anbieter in ganz Europa. Von ihnen sitzen 128 in Irland, das entspricht einem Anteil von 32 Prozent."},
		{"de", "41 %", "Insgesamt verwalten die Fonds 14,2 Mrd. Euro. Auf Luxemburg entfallen 4,26 Mrd. Euro (41 %)."},
		{"en", "38 %", "The network has 5,400 validators. Roughly 1,350 of those run in Germany, or 38 %."},
		{"en", "25 %", "The auditors looked at 220 contracts; 33 had a critical flaw (25 %)."},
		{"en", "35 %", "Of 96 banks surveyed, 24 already use the chain, which works out at 35 %."},
		{"de", "35 %", "Im Netz laufen 8.400 Knoten, davon stehen 2.100 in den USA (35 %)."},
		{"en", "52 %", "The treasury holds $48 million. $30 million of that is in stablecoins, i.e. 52 %."},
		{"de", "55 Prozent", "Die Stiftung vergab 18 Mio. Euro. 7,2 Mio. Euro gingen an Forschungsprojekte, also 55 Prozent der Gesamtsumme."},
		{"en", "40 %", "Seventeen of the 68 projects have shut down. That is 40 %."},
		{"de", "30 Prozent", "Neun von 45 Projekten sind eingestellt worden. Das sind 30 Prozent."},
		{"de", "12 %", "Nur 42 der im Januar gestarteten 840 Token werden noch gehandelt, das entspricht 12 %."},
		{"de", "40 Prozent", "Es gab 5.200 Anträge, von denen 1.300 bewilligt wurden (40 Prozent)."},
		{"de", "75 Prozent", "Mit 36 Mio. Euro stammt der größte Teil des Umsatzes von 60 Mio. Euro aus Deutschland, nämlich 75 Prozent."},
		{"en", "75 %", "Europe accounts for 75 % ($36 million) of the $60 million in revenue."},
		{"en", "16 %", "From 1,500 samples 90 turned out faulty, a failure rate of 16 %."},
		{"de", "30 Prozent", "Ausgewertet wurden 350 Verträge. In 70 Fällen fehlte die Prüfung, das sind 30 Prozent."},
		{"de", "45 Prozent", "Es gingen 2.300 Meldungen ein; in 690 Fällen – 45 Prozent – war die Ursache ein Phishing-Angriff."},
		{"en", "A quarter", "A quarter of the 8,000 licences, or 3,200, went to banks."},
		{"en", "45 %", "45 % of the 2,000 machines, i.e. 1,200, are idle."},
		{"de", "62 %", "Der Rat nahm von insgesamt 96 Vorschlägen 36 an, was einer Quote von 62 % entspricht."},
		{"de", "25 Prozent", "Das Netz zählt 640 Betreiber in 31 Ländern. Der Median verdient 210 $ im Monat. In Deutschland sitzen 96 Betreiber, das sind 25 Prozent."},
		{"en", "38 %", "In total $84 million went into the sector last quarter. The number of rounds fell to 41. Wallets received $21 million (38 %)."},
		{"en", "35 %", "The association has 180 members. Among these are 45 banks (35 %) and 60 insurers (33 %)."},
		{"de", "35 Prozent", "Die 180 Mitglieder des Verbands wurden befragt:\n\n- 45 sind Banken (35 Prozent)\n- 60 sind Versicherer (33 Prozent)\n"},
		{"en", "52 %", "Circulating supply is 780 million tokens (52 % of the total of 1.2 billion)."},
		{"de", "52 %", "Im Umlauf sind 780 Mio. Token, 52 % der Gesamtmenge von 1,2 Mrd."},
		{"de", "75 %", "Die drei größten Anbieter kommen auf 420, 310 und 150 MW der insgesamt 1.600 MW, zusammen also 75 %."},
		{"en", "60 %", "On-chain trading reached $240 billion in March. Perpetuals contributed $180 billion to this, equal to 60 %."},
		{"de", "62 %", "Der Speicher fasst 420 TB, belegt sind derzeit 189 TB. Die Auslastung liegt damit bei 62 %."},
		{"en", "78 %", "The data centre is rated for 80 MW. At present it draws 52 MW. Utilisation is therefore 78 %."},
		{"en", "26 %", "The fund is spread over four regions:\n\n- Europe: $120 million (40 %)\n- Asia: $90 million (30 %)\n- Americas: $60 million (26 %)\n- Africa: $30 million (10 %)\n"},
		{"de", "22 Prozent", "Die Kunden verteilen sich so:\n\n- Handel: 1.200 Kunden, 48 Prozent\n- Industrie: 800 Kunden, 32 Prozent\n- Banken: 300 Kunden, 22 Prozent\n- Staat: 200 Kunden, 8 Prozent\n"},
		{"de", "25 %", "| Land | Knoten | Anteil |\n|---|---|---|\n| Deutschland | 450 | 30 % |\n| Finnland | 300 | 20 % |\n| Polen | 225 | 25 % |\n| übrige | 525 | 35 % |\n"},
		{"de", "21 %", "| Netz | Nutzer | Einlagen | Anteil |\n|---|---|---|---|\n| Aave | 9.000 | 12,0 Mrd. $ | 50 % |\n| Morpho | 7.000 | 6,0 Mrd. $ | 25 % |\n| Spark | 400 | 3,6 Mrd. $ | 21 % |\n| Euler | 250 | 2,4 Mrd. $ | 10 % |\n"},
		{"en", "31 %", "The market splits as follows:\n\n- Harbor: $48 million\n- Pylon: $24 million\n- Crest: $12 million\n- all others: $36 million\n\nHarbor's share is thus 31 %."},
		{"en", "55 %", "There are 80 customers. Banks are 20 of them (25 %), twelve are insurers (15 %), and the remaining 48 make up 55 %, mostly funds."},
	} {
		t.Run(c.lang+" "+c.at, func(t *testing.T) {
			got := findingsOf(examine(t, document(t, "x.md", unit.Lang(c.lang), c.text)), "math/share")
			if len(got) != 1 || !strings.HasSuffix(got[0], " "+c.at) || strings.Contains(got[0], " note ") {
				t.Errorf("%s\nfindings %q, want one at %q", c.text, got, c.at)
			}
		})
	}
}

func TestPartsAboveWholes(t *testing.T) {
	for _, c := range []struct{ lang, at, text string }{
		{"en", "75 MW", "The plant delivers 60 MW, of which 75 MW go to tenants."},
		{"de", "75 MW", "Die Anlage leistet 60 MW, wovon 75 MW an Mieter gehen."},
		{"de", "410", "Die Kette betreibt 320 Läden, von denen 410 sonntags öffnen."},
		{"de", "120.000", "Das Netz zählt 90.000 Nutzer, 120.000 davon stimmten zuletzt ab."},
		{"en", "120,000", "The protocol has 90,000 users, of whom 120,000 voted in the last round."},
		{"en", "2,100", "Of the 1,400 buildings bought, 2,100 are in Berlin."},
	} {
		t.Run(c.lang+" "+c.at, func(t *testing.T) {
			got := findingsOf(examine(t, document(t, "x.md", unit.Lang(c.lang), c.text)), "math/share")
			if len(got) != 1 || got[0] != "math/share error "+c.at {
				t.Errorf("%s\nfindings %q, want one at %q", c.text, got, c.at)
			}
		})
	}
}

// Shares that are right, coarsely rounded, or of something else than what stands beside them.
func TestQuietShares(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"de", "Das Register zählt heute 640 Anbieter in ganz Europa. Von ihnen sitzen 128 in Irland, das entspricht einem Anteil von 20 Prozent."},
		{"de", "Insgesamt verwalten die Fonds 14,2 Mrd. Euro. Die Gebühren lagen bei 4,26 Mio. Euro (0,03 %)."},
		{"en", "The network has 5,400 validators. Roughly 1,350 of those run in Germany, or 25 %; the yield is 3.2 %."},
		{"en", "The company has 480 employees and grew its revenue to $72 million, a margin of 25 %."},
		{"de", "Das Unternehmen beschäftigt 480 Menschen, 72 mehr als im Vorjahr (plus 18 %)."},
		{"de", "Von 96 Banken nutzen 24 die Kette, 40 % mehr als im Vorjahr."},
		{"en", "Of 96 banks, 24 already use the chain, and 60 % of their customers approve."},
		{"de", "Die zehn größten Halter besitzen 60 % der 21 Millionen Token."},
		{"en", "The top 12 of the 900 validators control 41 % of the stake."},
		{"en", "Twelve firms account for 58 % of the volume; there are 340 firms in all."},
		{"de", "Der Kurs fiel auf 12 $, 70 % unter dem Hoch von 40 $."},
		{"de", "Es gibt 320 Läden. 128 öffnen sonntags (40 %), und 64 sogar nachts (50 % davon im Norden)."},
		{"en", "The fund is spread over three regions:\n\n- Europe: $120 million (+40 %)\n- Asia: $90 million (+30 %)\n- Americas: $60 million (−26 %)\n"},
		{"en", "Our picks:\n\n- Alpha: $120 million (yield 4 %)\n- Beta: $90 million (yield 3 %)\n- Gamma: $60 million (yield 6 %)\n- Delta: $30 million (yield 9 %)\n"},
		{"de", "Die Bank hat 5.000 Kunden. 400 Mitarbeiter kümmern sich um sie, 55 % davon Frauen."},
		{"de", "In der Umfrage unter 800 Firmen gaben 320 Kosten an (40 %), 480 Tempo (60 %), 400 Sicherheit (50 %); Mehrfachnennungen waren möglich."},
		{"en", "Storage: 420 TB. In use: 189 TB. Utilisation is therefore 45 %, after 62 % a year ago."},
		{"de", "Die Auslastung liegt damit bei 62 %. Im Vorjahr standen 400 GPUs bereit, heute sind es 900."},
		{"de", "Das Netz zählt 90.000 Nutzer. Sie hielten im Schnitt 120.000 Token."},
		{"de", "Der Umsatz stieg von 40 auf 60 Mio. Euro, davon entfallen 36 Mio. Euro auf Deutschland (60 %)."},
		{"en", "Supply is 120 million. 34 million are staked (28 %). Of these, 11 million sit with one provider (32 %)."},
		{"de", "Unter den 60 Teilnehmern waren 45 Banken; 80 % der Banken planen Pilotprojekte."},
		{"en", "Three of ten users pay, 12 % of them by card."},
		{"en", "The market is $300 billion; USDT is at $180 billion (60 %) and USDC at $75 billion (25 %), while yields fell to 4 %."},
		{"en", "There were 9,000 attendees, 4 % fewer than in 2024, and 450 speakers (5 %)."},
		{"en", "Of 2,000 bonds, 300 were bought at a discount of 12 %."},
		{"de", "Die Wahrscheinlichkeit, dass 3 von 5 Blöcken ausfallen, liegt bei 12 %."},
		{"en", "Half of the 90 projects, 45 in all, have shipped."},
		{"en", "| Chain | TVL | Change |\n|---|---|---|\n| Base | $45 million | 30 % |\n| Optimism | $30 million | 12 % |\n| Zora | $22 million | 4 % |\n| Linea | $53 million | 35 % |\n"},
		{"de", "| Netz | Nutzer | Einlagen | Anteil |\n|---|---|---|---|\n| Aave | 9.000 | 12,0 Mrd. $ | 50 % |\n| Morpho | 7.000 | 6,0 Mrd. $ | 25 % |\n| Spark | 400 | 3,6 Mrd. $ | 15 % |\n| Euler | 250 | 2,4 Mrd. $ | 10 % |\n"},
		{"de", "Das Netz zählt 640 Betreiber in 31 Ländern. In Deutschland sitzen 96 Betreiber, das sind 15 Prozent; sie stellen 22 Prozent der Leistung."},
		{"en", "In 2025 the firm earned $84 million. In January it earned $9 million, 38 % of its annual target."},
		{"de", "Der Verband hat 180 Mitglieder. Die 45 Banken darunter halten 70 Prozent des Kapitals."},
		{"de", "Der Pool umfasst 72.000 ETH; ein Nutzer zahlte 18.000 ETH ein und erhält 3,1 Prozent."},
		{"de", "Der Umlauf stieg auf 780 Mio. Token, ein Plus von 52 Prozent; 1,2 Mrd. sind es maximal."},
		{"en", "Of 46,000 new customers, 11,500 came by referral. Of these, 35 % stayed."},
		{"en", "The protocol holds $240 million in 12 vaults, of which the largest three hold $90 million, $60 million and $40 million (79 % together)."},
		{"de", "Der Bestand von 8.450 BTC wuchs um 450 BTC (5,6 %); das Ziel sind 21.000."},
		{"en", "We asked 240 firms. The response rate was 45 %, and 54 of those who answered (50 %) use stablecoins."},
		{"en", "At 12 of the 30 sites, wind covers 70 % of demand."},
		{"de", "Bei 400 von 1.200 Anträgen fehlten Unterlagen (die Quote im Vorjahr: 20 %)."},
		{"en", "Of 900 companies, 120 answered (13 %): 84 expect growth (70 %), 36 do not (30 %)."},
		{"en", "Of 500 applications, 200 were approved (40 %) and 50 refused (10 %); 70 of those approved are German (35 %)."},
		{"en", "Of 500 applications, 200 were approved (40 %) and 50 refused (10 %). Of these 200 approvals, 70 went to Germany (35 %)."},
		{"de", "Nach Angaben des Brokers haben von 60 Firmen nur neun ein Programm aufgelegt, rund 15 %. Sieben davon in Asien, je eine in Japan und Kanada."},
		{"en", "This is what 850,000 average households use. Iowa has 1.3 million of them."},
		{"en", "The fund holds 15,000 ounces (1.5 % of the total) beside the 60,000 ounces of the largest. Worldwide there are 1 million ounces."},
		{"en", "- 690 nodes, 120 of which are new (17 %)\n- 45 operators, 20 % more than in June\n- $3 million in fees (yield 2 %)\n"},
		{"en", "Of the four cents, 1.6 are electricity (at $0.13 per kilowatt-hour), 2.1 depreciation and 0.3 bandwidth."},
	} {
		t.Run(c.lang, func(t *testing.T) {
			if got := findingsOf(examine(t, document(t, "x.md", unit.Lang(c.lang), c.text)), "math/share"); len(got) > 0 {
				t.Errorf("%s\nfindings %q, want none", c.text, got)
			}
		})
	}
}

// Of the shares of a list that are rounded rightly none is found fault with, and one that is far off always is.
func TestListsOfShares(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		parts := rapid.SliceOfNDistinct(rapid.IntRange(110, 990), 4, 7, rapid.ID).Draw(r, "parts")
		sum := 0
		for _, p := range parts {
			sum += p
		}
		odd := rapid.IntRange(0, len(parts)-1).Draw(r, "odd")
		form := rapid.SampledFrom([]string{"- Group %c: %d firms (%.1f%%)\n", "- Group %c: %d firms, or %.1f%%\n", "- Group %c: %d firms, that is %.1f%% of the total\n"}).Draw(r, "form")
		list := func(off float64) []string {
			var b strings.Builder
			for i, p := range parts {
				share := math.Round(float64(p)/float64(sum)*1000) / 10
				if i == odd {
					share += off
				}
				fmt.Fprintf(&b, form, 'A'+rune(i), p, share)
			}
			return findingsOf(examine(t, document(t, "x.md", unit.English, b.String())), "math/share")
		}
		if got := list(0); len(got) > 0 {
			r.Errorf("%v: %q", parts, got)
		}
		if got := list(31); len(got) != 1 {
			r.Errorf("%v, %d is off: %q", parts, odd, got)
		}
	})
}
