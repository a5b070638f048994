package check

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/unit"
)

// Changes whose two values are told one after the other, each at its time.
func TestToldGrowthThatDoesNotFollow(t *testing.T) {
	runRule(t, "math/growth", []sentences{
		{"Im März 2025 meldete die Genossenschaft", "de", "Im März 2025 meldete die Genossenschaft 41 Standorte. Inzwischen sind es 97. Das entspricht einem Zuwachs von 60 Prozent.", []string{"math/growth warning 60 Prozent"}},
		{"Vor einem Jahr lag der Tagesumsatz", "de", "Vor einem Jahr lag der Tagesumsatz bei 12 Mio. Euro. Heute liegt er bei 30 Mio. Euro, eine Steigerung um 250 %.", []string{"math/growth warning 250 %"}},
		{"Die Kosten je Abruf lagen 2023", "de", "Die Kosten je Abruf lagen 2023 bei 0,80 €. Mittlerweile sind sie auf 0,20 € gesunken, ein Minus von 25 %.", []string{"math/growth warning 25 %"}},
		{"Zum Start zählte das Netz 120", "de", "Zum Start zählte das Netz 120 Knoten. Heute sind es 480, also ein Plus von 400 Prozent.", []string{"math/growth warning 400 Prozent"}},
		{"Aktuell arbeiten dort 310 Menschen. Vor", "de", "Aktuell arbeiten dort 310 Menschen. Vor zwei Jahren waren es 180, die Belegschaft hat sich also verdreifacht.", []string{"math/growth warning verdreifacht"}},
		{"2024 wurden 2.100 Anträge gestellt, 2025", "de", "2024 wurden 2.100 Anträge gestellt, 2025 waren es 3.900 (+53 %).", []string{"math/growth error 53 %"}},
		{"Der Strompreis lag im Januar bei", "de", "Der Strompreis lag im Januar bei 9,4 Cent je Kilowattstunde, nach 14,2 Cent im Vorjahr. Er ist damit um 51 % gefallen.", []string{"math/growth warning 51 %"}},
		{"Die Zahl der Läden, die mit", "de", "Die Zahl der Läden, die mit Stablecoins kassieren, lag im Sommer bei 2.400. Ein halbes Jahr später sind es 5.100. Das ist ein Anstieg um 53 %.", []string{"math/growth warning 53 %"}},
		{"Im Oktober gab es 18 Anbieter", "de", "Im Oktober gab es 18 Anbieter, im Januar dann 27 – das sind 80 % mehr.", []string{"math/growth error 80 %"}},
		{"Damals kostete die Stunde 4,20 $", "de", "Damals kostete die Stunde 4,20 $. Heute sind es 1,40 $, damit ist sie 33 % günstiger.", []string{"math/growth warning 33 %"}},
		{"Die Kapazität liegt heute bei 5,4", "de", "Die Kapazität liegt heute bei 5,4 GW. Noch vor drei Jahren waren es 2,1 GW. Der Ausbau entspricht einem Wachstum von 257 %.", []string{"math/growth warning 257 %"}},
		{"Zuvor hatte das Protokoll 640 Mio", "de", "Zuvor hatte das Protokoll 640 Mio. $ verwaltet. Inzwischen stehen dort 1,9 Mrd. $, eine Verfünffachung.", []string{"math/growth warning Verfünffachung"}},
		{"Tabelle über dem Absatz", "de", "| | 2025 | 2024 |\n|---|---|---|\n| Erlöse | 64,2 Mio. € | 48,6 Mio. € |\n| Gewinn | 8,1 Mio. € | 5,5 Mio. € |\n\nDie Erlöse legten um 58 % auf 64,2 Mio. € zu.", []string{"math/growth warning 58 %"}},
		{"Noch im Mai lag das Angebot", "de", "Noch im Mai lag das Angebot bei 2,2 Mrd. $. Bis Dezember stieg es auf 5,5 Mrd. $, ein Zuwachs von 250 %.", []string{"math/growth warning 250 %"}},
		{"Der Zahlungsdienst Ferrum wickelte im vierten", "de", "Der Zahlungsdienst Ferrum wickelte im vierten Quartal 2024 insgesamt 220 Mio. € ab. Im vierten Quartal 2025 waren es 374 Mio. €. Das Volumen ist damit binnen eines Jahres um 90 % gestiegen.", []string{"math/growth warning 90 %"}},
		{"Im Dezember wurden noch 1,6 Mio", "de", "Im Dezember wurden noch 1,6 Mio. Überweisungen gezählt, im Januar nur noch 0,9 Mio. – ein Einbruch um 56 %.", []string{"math/growth error 56 %"}},
		{"Gestartet war das Netz mit 2.400", "de", "Gestartet war das Netz mit 2.400 Sensoren; heute sind es 9.600, eine Versechsfachung.", []string{"math/growth error Versechsfachung"}},
		{"Die Wartezeit ist von 48 auf", "de", "Die Wartezeit ist von 48 auf 30 Monate geschrumpft, also um 60 %.", []string{"math/growth error 60 %"}},
		{"Die Bewertung kletterte von 1,2 auf", "de", "Die Bewertung kletterte von 1,2 auf 3,0 Mrd. Dollar und damit um 250 %.", []string{"math/growth error 250 %"}},
		{"Am Jahresanfang 2025 waren 5.200 Ladesäulen", "de", "Am Jahresanfang 2025 waren 5.200 Ladesäulen angeschlossen. Bis Ende Januar 2026 ist ihre Zahl auf 8.300 gewachsen – ein Plus von 37 %.", []string{"math/growth warning 37 %"}},
		{"Vor der Umstellung kostete eine Buchung", "de", "Vor der Umstellung kostete eine Buchung 1,90 €, seither sind es 0,60 €. Die Ersparnis liegt damit bei 32 %.", []string{"math/growth warning 32 %"}},
		{"Der Anbieter verlangt 12 € im", "de", "Der Anbieter verlangt 12 € im Monat, der Konkurrent 20 €. Damit ist er 60 % günstiger.", []string{"math/growth warning 60 %"}},
		{"Rechenzentren in der Region zogen 2022", "de", "Rechenzentren in der Region zogen 2022 rund 310 MW. Im vergangenen Jahr waren es 540 MW. Der Zuwachs: 43 %.", []string{"math/growth warning 43 %"}},
		{"Die Gebühren sind im Jahresvergleich von", "de", "Die Gebühren sind im Jahresvergleich von 4,1 Mio. $ auf 2,9 Mio. $ zurückgegangen (minus 41 %).", []string{"math/growth error minus 41 %"}},
		{"In March 2025 the cooperative reported", "en", "In March 2025 the cooperative reported 41 sites. There are now 97. That is an increase of 60%.", []string{"math/growth warning 60%"}},
		{"A year ago daily turnover stood", "en", "A year ago daily turnover stood at $12 million. Today it is $30 million, up 250%.", []string{"math/growth warning 250%"}},
		{"The cost per call was $0.80", "en", "The cost per call was $0.80 in 2023. It has since fallen to $0.20, a drop of 25%.", []string{"math/growth warning 25%"}},
		{"At launch the network had 120", "en", "At launch the network had 120 nodes. Today there are 480, a gain of 400 percent.", []string{"math/growth warning 400 percent"}},
		{"Currently 310 people work there. Two", "en", "Currently 310 people work there. Two years ago it was 180, so the headcount has tripled.", []string{"math/growth warning tripled"}},
		{"In 2024, 2,100 applications were filed", "en", "In 2024, 2,100 applications were filed; in 2025 it was 3,900 (+53%).", []string{"math/growth error 53%"}},
		{"The power price was 9.4 cents", "en", "The power price was 9.4 cents in January, after 14.2 cents a year earlier. It has thus dropped by 51%.", []string{"math/growth warning 51%"}},
		{"In October there were 18 providers", "en", "In October there were 18 providers, and by January it was 27 – that is 80% more.", []string{"math/growth error 80%"}},
		{"Back then an hour cost $4.20", "en", "Back then an hour cost $4.20. Now it is $1.40, which makes it 33% cheaper.", []string{"math/growth warning 33%"}},
		{"Capacity stands at 5.4 GW today", "en", "Capacity stands at 5.4 GW today. Three years ago it was 2.1 GW. The expansion amounts to growth of 257%.", []string{"math/growth warning 257%"}},
		{"Previously the protocol managed $640 million", "en", "Previously the protocol managed $640 million. It now holds $1.9 billion, a fivefold increase.", []string{"math/growth warning fivefold"}},
		{"Its user base reached 4.1 million", "en", "Its user base reached 4.1 million in January, compared with 2.6 million a year before, growth of 85%.", []string{"math/growth error 85%"}},
		{"Average fees were $1.20 in June", "en", "Average fees were $1.20 in June. In December they were $0.30. That is a decline of 25%.", []string{"math/growth warning 25%"}},
		{"The payments firm Ferrum processed $220", "en", "The payments firm Ferrum processed $220 million in the fourth quarter of 2024. In the fourth quarter of 2025 it was $374 million. Volume has thus risen by 90% within a year.", []string{"math/growth warning 90%"}},
		{"In December 1.6 million transfers were", "en", "In December 1.6 million transfers were counted, in January only 0.9 million, a slump of 56%.", []string{"math/growth error 56%"}},
		{"The network started with 2,400 sensors", "en", "The network started with 2,400 sensors; today there are 9,600, a sixfold increase.", []string{"math/growth error sixfold"}},
		{"Waiting times shrank from 48 to", "en", "Waiting times shrank from 48 to 30 months, or by 60%.", []string{"math/growth error 60%"}},
		{"The valuation climbed from $1.2 billion", "en", "The valuation climbed from $1.2 billion to $3.0 billion and thus by 250%.", []string{"math/growth error 250%"}},
		{"At the beginning of 2025, 5,200", "en", "At the beginning of 2025, 5,200 chargers were connected. By the end of January 2026 their number had grown to 8,300, a plus of 37%.", []string{"math/growth warning 37%"}},
		{"Before the change a booking cost", "en", "Before the change a booking cost $1.90, since then it has been $0.60. The saving is therefore 32%.", []string{"math/growth warning 32%"}},
		{"Data centres in the region drew", "en", "Data centres in the region drew 310 MW in 2022. Last year it was 540 MW. The increase: 43%.", []string{"math/growth warning 43%"}},
		{"Fees went down year over year", "en", "Fees went down year over year from $4.1 million to $2.9 million (minus 41%).", []string{"math/growth error minus 41%"}},
		{"Membership, at 12,400 in early 2025", "en", "Membership, at 12,400 in early 2025, has since swelled to 21,700, which is 43% more.", []string{"math/growth error 43%"}},
		{"The exchange settled $3.1 billion in", "en", "The exchange settled $3.1 billion in November; in January that figure had climbed to $4.9 billion – growth of 85%.", []string{"math/growth error 85%"}},
		{"Its treasury held 2,150 coins a", "en", "Its treasury held 2,150 coins a year ago and holds 3,440 now, 90% more.", []string{"math/growth error 90%"}},
	})
}

