package check

import (
	"strings"
	"testing"

	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

func TestSlips(t *testing.T) {
	runPosts(t, []posts{
		{"Billion and Milliarde", []string{"de: Auf Canton liegen tokenisierte Vermögenswerte von 6 Billionen US-Dollar.\n\nAuf Canton werden tokenisierte Vermögenswerte von 6 Milliarden US-Dollar geführt."},
			[]string{"scale/billion error 6 Milliarden US-Dollar ≠ 6 Billionen US-Dollar"}},
		{"across posts and languages", []string{"de: Das Stablecoin-Volumen erreichte 2025 33 Billionen US-Dollar.", "en: Stablecoin volume reached $33 billion in 2025."},
			[]string{"scale/billion error 33 Billionen US-Dollar ≠ $33 billion"}},
		{"million and billion", []string{"en: The market cap of Filecoin is $1.1 billion.\n\nFilecoin has a market cap of $1.1 million."},
			[]string{"scale/billion error $1.1 million ≠ $1.1 billion"}},
		{"a headline and its text", []string{"de: ## Die 33 Billionen Dollar schwere Stablecoin-Wirtschaft\n\nEin Markt.\n\nDas Stablecoin-Volumen erreichte zuletzt 33 Milliarden US-Dollar."},
			[]string{"scale/billion warning 33 Milliarden US-Dollar ≠ 33 Billionen Dollar"}},
		{"the same in both languages", []string{"de: Das Stablecoin-Volumen erreichte 2025 33 Billionen US-Dollar.", "en: Stablecoin volume reached $33 trillion in 2025."}, nil},
		{"a thousand times, but a part", []string{"de: Aave hält 27 Milliarden US-Dollar TVL.\n\nAuf Celo hält Aave 27 Millionen US-Dollar TVL."}, nil},
		{"a thousand times, but another year", []string{"en: Render's revenue in 2021 was $38,000.\n\nRender's revenue in 2025 was $38 million."}, nil},
	})
}

func TestSlipNamesItsCause(t *testing.T) {
	tests := []struct{ name, text, cause string }{
		{"Billion", "Auf Canton liegen tokenisierte Vermögenswerte von 6 Billionen US-Dollar.\n\nAuf Canton werden tokenisierte Vermögenswerte von 6 Milliarden US-Dollar geführt.", "die deutsche Billion ist 10¹²"},
		{"Million", "Lido hält 24 Milliarden US-Dollar TVL.\n\nDer TVL von Lido beläuft sich auf 24 Millionen US-Dollar.", "Million und Milliarde verwechselt"},
		{"no word", "Das Canton Network betreibt 500 Validatoren.\n\nCanton zählt 500.000 Validatoren.", "fehlt ein Skalenwort"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := document(t, "x.md", unit.German, "# Titel\n\n"+tt.text+"\n")
			for _, f := range examine(t, d).Files[0].Findings {
				if f.Rule == string(rule.Scale) && strings.Contains(f.Message, tt.cause) {
					return
				}
			}
			t.Errorf("no slip with the cause %q", tt.cause)
		})
	}
}
