package check

import (
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// sources reports checkable claims that nothing backs: no link in their sentence, and no list of sources at the post's
// end. Where that goes for more than a few of them, or the post has no link at all, it is one note for the post.
func (x *examination) sources(d *Document) {
	if len(d.Post.Sources) > 0 || d.Post.Text.Content == "" {
		return
	}
	var bare []*cite.Cited
	l := d.lay()
	for i := range l.spots {
		if s := &l.spots[i]; s.Link.Ignored == "" && isClaim(s) && !s.HasSource {
			bare = append(bare, s.Cited)
		}
	}
	switch {
	case len(bare) == 0:
	case len(d.Post.Text.Links) == 0:
		x.unsourced(d, bare, say{"Der Text nennt keine einzige Quelle, auch nicht für: ", "The text names no source at all, not even for: "})
	case len(bare) > x.settings.Notes:
		x.unsourced(d, bare, sayf("%d prüfbare Zahlen haben keine Quelle im Satz: ",
			"%d checkable figures have no source in their sentence: ", len(bare)))
	default:
		for _, c := range bare {
			x.add(finding{rule: SourceNone, severity: cite.Note, doc: d, at: c,
				says: sayf("Für %s nennt der Satz keine Quelle.", "The sentence names no source for %s.", c.Figure.Text)})
		}
	}
}

func (x *examination) unsourced(d *Document, bare []*cite.Cited, says say) {
	says.de += naming(bare, unit.German) + "."
	says.en += naming(bare, unit.English) + "."
	x.add(finding{rule: SourceNone, severity: cite.Note, doc: d, at: bare[0], figures: bare, says: says})
}

// isClaim tells whether a figure states something about somebody that can be looked up. Headings repeat what the text says.
func isClaim(s *spot) bool {
	if s.Link.Subject == "" || s.Link.Metric == "" || s.block < 0 {
		return false
	}
	switch s.doc.Post.Text.Blocks[s.block].Kind {
	case cite.Title, cite.Heading, cite.Sources, cite.Code, cite.Byline:
		return false
	}
	return true
}