func TestToldGrowthThatFollowsOrIsOfAnother(t *testing.T) {
	runRule(t, "math/growth", []sentences{
		{"Im März 2025 meldete die Genossenschaft (2)", "de", "Im März 2025 meldete die Genossenschaft 41 Standorte. Inzwischen sind es 97. Das entspricht einem Zuwachs von 137 Prozent.", nil},
		{"Vor einem Jahr lag der Umsatz", "de", "Vor einem Jahr lag der Umsatz bei 12 Mio. Euro. Der Gewinn liegt heute bei 3 Mio. Euro, eine Steigerung um 50 %.", nil},
		{"Alphanet zählte 2023 noch 10.200 Nutzer", "de", "Alphanet zählte 2023 noch 10.200 Nutzer. Betacom kommt heute auf 15.300 Nutzer, ein Plus von 10 %.", nil},
		{"Die Firma zählte Anfang 2025 rund", "de", "Die Firma zählte Anfang 2025 rund 400 Kunden. Heute hat sie 90 Mitarbeiter, ein Plus von 20 %.", nil},
		{"Der Kurs lag im Mai bei", "de", "Der Kurs lag im Mai bei 4,20 $. Heute sind es 3,10 $. Das Handelsvolumen stieg um 80 %.", nil},
		{"Im Vorjahr lag der Verbrauch bei", "de", "Im Vorjahr lag der Verbrauch bei 20 TWh. Heute sind es 21,3 TWh, 6,5 % mehr. Der Anteil am Gesamtverbrauch stieg um 40 %.", nil},
		{"Der Fonds verwaltet 5,1 Mrd. $", "de", "Der Fonds verwaltet 5,1 Mrd. $. Vor einem Jahr hatte der Konkurrent Halvar 3,2 Mrd. $ verwaltet, ein Plus von 12 % gegenüber 2023.", nil},
		{"Die Auslastung lag im Sommer bei", "de", "Die Auslastung lag im Sommer bei 41 %. Inzwischen sind es 62 %, der Preis fiel um 30 %.", nil},
		{"Der Token verlor 60 % auf", "de", "Der Token verlor 60 % auf 1,20 $, nachdem er im Mai noch 3,00 $ gekostet hatte.", nil},
		{"Ende 2024 waren 210 Firmen registriert", "de", "Ende 2024 waren 210 Firmen registriert, heute sind es 390. Davon wurden 120 im letzten Quartal zugelassen, 30 % mehr als im Quartal davor.", nil},
		{"Die Einlagen stiegen von 10,2 Mrd", "de", "Die Einlagen stiegen von 10,2 Mrd. $ auf 15,3 Mrd. $. Bei Lido waren es vor einem Jahr 20 Mrd. $, seither ein Minus von 10 %.", nil},
		{"Heute sind es 9,8 Mrd. $", "de", "Heute sind es 9,8 Mrd. $. Das ist ein Plus von 20 % gegenüber dem Vormonat. Im Vorjahr waren es 4,1 Mrd. $.", nil},
		{"Im Januar 2025 zählte das Netz", "de", "Im Januar 2025 zählte das Netz 1.200 Knoten. Heute sind es 2.300, ein Plus von 12 % gegenüber dem Vorquartal.", nil},
		{"Noch 2023 lag der Preis bei", "de", "Noch 2023 lag der Preis bei 30 Cent. Heute zahlt man 12 Cent. Ein Rückgang um 60 %, der die Nachfrage um 180 % steigen ließ.", nil},
		{"Im Januar 2025 lag der Umsatz", "de", "Im Januar 2025 lag der Umsatz bei 40 Mio. $. Im Dezember waren es 62 Mio. $, im Januar 2026 dann 70 Mio. $, ein Plus von 13 %.", nil},
		{"Vor zwei Jahren hielten die Firmen", "de", "Vor zwei Jahren hielten die Firmen 120.000 BTC. Heute sind es 1,1 Mio. BTC, 8 % mehr als zum Jahreswechsel.", nil},
		{"Der Zahlungsdienst Ferrum wickelte im vierten (2)", "de", "Der Zahlungsdienst Ferrum wickelte im vierten Quartal 2024 insgesamt 220 Mio. € ab. Im vierten Quartal 2025 waren es 374 Mio. €. Das Volumen ist damit binnen eines Jahres um 70 % gestiegen.", nil},
		{"Im Dezember wurden noch 1,6 Mio (2)", "de", "Im Dezember wurden noch 1,6 Mio. Überweisungen gezählt, im Januar nur noch 0,9 Mio. – ein Einbruch um 44 %.", nil},
		{"Die Wartezeit ist von 48 auf (2)", "de", "Die Wartezeit ist von 48 auf 30 Monate geschrumpft, also um mehr als ein Drittel.", nil},
		{"2024 lag der Umsatz bei 48", "de", "2024 lag der Umsatz bei 48 Mio. €, 2025 bei 61 Mio. €. Die Zahl der Mitarbeiter stieg um 12 %, die Kosten um 19 %.", nil},
		{"Der Umsatz lag 2024 bei 48", "de", "Der Umsatz lag 2024 bei 48 Mio. €. 2025 waren es 61 Mio. €. Für 2026 erwartet der Vorstand ein Plus von 15 %.", nil},
		{"Auf dem Höhepunkt lag das Angebot", "de", "Auf dem Höhepunkt lag das Angebot bei 20 Mrd. $. Heute sind es 9,8 Mrd. $. Allein im Januar betrug das Minus 12 %.", nil},
		{"Noch im Dezember waren es 4,1", "de", "Noch im Dezember waren es 4,1 Mio. $. Inzwischen nimmt das Protokoll 5,2 Mio. $ ein, 38 % mehr als im Schnitt des Vorjahres.", nil},
		{"Vor einem Jahr lag der Preis", "de", "Vor einem Jahr lag der Preis bei 2,10 $. Heute kostet die Stunde 1,40 $, bei Abnahme von 1.000 Stunden 20 % weniger.", nil},
		{"Heute liegen 5,1 Mrd. $ in", "de", "Heute liegen 5,1 Mrd. $ in dem Fonds, vor einem Jahr waren es 3,2 Mrd. $. In Solana gerechnet beträgt das Plus 12 %.", nil},
		{"Der Marktanteil liegt bei 14 %", "de", "Der Marktanteil liegt bei 14 %. Im Vorjahr waren es 9 %. Das ist ein Zuwachs von 5 Prozentpunkten.", nil},
		{"Die Firma hat 2025 rund 90", "de", "Die Firma hat 2025 rund 90 Mio. € umgesetzt, nach 60 Mio. € im Vorjahr. Der Gewinn hat sich damit verdreifacht.", nil},
		{"2024 waren es 12 Standorte, inzwischen", "de", "2024 waren es 12 Standorte, inzwischen sind es 18. Die Kapazität wurde um 120 % erhöht.", nil},
		{"Karte A kostet heute 30 $", "de", "Karte A kostet heute 30 $, Karte B kostete vor einem Jahr 12 $. Der Stromverbrauch sank um 40 %.", nil},
		{"Ende 2024 zählte die Plattform 1,2", "de", "Ende 2024 zählte die Plattform 1,2 Mio. Konten. Heute sind es 1,9 Mio., davon 0,4 Mio. aktive, 30 % mehr als im Vormonat.", nil},
		{"Der Markt lag 2024 bei 4,2", "de", "Der Markt lag 2024 bei 4,2 Mrd. $. Bis 2030 soll er auf 16,0 Mrd. $ wachsen, eine CAGR von 25 %. Der Teilmarkt für Speicher wächst jährlich um 40 %.", nil},
		{"Calder sieht den Markt 2025 bei", "de", "Calder sieht den Markt 2025 bei 3,8 Mrd. $, Redwater 2032 bei 26,6 Mrd. $; Redwater rechnet mit 20 % pro Jahr.", nil},
		{"Der Preis lag im Mai bei", "de", "Der Preis lag im Mai bei 10 Cent und liegt heute bei 8 Cent, ein Rückgang um ein Fünftel.", nil},
		{"Im Juli hielt der Fonds 12.400", "de", "Im Juli hielt der Fonds 12.400 BTC. Heute sind es 18.900 BTC, die 1,4 Mrd. $ wert sind – ein Buchverlust von 24 %.", nil},
		{"Nach 12 Mio. $ im Vorjahr", "de", "Nach 12 Mio. $ im Vorjahr nahm das Protokoll 30 Mio. $ ein. Die Kosten legten um 40 % zu.", nil},
		{"Heute hat Ferrum 310 Kunden in", "de", "Heute hat Ferrum 310 Kunden in 14 Ländern. Vor zwei Jahren waren es 180 Kunden in 9 Ländern, bei den Ländern also ein Plus von 56 %.", nil},
		{"Heute hat Ferrum 310 Kunden in (2)", "de", "Heute hat Ferrum 310 Kunden in 14 Ländern. Vor zwei Jahren waren es 180 Kunden, ein Plus von 72 %.", nil},
		{"Im Mai lagen 90 Mio. $", "de", "Im Mai lagen 90 Mio. $ im Pool. Heute sind es 410 Mio. $; der Token hat seither um 35 % zugelegt.", nil},
		{"Im Mai lagen 90 Mio. $ (2)", "de", "Im Mai lagen 90 Mio. $ im Pool. Heute sind es 410 Mio. $. Seither ist der Token um 35 % gestiegen.", nil},
		{"Im Mai lagen 90 Mio. $ (3)", "de", "Im Mai lagen 90 Mio. $ im Pool. Heute sind es 410 Mio. $. Der Kurs ist damit um 35 % gestiegen.", nil},
		{"Die Bank hatte 2023 noch 40", "de", "Die Bank hatte 2023 noch 40 Filialen. Inzwischen betreibt sie 25 Filialen, das Personal wurde um 20 % abgebaut.", nil},
		{"Vor einem Jahr gab es 40", "de", "Vor einem Jahr gab es 40 Validatoren, heute 65. Ihr Einsatz ist um 12 % gesunken.", nil},
		{"Vor der Reform zahlten Firmen 30", "de", "Vor der Reform zahlten Firmen 30 % Steuern, heute sind es 25 %, ein Minus von 5 Punkten.", nil},
		{"2024 flossen 4,1 Mrd. $ über", "de", "2024 flossen 4,1 Mrd. $ über die Brücke. Inzwischen bewegt Corvid 9,8 Mrd. $, ein Plus von 20 %.", nil},
		{"2024 flossen 4,1 Mrd. $ über (2)", "de", "2024 flossen 4,1 Mrd. $ über die Brücke. Corvid bewegt inzwischen 9,8 Mrd. $, ein Plus von 20 %.", nil},
		{"2024 flossen 4,1 Mrd. $ über (3)", "de", "2024 flossen 4,1 Mrd. $ über die Brücke. Das Start-up Corvid bewegt inzwischen 9,8 Mrd. $, ein Plus von 20 %.", nil},
		{"Im vierten Quartal 2024 lag der", "de", "Im vierten Quartal 2024 lag der Erlös bei 40 Mio. $. Im dritten Quartal 2025 waren es 52 Mio. $, im vierten dann 58 Mio. $, ein Plus von 12 %.", nil},
		{"Der Umsatz fiel im Januar auf", "de", "Der Umsatz fiel im Januar auf 3,1 Mio. $, nach 4,0 Mio. $ im Dezember und 5,0 Mio. $ im November, ein Rückgang um 38 % in zwei Monaten.", nil},
		{"Zu Beginn kostete das Gerät 499", "de", "Zu Beginn kostete das Gerät 499 €. Heute verkauft der Hersteller das Nachfolgemodell für 349 €, beim Vorgänger gibt es 50 % Rabatt.", nil},
		{"Bei Start lag der Zins bei", "de", "Bei Start lag der Zins bei 9,1 %, heute bei 4,2 %. Die Einlagen wuchsen auf 310 Mio. $, ein Plus von 18 %.", nil},
		{"Noch im Sommer waren 120 Mio", "de", "Noch im Sommer waren 120 Mio. $ hinterlegt. Mittlerweile verzeichnet das Netz 840 Mio. $ an Volumen pro Tag, 15 % mehr als im Dezember.", nil},
		{"In March 2025 the cooperative reported (2)", "en", "In March 2025 the cooperative reported 41 sites. There are now 97. That is an increase of 137%.", nil},
		{"A year ago revenue stood at", "en", "A year ago revenue stood at $12 million. Profit is now $3 million, up 50%.", nil},
		{"Alphanet had 10,200 users in 2023", "en", "Alphanet had 10,200 users in 2023. Betacom now has 15,300 users, an increase of 10%.", nil},
		{"The firm had 400 customers at", "en", "The firm had 400 customers at the start of 2025. Today it employs 90 people, 20% more.", nil},
		{"The token traded at $4.20 in", "en", "The token traded at $4.20 in May. Today it is $3.10. Trading volume rose by 80%.", nil},
		{"The fund manages $5.1 billion. A", "en", "The fund manages $5.1 billion. A year ago its rival Halvar managed $3.2 billion, up 12% on 2023.", nil},
		{"Deposits rose from $10.2 billion to", "en", "Deposits rose from $10.2 billion to $15.3 billion. At the start of the year Lido held $20 billion, since then a loss of 10%.", nil},
		{"Today it is $9.8 billion. That", "en", "Today it is $9.8 billion. That is a gain of 20% on the previous month. A year ago it was $4.1 billion.", nil},
		{"In January 2025 the network had", "en", "In January 2025 the network had 1,200 nodes. Now there are 2,300, up 12% on the previous quarter.", nil},
		{"Two years ago companies held 120,000", "en", "Two years ago companies held 120,000 BTC. Today it is 1.1 million BTC, 8% more than at the turn of the year.", nil},
		{"In October 2024 the bank had", "en", "In October 2024 the bank had 310 branches. Now it has 280, and mobile payments grew by 64%.", nil},
		{"Fees were $1.20 in June. In", "en", "Fees were $1.20 in June. In December they were $0.30. That is a quarter.", nil},
		{"In 2024 the region installed 4.1", "en", "In 2024 the region installed 4.1 GW. In 2025 it installed 5.3 GW, up 29%. Prices fell 12%.", nil},
		{"The market stood at $3.2 billion (2)", "en", "The market stood at $3.2 billion in 2025. By 2032 it should reach $14.8 billion, an average growth of 24.5% per year.", nil},
		{"It now serves 14 markets. In", "en", "It now serves 14 markets. In 2023 there were 9 markets, and revenue per market has risen by 20%.", nil},
		{"In December 1.6 million transfers were (2)", "en", "In December 1.6 million transfers were counted, in January only 0.9 million, a slump of 44%.", nil},
		{"Revenue was $48 million in 2024", "en", "Revenue was $48 million in 2024 and $61 million in 2025. Staff grew by 12%, costs by 19%.", nil},
		{"Revenue was $48 million in 2024 (2)", "en", "Revenue was $48 million in 2024. In 2025 it was $61 million. For 2026 management expects an increase of 15%.", nil},
		{"At its peak supply was $20", "en", "At its peak supply was $20 billion. Today it is $9.8 billion. In January alone the loss was 12%.", nil},
		{"In December it was $4.1 million", "en", "In December it was $4.1 million. Now the protocol takes in $5.2 million, 38% more than last year's average.", nil},
		{"The firm turned over $90 million", "en", "The firm turned over $90 million in 2025, after $60 million in the previous year. Profit has thus tripled.", nil},
		{"In 2024 there were 12 sites", "en", "In 2024 there were 12 sites, now there are 18. Capacity was raised by 120%.", nil},
		{"In July the fund held 12,400", "en", "In July the fund held 12,400 BTC. Today it holds 18,900 BTC, worth $1.4 billion – a paper loss of 24%.", nil},
		{"Calder puts the market at $3.8", "en", "Calder puts the market at $3.8 billion in 2025, Redwater at $26.6 billion in 2032; Redwater assumes 20% a year.", nil},
		{"A year ago the price was", "en", "A year ago the price was $2.10. Today an hour costs $1.40, or 20% less for orders of 1,000 hours.", nil},
		{"The company has 310 employees. A", "en", "The company has 310 employees. A year ago it had 180, and the average salary rose by 9%.", nil},
		{"Monthly volume hit $3.1 billion in", "en", "Monthly volume hit $3.1 billion in November. In January, it was $4.9 billion. Bitcoin rose 12% in the same period.", nil},
		{"The index stood at 410 in", "en", "The index stood at 410 in May and stands at 365 now. Gold gained 23%.", nil},
		{"Two years ago it had 40", "en", "Two years ago it had 40 branches and 9,000 customers. Today it has 25 branches and 14,000 customers, an increase of 56%.", nil},
		{"Users doubled from 1.1 million to", "en", "Users doubled from 1.1 million to 2.2 million, and revenue per user rose by 30% to $4.", nil},
		{"Revenue was $5 million in March", "en", "Revenue was $5 million in March. Costs rose 40% compared to 2024, to $3 million.", nil},
		{"Revenue hit $5.0 million in 2025", "en", "Revenue hit $5.0 million in 2025. It was up 25% compared to $4.0 million in 2024.", nil},
		{"Today the pool holds $410 million", "en", "Today the pool holds $410 million. It started with $90 million in May, and the token has gained 35% since.", nil},
		{"In May the pool held $90", "en", "In May the pool held $90 million. Today it holds $410 million, while the token has gained 35%.", nil},
		{"In May the pool held $90 (2)", "en", "In May the pool held $90 million. Today it holds $410 million. The price has therefore risen by 35%.", nil},
		{"The bridge moved $4.1 billion in", "en", "The bridge moved $4.1 billion in 2024. Meanwhile the rival Corvid moved $9.8 billion, up 20%.", nil},
		{"Prices were $2.00 in May, $1.60", "en", "Prices were $2.00 in May, $1.60 in August and $1.20 in November, down 25% from August.", nil},
	})
}

