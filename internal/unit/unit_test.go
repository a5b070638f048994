package unit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadDigits(t *testing.T) {
	tests := []struct {
		in                           string
		comma, point, stepDE, stepEN string
	}{
		{"450.000", "450000", "450", "10000", "0.001"},
		{"450,000", "450", "450000", "0.001", "10000"},
		{"1.234.567,89", "1234567.89", "1234567.89", "0.01", "0.01"},
		{"1,234,567.89", "1234567.89", "1234567.89", "0.01", "0.01"},
		{"19,2", "19.2", "19.2", "0.1", "0.1"},
		{"5.00", "5", "5", "0.01", "0.01"},
		{"0,875", "0.875", "0.875", "0.001", "0.001"},
		{"3.000.000", "3000000", "3000000", "1000000", "1000000"},
		{"1'250'000", "1250000", "1250000", "10000", "10000"},
		{"1\u202f250\u202f000,5", "1250000.5", "1250000.5", "0.1", "0.1"},
		{"12,34,567", "1234567", "1234567", "1", "1"},
		{"1416,15", "1416.15", "1416.15", "0.01", "0.01"},
		{"0033", "33", "33", "1", "1"},
		{"0", "0", "0", "1", "1"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d, ok := ReadDigits(tt.in)
			if !ok {
				t.Fatalf("ReadDigits(%q) reads nothing", tt.in)
			}
			got := []string{d.Value(CommaDecimal, 0).String(), d.Value(PointDecimal, 0).String(), d.Step(CommaDecimal, 0).String(), d.Step(PointDecimal, 0).String()}
			if diff := cmp.Diff([]string{tt.comma, tt.point, tt.stepDE, tt.stepEN}, got); diff != "" {
				t.Errorf("comma, point, steps (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadDigitsRefuses(t *testing.T) {
	for _, in := range []string{"", "1.2.3", "1.234.5", "12,34,5", "1.234,5.6", "1,5,", "1 2345", "12345678901234567890123456789012345678901"} {
		if d, ok := ReadDigits(in); ok {
			t.Errorf("ReadDigits(%q) = %+v, want none", in, d)
		}
	}
}

func TestCardinal(t *testing.T) {
	tests := []struct {
		word string
		lang Lang
		want int64 // -1: no number
	}{
		{"acht", German, 8}, {"Zwölf", German, 12}, {"siebzehn", German, 17}, {"dreiunddreissig", German, 33}, {"einhunderttausend", German, 100000},
		{"siebenhunderteinundzwanzigtausendzwölf", German, 721012}, {"achtzehnhundertzweiundfünfzig", German, 1852}, {"Hundertzwei", German, 102},
		{"zweihundertsechsundfünfzigtausendundsiebenhunderteinundzwanzig", German, 256721},
		{"achten", German, -1}, {"dreivier", German, -1}, {"zwanzigeins", German, -1}, {"einher", German, -1}, {"und", German, -1}, {"zweiund", German, -1}, {"dreiundvier", German, -1},
		{"Einheit", German, -1}, {"elfe", German, -1}, {"hundertfach", German, -1},
		{"twelve", English, 12}, {"Seventy", English, 70}, {"twelfth", English, -1}, {"acht", English, -1},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			got, ok := Cardinal(tt.word, tt.lang)
			if !ok {
				got = -1
			}
			if got != tt.want {
				t.Errorf("Cardinal(%q, %s) = %d, want %d", tt.word, tt.lang, got, tt.want)
			}
		})
	}
}

func TestLookups(t *testing.T) {
	scale := func(w string, l Lang) Scale { s, _ := LookupScale(w, l); return s }
	if got, want := []Scale{scale("Billionen", German), scale("billion", English), scale("Mrd.", German), scale("Mio", German), scale("lakh", English)}, []Scale{12, 9, 9, 6, 5}; !cmp.Equal(want, got) {
		t.Errorf("scales %v, want %v", got, want)
	}
	if _, ok := LookupScaleLetter("m", false); ok {
		t.Error(`"5m" without a currency is metres, not millions`)
	}
	if s, _ := LookupScaleLetter("m", true); s != 6 {
		t.Errorf(`"$5m" has scale %d, want 6`, s)
	}
	measured := map[string]Unit{"GW": "GW", "kWh": "kWh", "Terabyte": "TB", "terawatt-hours": "TWh", "Gigawattstunden": "GWh", "EH/s": "EH/s", "GB": "GB", "kB": "KB",
		"Prozentpunkte": PercentagePoint, "bps": BasisPoint, "Prozent": Percent, "Geschäftstagen": "", "Jahren": "year", "ms": "ms", "TFLOPS": "TFLOPS", "tx/s": "TPS", "Metern": "m", "kg": "kg"}
	for in, want := range measured {
		if got, _ := LookupMeasure(in); got != want {
			t.Errorf("LookupMeasure(%q) = %q, want %q", in, got, want)
		}
	}
	money := map[string]Unit{"$": "USD", "US$": "USD", "HK$": "HKD", "US-Dollar": "USD", "yuan": "CNY", "EUR": "EUR", "Pfund": "GBP", "Kaffee": ""}
	for in, want := range money {
		if got, _ := LookupCurrency(in); got != want {
			t.Errorf("LookupCurrency(%q) = %q, want %q", in, got, want)
		}
	}
	counted := map[string]Unit{"DePIN-Projekten": "project", "Bankpartner": "partner", "Ländern": "country", "Blockchain-Netzwerke": "network", "GPUs": "gpu", "BTC": "btc", "data centres": "data-centre", "Menschheit": ""}
	for in, want := range counted {
		if got, _ := LookupNoun(in); got != want {
			t.Errorf("LookupNoun(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDimension(t *testing.T) {
	tests := map[Unit]Dimension{"USD": Money, "%": Share, "pp": Share, "GW": Power, "TWh": Energy, "EH/s": Rate, "TPS": Rate, "TB": Data, "month": Time, "project": Count, "btc": Count, "gpu": Count, "XYZ": Undefined, "": Undefined}
	for u, want := range tests {
		if got := u.Dimension(); got != want {
			t.Errorf("%q has dimension %s, want %s", u, got, want)
		}
	}
}

func TestConvert(t *testing.T) {
	tests := []struct {
		value    string
		from, to Unit
		want     string
	}{
		{"5", "GW", "MW", "5000"}, {"25", "bp", "pp", "0.25"}, {"2", "year", "month", "24"}, {"1.5", "h", "min", "90"}, {"1", "month", "day", ""}, {"1", "USD", "EUR", ""}, {"7", "USD", "USD", "7"},
	}
	for _, tt := range tests {
		if got := Convert(MustDecimal(tt.value), tt.from, tt.to).String(); got != tt.want {
			t.Errorf("%s %s = %q %s, want %q", tt.value, tt.from, got, tt.to, tt.want)
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct {
		value   string
		unit    Unit
		options []FormatOption
		de, en  string
	}{
		{"19200000000", USD, nil, "19,2 Mrd. $", "$19.2bn"},
		{"19200000000", USD, []FormatOption{Long()}, "19,2 Milliarden US-Dollar", "19.2 billion US dollars"},
		{"19200000000", USD, []FormatOption{Full()}, "19.200.000.000 $", "$19,200,000,000"},
		{"305696913148", USD, []FormatOption{Round(3)}, "306 Mrd. $", "$306bn"},
		{"1000000", EUR, []FormatOption{Long()}, "1 Million Euro", "1 million euros"},
		{"275000000", "HKD", nil, "275 Mio. HK$", "HK$275m"},
		{"0.0352", USD, nil, "0,0352 $", "$0.0352"},
		{"24", Percent, nil, "24 %", "24%"},
		{"0.25", PercentagePoint, nil, "0,25 Prozentpunkte", "0.25 percentage points"},
		{"2721", "TB", nil, "2.721 TB", "2,721 TB"},
		{"65000", "TPS", nil, "65.000 TPS", "65,000 TPS"},
		{"3", "month", nil, "3 Monate", "3 months"},
		{"1", "year", nil, "1 Jahr", "1 year"},
		{"1900000", "user", nil, "1,9 Mio. Nutzer", "1.9 million users"},
		{"96185", "btc", nil, "96.185 BTC", "96,185 BTC"},
		{"-1.49", Percent, nil, "−1,49 %", "−1.49%"},
		{"3500000000000", USD, nil, "3,5 Bio. $", "$3.5tn"},
	}
	for _, tt := range tests {
		for lang, want := range map[Lang]string{German: tt.de, English: tt.en} {
			got := Format(MustDecimal(tt.value), tt.unit, lang, tt.options...)
			if plain := blanks.Replace(got); plain != want {
				t.Errorf("Format(%s %s, %s) = %q, want %q", tt.value, tt.unit, lang, plain, want)
			}
		}
	}
	if got := Format(Decimal{}, USD, German); got != "" {
		t.Errorf("an absent value is written %q", got)
	}
}

var blanks = strings.NewReplacer(nbsp, " ")
