package check

import "beleg/internal/cite"

// Summary counts verdicts for the line that every page and report begins with.
type Summary struct {
	Figures  int // without damaged runs
	WithData int // compared with a series
	Forecast int
	Sourced  int // source-only
	ReadOnly int // neither
	Off      int // contradicted, was-true-on or revised-since
	Kinds    map[cite.VerdictKind]int
}

// Summarise counts.
func Summarise(cited []cite.Cited) Summary {
	s := Summary{Kinds: map[cite.VerdictKind]int{}}
	for i := range cited {
		if cited[i].Figure.Kind == cite.Damage {
			continue
		}
		s.Figures++
		kind := cited[i].Verdict.Kind
		s.Kinds[kind]++
		switch kind {
		case cite.Contradicted, cite.WasTrueOn, cite.RevisedSince:
			s.WithData++
			s.Off++
		case cite.Agrees, cite.AgreesRounded, cite.OtherDefinition:
			s.WithData++
		case cite.Forecast:
			s.Forecast++
		case cite.SourceOnly:
			s.Sourced++
		default:
			s.ReadOnly++
		}
	}
	return s
}