// Rates whose ends and years stand apart from them.
func TestToldRateThatDoesNotFollow(t *testing.T) {
	runRule(t, "math/cagr", []sentences{
		{"Der Markt soll von 0,6 Mrd", "de", "Der Markt soll von 0,6 Mrd. $ (2025) auf 7,4 Mrd. $ (2031) wachsen, was laut dem Institut Nordwind 84 % jährlich bedeutet.", []string{"math/cagr warning 84 %"}},
		{"Das Institut Talwerk rechnet mit einem", "de", "Das Institut Talwerk rechnet mit einem Anstieg von 1,8 Mrd. $ im Jahr 2024 auf 11,2 Mrd. $ im Jahr 2032; das entspricht einer CAGR von 34 %.", []string{"math/cagr warning 34 %"}},
		{"2025 lag das Marktvolumen bei 2,4", "de", "2025 lag das Marktvolumen bei 2,4 Mrd. Euro, bis 2030 sollen es laut dem Verband 9,7 Mrd. Euro werden – durchschnittlich 45 % pro Jahr.", []string{"math/cagr error 45 %"}},
		{"The bank expects the market to", "en", "The bank expects the market to expand from $1.2 billion in 2024 to $9.8 billion in 2030, which would be 31% a year.", []string{"math/cagr error 31%"}},
		{"The market stood at $3.2 billion", "en", "The market stood at $3.2 billion in 2025. By 2032 it should reach $14.8 billion, an average growth of 31% per year.", []string{"math/cagr warning 31%"}},
		{"Talwerk Research foresees an increase from", "en", "Talwerk Research foresees an increase from $1.8 billion in 2024 to $11.2 billion in 2032; this corresponds to a CAGR of 34%.", []string{"math/cagr warning 34%"}},
		{"In 2025 the market was worth", "en", "In 2025 the market was worth €2.4 billion, and by 2030 the association expects it to reach €9.7 billion – an average of 45% per year.", []string{"math/cagr error 45%"}},
	})
}

