package reckon

import (
	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// oversized is the finding that a part is larger than its whole. Where the two are written with different scale words
// and the part would fit with the next smaller one, that is the likely cause.
func (x *examination) oversized(d *rule.Document, part, whole *quantity) rule.Finding {
	x.Checked(rule.ByArithmetic, part.cited, whole.cited)
	f := rule.Finding{Rule: rule.MathShare, Severity: cite.Error, Doc: d, At: part.cited, Figures: []*cite.Cited{whole.cited},
		Formula:  tell("%s > %s", "%s > %s", part.figure.Text, whole.figure.Text),
		Evidence: cite.Evidence{Stated: part.figure.Text},
		Says: tell("Der Teil (%s) ist größer als das Ganze (%s).", "The part (%s) is larger than its whole (%s).",
			part.figure.Text, whole.figure.Text)}
	for _, k := range rule.Slips {
		if whole.scale > 0 && part.scale/whole.scale >= k && part.value()/k <= whole.value() {
			f.Rule = rule.Scale
			f.Says = tell("Der Teil (%s) ist größer als das Ganze (%s); gemeint ist wohl %s.", "The part (%s) is larger than its whole (%s); %s is probably meant.",
				part.figure.Text, whole.figure.Text, written(part.value()/k, part.figure.Unit))
			break
		}
	}
	return f
}
