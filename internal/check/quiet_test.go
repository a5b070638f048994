package check

import "testing"

// TestQuietSumsAndProducts holds texts whose figures look as if they belonged together and do not.
func TestQuietSumsAndProducts(t *testing.T) {
	quiet := []struct{ name, lang, text string }{
		{"two currencies", "en", "The fund holds $40 million and €25 million, together in 12 vaults."},
		{"together they do another thing", "en", "Orca raised $30 million and Pelican $45 million. Together they now run wallets holding $2.1 billion."},
		{"together with others", "en", "Orca raised $30 million and Pelican $45 million. Together with three rivals they raised $140 million."},
		{"together, of another year", "de", "Orca nahm 2023 30 Mio. $ ein, Pelikan 45 Mio. $. Im Jahr 2025 kamen beide zusammen auf 140 Mio. $."},
		{"a total of more", "de", "Nach 30 Mio. $ im Januar und 45 Mio. $ im Februar steht das Netz insgesamt bei 140 Mio. $."},
		{"all five, three named", "de", "Die größten drei hielten 30 Mio. $, 45 Mio. $ und 12 Mio. $. Alle fünf zusammen kommen auf 110 Mio. $."},
		{"a level and a flow", "en", "Deposits are $300 million and borrowing is $120 million. In total, the protocol earned $9 million."},
		{"a change and a sum", "de", "Die Zahl der Banken stieg von 40 auf 65. Zusammen verwalten sie 900 Mrd. $."},
		{"jobs that are not all", "en", "It employs 140 people in Oslo, 65 in Riga and several more elsewhere. The 285 employees work in shifts."},
		{"another count", "de", "Beschäftigt werden 140 Menschen in Oslo, 65 in Riga und 30 in Bergen. Die 17 Ingenieure arbeiten im Schichtbetrieb."},
		{"shares of several wholes", "en", "Of the miners 40% are in Norway, 35% use gas, and 60% of the others are idle."},
		{"a total in a table of prices", "en", "| Token | Price | Cap |\n|---|---|---|\n| A | $2 | $40 million |\n| B | $3 | $55 million |\n\nTogether the two earned $12 million.\n"},
		{"a table with a mean", "de", "| Netz | Knoten |\n|---|---|\n| A | 1.200 |\n| B | 1.800 |\n| Mittel | 1.500 |\n"},
		{"a list whose lead names another total", "en", "The firm, worth $900 million in total, has three funds:\n\n- Alpha: $40 million\n- Beta: $60 million\n- Gamma: $20 million\n"},

		{"the day of one, the month of another", "de", "Die Börse setzt am Tag 40 Mio. $ um, der Verleih verdient im Monat 3 Mio. $."},
		{"a peak day", "en", "On its best day it moved $40 million, while a normal month brings $300 million."},
		{"a month after a slower day", "de", "Anfangs waren es 5 Mio. $ am Tag, heute sind es 900 Mio. $ im Monat."},
		{"a fee on a flow", "en", "It clears $40 million a day and so earns $600,000 a month."},
		{"users a day and a month", "de", "Täglich sind 40.000 Nutzer aktiv, im Monat also 310.000."},
		{"a plan by the year", "en", "The plan costs $30 a month, so subscribers who pay yearly are billed $300 a year."},
		{"trading days", "en", "The exchange trades $40 billion a day, or $10 trillion a year."},
		{"a forecast", "de", "Heute sind es 5 Mio. $ im Monat. Für 2028 erwartet die Firma 150 Mio. $ im Jahr."},

		{"a price and another thing's cost", "en", "Sensors cost $40 each. The 5,000 stations were upgraded for $9 million."},
		{"a price that comes on top", "de", "Die 40 Racks kosten zu je 30.000 $ insgesamt 1,2 Mio. $, dazu kommen Leitungen für 2,9 Mio. $."},
		{"a price for some", "en", "It sold 10,000 licences, most of them at $499 each, for $3.9 million."},
		{"a valuation", "en", "It raised $18 million at a valuation of $90 million, so 40 investors came in."},
		{"a market value at another price", "de", "Der Fonds kaufte 2.000 BTC zu durchschnittlich 60.000 $. Der Marktwert liegt heute bei 150 Mio. $."},
		{"an average of others", "en", "It handled $900 million in 3 million payments; elsewhere the average is $120 per payment."},
		{"a price per unit of time", "de", "Eine Karte bringt 2 $ pro Stunde, die 300 Karten brachten im Januar 290.000 $."},

		{"installed and connected power", "en", "The site has 80 MW of solar panels, which deliver 90 GWh a year."},
		{"power at part load", "de", "Der Campus mit 50 MW ist zu 60 % ausgelastet und verbraucht 263 GWh im Jahr."},
		{"a battery", "de", "Der Speicher mit 60 MW fasst 240 MWh."},
		{"a coupon and a share", "en", "The bond of $400 million pays 5% interest. Interest income from loans was $33 million."},
		{"two bonds", "de", "Die Anleihen über 200 Mio. € und 300 Mio. € tragen Kupons von 2 % und 4 %. An Zinsen fallen im Jahr 16 Mio. € an."},
		{"a share of something else", "en", "The desk keeps 2% of volume. Volume was $900 million, so with its other income it earned $31 million."},
		{"a queue that moved", "de", "In der Schlange stehen 600.000 ETH. Am Tag werden 50.000 ETH bearbeitet, die Wartezeit beträgt wegen Rückstaus 12 Tage."},
		{"won and dollars", "de", "Gehandelt wurden 2,9 Billionen Won, beim Kurs von 1.450 Won je Dollar also 2 Milliarden US-Dollar."},
		{"two deals and a fund", "en", "Orca paid $40 million, Pelican $25 million. In total the fund has $90 million under management."},
		{"the sector's total", "de", "Orca hält 40 Mio. $, Pelikan 25 Mio. $. Der gesamte Sektor kommt zusammen auf 90 Mio. $."},
		{"the two of many", "en", "Orca has $40 million, Pelican $25 million and Heron $10 million. The first two together hold $65 million."},
		{"ends of a range of years", "en", "Fees were $12 million in 2023 and $30 million in 2024. Combined with interest, the treasury took $55 million."},
		{"a ratio behind a list", "de", "Asien zahlt 40 Mio. $ und Europa 25 Mio. $, insgesamt also 12 % mehr als 2024, als es 58 Mio. $ waren."},
		{"both and half", "en", "Both chains process 40 million and 25 million calls a day; both together are still below the 90 million of Orca."},
		{"users counted twice", "de", "5 Mio. nutzen die App, 3 Mio. das Web. Zusammen hat der Dienst wegen der Überschneidungen 6,2 Mio. Nutzer."},
		{"a grant beside a price", "en", "A node costs $900. The foundation supports 400 operators with $150,000."},
		{"so many people", "en", "It has 300 customers who pay $400 a month on average, so it needed another $2 million from investors."},
		{"a bill for part of the year", "en", "The lease costs $3 million a month; for 2025, when it began in June, the company booked $21 million."},
		{"a growing month", "de", "Im Januar waren es noch 2 Mio. $, im Dezember 9 Mio. $, im ganzen Jahr also 60 Mio. $."},
		{"a price that fell", "en", "It bought 400 cards at $30,000 each. At today's price of $18,000 they are worth $7.2 million."},
		{"a market price and a stake", "de", "Der Token kostet 0,40 $. Im Umlauf sind 500 Mio. Token, die Stiftung verkaufte Anteile für 12 Mio. $."},
		{"a margin on a price", "en", "It sells power at $0.09 per kWh. Of the 40 GWh, most were sold forward, bringing in $5.1 million."},
		{"energy of two sites", "en", "The site in Oslo has 40 MW. All sites together used 1.9 TWh last year."},
		{"an hour and a year", "en", "A card costs $2 an hour, while a server with eight cards costs $98,000 a year."},
		{"per day and in all", "de", "Das Netz zählt 2 Mio. Abrufe am Tag, seit dem Start also 900 Mio. Abrufe."},
		{"rounded inputs", "en", "It emptied 158,000 boxes, on average with $4,500 per box. That adds up to $713 million."},
		{"loans and rates", "en", "Borrowers owe $300 million at 7%. The protocol keeps a tenth of the interest, so $2.1 million."},
	}
	for _, tt := range quiet {
		t.Run(tt.lang+" "+tt.name, func(t *testing.T) {
			runSentences(t, "math/sum", []sentences{{tt.name, tt.lang, tt.text, nil}})
			runSentences(t, "math/product", []sentences{{tt.name, tt.lang, tt.text, nil}})
			runSentences(t, "scale/billion", []sentences{{tt.name, tt.lang, tt.text, nil}})
		})
	}
}