// Whatever the words around two values are, the growth that follows from them is never disputed, and one far from it is.
func TestToldGrowthFollowsItsArithmetic(t *testing.T) {
	frames := []struct {
		lang unit.Lang
		text string
	}{
		{unit.German, "Vor einem Jahr betreute der Verein %d Gärten. Heute sind es %d, ein Plus von %d %%."},
		{unit.German, "Im Mai 2025 betreute der Verein %d Gärten. Inzwischen sind es %d. Das entspricht einem Zuwachs von %d %%."},
		{unit.English, "A year ago the club looked after %d gardens. Today there are %d, an increase of %d%%."},
		{unit.English, "The club looked after %d gardens in May 2025. It now looks after %d gardens, which is %d%% more."},
	}
	rapid.Check(t, func(r *rapid.T) {
		frame := rapid.SampledFrom(frames).Draw(r, "frame")
		from := rapid.IntRange(101, 199).Draw(r, "from")
		to := from + rapid.IntRange(from/5, 4*from).Draw(r, "more")
		growth, want := (200*(to-from)+from)/(2*from), 0
		if rapid.Bool().Draw(r, "wrong") {
			growth, want = growth*8/5+3, 1
		}
		if want > 0 && (to%10 == 0 || growth%10 == 0) { // round numbers may stand for anything near
			r.Skip("round")
		}
		text := fmt.Sprintf(frame.text, from, to, growth)
		if got := findingsOf(examine(t, document(t, "post.md", frame.lang, text)), "math/growth"); len(got) != want {
			r.Errorf("%s: %v", text, got)
		}
	})
}
