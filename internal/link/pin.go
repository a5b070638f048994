package link

import (
	"slices"

	"beleg/internal/cite"
)

// Keys of a pin.
const (
	keySeries = "series"
	keyIgnore = "ignore"
)

// Pins gives each figure the keys of the mark that binds to it, nil for none: a mark belongs to the last figure before
// it in its block. The linker heeds series and ignore; a period is for whoever dates the figure.
func Pins(t *cite.Text, figs []cite.Figure) []map[string]string {
	pins := make([]map[string]string, len(figs))
	for _, m := range t.Marks {
		block := t.BlockAt(max(m.At-1, 0))
		for i := len(figs) - 1; i >= 0; i-- {
			if figs[i].Kind == cite.Damage || figs[i].AtEnd > m.At {
				continue
			}
			if block >= 0 && t.Blocks[block].Start <= figs[i].At {
				pins[i] = m.Keys
			}
			break
		}
	}
	return pins
}

// pin lets the writer's word win: a mark at the figure over everything, the post's defaults where the text does not
// name another subject.
func (l *Linker) pin(link *cite.Link, f *cite.Figure, mark, defaults map[string]string) {
	if f.Kind == cite.Damage {
		return
	}
	if why, ok := first(keyIgnore, mark, defaults); ok {
		link.Ignored = why
	}
	if id, ok := mark[keySeries]; ok {
		l.pinSeries(link, id)
		return
	}
	if id, ok := defaults[keySeries]; ok {
		l.defaultSeries(link, f, id)
	}
}

// first is the value of a key in the first of the maps that has it.
func first(key string, maps ...map[string]string) (string, bool) {
	for _, m := range maps {
		if v, ok := m[key]; ok {
			return v, true
		}
	}
	return "", false
}

// pinSeries ties the figure to a series whatever the text says; an id that no series has or had ties it to nothing.
func (l *Linker) pinSeries(link *cite.Link, id string) {
	s, ok := l.catalog.Series(id)
	if !ok {
		*link = cite.Link{Figure: link.Figure, Ignored: link.Ignored, Pinned: true, Reasons: []string{"pinned to «" + id + "», which is no series"}}
		return
	}
	*link = cite.Link{Figure: link.Figure, Ignored: link.Ignored, Subject: s.Subject, Metric: s.Metric, Series: s.ID,
		Confidence: 1, Pinned: true, Reasons: []string{"pinned by the writer"}}
}

// defaultSeries ties a figure in the series' unit that the text gives to nobody else.
func (l *Linker) defaultSeries(link *cite.Link, f *cite.Figure, id string) {
	s, ok := l.catalog.Series(id)
	if !ok {
		link.Reasons = append(link.Reasons, "the post's «"+id+"» is no series")
		return
	}
	if !inUnit(&s, f) {
		return
	}
	if link.Subject != "" && link.Subject != s.Subject {
		return
	}
	if link.Metric != "" && !slices.Contains(s.Answers, link.Metric) {
		return
	}
	l.pinSeries(link, id)
	link.Reasons = []string{"pinned for the whole post"}
}
