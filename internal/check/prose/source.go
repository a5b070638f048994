package prose

import (
	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// sources reports checkable claims that nothing backs: no link in their sentence, and no list of sources at the post's
// end. Where that goes for more than a few of them, or the post has no link at all, it is one note for the post.
func (x *examination) sources(d *rule.Document) {
	if len(d.Post.Sources) > 0 || d.Post.Text.Content == "" {
		return
	}
	var bare []*cite.Cited
	l := d.Lay()
	for i := range l.Spots {
		if s := &l.Spots[i]; s.Link.Ignored == "" && isClaim(s) && !s.HasSource {
			bare = append(bare, s.Cited)
		}
	}
	switch {
	case len(bare) == 0:
	case len(d.Post.Text.Links) == 0:
		x.unsourced(d, bare, rule.Say{DE: "Der Text nennt keine einzige Quelle, auch nicht für: ", EN: "The text names no source at all, not even for: "})
	case len(bare) > x.Settings.Notes:
		x.unsourced(d, bare, rule.Sayf("%d prüfbare Zahlen haben keine Quelle im Satz: ",
			"%d checkable figures have no source in their sentence: ", len(bare)))
	default:
		for _, c := range bare {
			x.Add(rule.Finding{Rule: rule.SourceNone, Severity: cite.Note, Doc: d, At: c,
				Says: rule.Sayf("Für %s nennt der Satz keine Quelle.", "The sentence names no source for %s.", c.Figure.Text)})
		}
	}
}

func (x *examination) unsourced(d *rule.Document, bare []*cite.Cited, says rule.Say) {
	says.DE += naming(bare, unit.German) + "."
	says.EN += naming(bare, unit.English) + "."
	x.Add(rule.Finding{Rule: rule.SourceNone, Severity: cite.Note, Doc: d, At: bare[0], Figures: bare, Says: says})
}

// isClaim tells whether a figure states something about somebody that can be looked up. Headings repeat what the text says.
func isClaim(s *rule.Spot) bool {
	if s.Link.Subject == "" || s.Link.Metric == "" || s.Block < 0 {
		return false
	}
	switch s.Doc.Post.Text.Blocks[s.Block].Kind {
	case cite.Title, cite.Heading, cite.Sources, cite.Code, cite.Byline:
		return false
	}
	return true
}
