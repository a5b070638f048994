package judge

import (
	"context"
	"fmt"
	"math"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// dataRules are the rules that need data.
var dataRules = []rule.Rule{rule.DataMismatch, rule.DataRevised, rule.DataStale}

// reasonNoData begins why they are skipped where there is none.
const reasonNoData = "no data"

// Find gives the given posts' figures their verdicts and reports those that data contradicts. The linked figures of the
// other posts get theirs too, where a given post speaks of the same: of two that conflict, it tells which one is right.
// Without a judge each figure gets the verdict that needs no data, and the rules are skipped; missing says why. The error
// is the data's.
func Find(ctx context.Context, x *rule.Examination, j *Judge, missing string) error {
	return (&examination{Examination: x, judge: j, missing: missing}).data(ctx)
}

type examination struct {
	*rule.Examination
	judge   *Judge
	missing string
}

func (x *examination) data(ctx context.Context) error {
	if x.judge == nil {
		x.withoutData()
		return nil
	}
	others := x.othersOfSameSeries()
	all := others
	for _, d := range x.Given {
		all = append(all, pointers(d)...)
	}
	judge := x.judge.together(all)
	for _, c := range others {
		v, err := judge.Verdict(ctx, c)
		if err != nil {
			return fmt.Errorf("judge figure %s of %s: %w", c.Figure.ID, c.Slug, err)
		}
		c.Verdict = v
	}
	for _, d := range x.Given {
		if err := x.judgeDocument(ctx, judge, d); err != nil {
			return err
		}
	}
	return nil
}

func pointers(d *rule.Document) []*cite.Cited {
	list := make([]*cite.Cited, len(d.Cited))
	for i := range d.Cited {
		list[i] = &d.Cited[i]
	}
	return list
}

// withoutData gives each figure the verdict that needs none.
func (x *examination) withoutData() {
	for _, d := range x.Given {
		for i := range d.Cited {
			d.Cited[i].Verdict = verdictWithoutData(&d.Cited[i])
		}
	}
	reason := reasonNoData
	if why := x.missing; why != "" {
		reason += ": " + why
	}
	for _, r := range dataRules {
		x.Skipped = append(x.Skipped, rule.Skipped{Rule: string(r), Reason: reason})
	}
}

// othersOfSameSeries are the other posts' figures without a verdict that are tied to a series which a given post cites.
func (x *examination) othersOfSameSeries() []*cite.Cited {
	cited := map[string]bool{}
	for _, d := range x.Given {
		for i := range d.Cited {
			cited[d.Cited[i].Link.Series] = true
		}
	}
	delete(cited, "")
	var list []*cite.Cited
	for _, d := range x.Others {
		for i := range d.Cited {
			if c := &d.Cited[i]; cited[c.Link.Series] && c.Verdict.Kind == "" {
				list = append(list, c)
			}
		}
	}
	return list
}

// datum is what makes two figures of a post the same statement to data.
type datum struct {
	series    string
	kind      cite.VerdictKind
	low, high float64
	at        market.Period
	value     market.Period
}

// judgeDocument gives a post's figures their verdicts and reports on them. What a post states several times is reported
// once, at its first place.
func (x *examination) judgeDocument(ctx context.Context, judge *Judge, d *rule.Document) error {
	told := map[datum]int{} // index in findings
	var findings []rule.Finding
	for i := range d.Cited {
		c := &d.Cited[i]
		v, err := judge.judge(ctx, c)
		if err == nil {
			err = judge.Latest(ctx, &v.Verdict)
		}
		if err != nil {
			return fmt.Errorf("judge figure %s of %s: %w", c.Figure.ID, d.Path, err)
		}
		c.Verdict = v.Verdict
		if v.value.Period.IsZero() || v.Kind == cite.NotChecked {
			continue
		}
		x.Checked(rule.ByData, c)
		f, ok := judge.onData(d, c, &v)
		if !ok {
			continue
		}
		low, high := c.Figure.Ends()
		same := datum{v.Series, v.Kind, low.Float64(), high.Float64(), c.Figure.Period, v.value.Period}
		if at, ok := told[same]; ok && findings[at].Rule == f.Rule {
			repeat(&findings[at], d, c, f.Severity)
			continue
		}
		told[same] = len(findings)
		findings = append(findings, f)
	}
	for i := range findings {
		x.Add(findings[i])
	}
	return nil
}

// repeat adds another place at which the post says the same.
func repeat(f *rule.Finding, d *rule.Document, c *cite.Cited, severity cite.Severity) {
	f.Figures = append(f.Figures, c)
	f.Related = append(f.Related, rule.Place{Doc: d, Cited: c})
	if rule.Weight(severity) > rule.Weight(f.Severity) {
		f.Severity = severity
	}
}

// onData is what there is to say of a judged figure; false for nothing.
func (j *Judge) onData(d *rule.Document, c *cite.Cited, v *judgement) (rule.Finding, bool) {
	f := rule.Finding{Doc: d, At: c, Evidence: cite.Evidence{Stated: c.Figure.Text, Series: v.Series, Period: v.Period, Value: v.Value,
		Vintage: v.Vintage, LastTrue: v.LastTrue}}
	switch v.Kind {
	case cite.Contradicted, cite.WasTrueOn:
		j.mismatch(&f, v)
	case cite.OtherDefinition:
		f.Rule, f.Severity, f.Says = rule.DataMismatch, cite.Note, saysDefinition(c, v)
	case cite.RevisedSince:
		j.revised(&f, v)
	case cite.Agrees, cite.AgreesRounded:
		if !j.stale(&f, c, v) {
			return f, false
		}
	default:
		return f, false
	}
	if d.Post.PublishedFrom == cite.DateUnknown || d.Post.Published.IsZero() {
		f.Severity = cite.Note
	}
	return f, true
}

// mismatch fills in a finding on a figure that data contradicts.
func (j *Judge) mismatch(f *rule.Finding, v *judgement) {
	f.Rule, f.Severity = rule.DataMismatch, j.gravity(f.At, v)
	f.Suggestion = v.suggest(f.Doc, f.At, v.value)
	if k := j.slip(v, f.At); k != 0 {
		f.Rule, f.Says = rule.Scale, saysSlip(f.At, v, k)
		if f.At.Link.Confidence >= j.cfg.Sure || f.At.Link.Pinned {
			f.Severity = cite.Error
		}
		return
	}
	f.Says = saysMismatch(f.At, v)
}

// gravity is the severity of a mismatch. An outdated number is a warning: it was right once. An error is what the text
// itself dates, or what was never true, where it lies far off and the figure is surely about the series; naming the
// source leaves no doubt. What lies just beside is a note.
func (j *Judge) gravity(c *cite.Cited, v *judgement) cite.Severity {
	gap := v.stated.Gap(rule.Interval{Low: v.value.Value, High: v.value.Value})
	far, near := gap > j.cfg.Far, gap <= j.cfg.Near
	sure := c.Link.Pinned || c.Link.Confidence >= j.cfg.Sure
	switch {
	case boundHolds(&c.Figure, v):
		return cite.Note
	case v.named && far:
		return cite.Error
	case near:
		return cite.Note
	case v.named && v.Kind == cite.Contradicted:
		return cite.Error
	case !far || !sure || v.today || v.stated.High < j.cfg.Part*v.value.Value:
		return cite.Warning
	case v.Kind == cite.WasTrueOn && !datedInText(c):
		return cite.Warning
	}
	return cite.Error
}

// boundHolds tells whether what is written stays true word for word, only far from the value: "over 100" of 400.
func boundHolds(f *cite.Figure, v *judgement) bool {
	switch f.Qualifier {
	case cite.Over, cite.AtLeast:
		return v.value.Value > v.stated.High
	case cite.Under, cite.UpTo:
		return v.value.Value < v.stated.Low
	}
	return false
}

// datedInText tells whether the text itself dates a figure.
func datedInText(c *cite.Cited) bool {
	if c.Figure.Period.IsZero() {
		return false
	}
	for _, inferred := range c.Figure.Inferred {
		if inferred == "period" {
			return false
		}
	}
	return true
}

// revised fills in a finding on a figure that was right by what was known when its post came out.
func (j *Judge) revised(f *rule.Finding, v *judgement) {
	now := *v.revised
	f.Rule, f.Severity = rule.DataRevised, cite.Note
	if v.stated.Gap(rule.Interval{Low: now.Value, High: now.Value}) > j.cfg.Far {
		f.Severity = cite.Warning
	}
	shown := v.Verdict
	shown.Show(now)
	f.Evidence.Period, f.Evidence.Value, f.Evidence.Vintage = shown.Period, shown.Value, shown.Vintage
	f.Suggestion = v.suggest(f.Doc, f.At, now)
	f.Says = v.say(f.At, "„%s“ stimmte nach den damaligen Daten (%s), doch %s hat den Wert für „%s“ seither auf %s berichtigt.",
		"“%s” was right by the data of the time (%s), but %s has since revised “%s” to %s.", func(lang unit.Lang) []any {
			return []any{v.amount(v.value, lang), v.source.Name, v.series.Name.In(lang), v.amount(now, lang)}
		})
}

// stale fills in a finding on a figure that was right when its post came out and no longer is; false where it still
// is, where the post is too young, or where the text dates the figure.
func (j *Judge) stale(f *rule.Finding, c *cite.Cited, v *judgement) bool {
	old := !c.Published.IsZero() && j.now().After(c.Published.End().AddDate(0, 0, j.cfg.Fresh))
	if v.at.dated != datedByPublication || v.Latest == nil || !old {
		return false
	}
	now := market.Observation{Period: v.LatestAt, Value: *v.Latest}
	if v.stated.Gap(rule.Interval{Low: now.Value, High: now.Value}) <= j.cfg.Stale || v.value.Value == 0 || boundHolds(&c.Figure, &judgement{value: now, stated: v.stated}) {
		return false
	}
	since := now.Value/v.value.Value - 1
	f.Rule, f.Severity = rule.DataStale, cite.Note
	f.Evidence.Period, f.Evidence.Value, f.Evidence.Vintage = now.Period, v.Latest, ""
	f.Suggestion = v.suggest(f.Doc, c, now)
	f.Says = v.say(c, "„%s“ stimmte bei Erscheinen, doch „%s“ steht bei %s inzwischen auf %s: %s seither.",
		"“%s” was right when the post came out, but “%s” stands at %[4]s at %[3]s by now: %[5]s since.", func(lang unit.Lang) []any {
			return []any{v.series.Name.In(lang), v.source.Name, v.amount(now, lang), signedPercent(since, lang)}
		})
	return true
}

// say is a sentence that begins with the figure as it is written.
func (v *judgement) say(c *cite.Cited, de, en string, rest func(lang unit.Lang) []any) rule.Say {
	return rule.Say{
		DE: fmt.Sprintf(de, append([]any{c.Figure.Text}, rest(unit.German)...)...),
		EN: fmt.Sprintf(en, append([]any{c.Figure.Text}, rest(unit.English)...)...),
	}
}

func saysMismatch(c *cite.Cited, v *judgement) rule.Say {
	return v.say(c, "„%s“ passt nicht zu den Daten: %s nennt für „%s“ %s%s.",
		"“%s” does not match the data: %[2]s gives %[4]s for “%[3]s”%[5]s.", func(lang unit.Lang) []any {
			return []any{v.source.Name, v.series.Name.In(lang), v.bounded(lang) + v.amount(v.value, lang), v.whenTrue(lang)}
		})
}

func saysSlip(c *cite.Cited, v *judgement, k float64) rule.Say {
	factor := unit.FromFloat(math.Max(k, 1/k))
	return v.say(c, "„%s“ liegt um das %s-Fache neben den Daten, denn %s nennt für „%s“ %s: %s",
		"“%s” is off from the data by a factor of %s, as %[3]s gives %[5]s for “%[4]s”: %[6]s", func(lang unit.Lang) []any {
			return []any{unit.FormatNumber(factor, lang), v.source.Name, v.series.Name.In(lang), v.bounded(lang) + v.amount(v.value, lang), slipCause(c, k).In(lang)}
		})
}

// slipCause is the likely reason of a number that is off by k.
func slipCause(c *cite.Cited, k float64) rule.Say {
	text := strings.ToLower(c.Figure.Text)
	if k == 1e3 && c.Lang != unit.English && (strings.Contains(text, "billion") || strings.Contains(text, "bio")) {
		return rule.Say{DE: "das englische „billion“ ist eine Milliarde.", EN: "the English “billion” is a German “Milliarde”."}
	}
	return rule.Say{DE: "wohl ein falsches Zahlwort.", EN: "probably a wrong scale word."}
}

func saysDefinition(c *cite.Cited, v *judgement) rule.Say {
	return v.say(c, "„%s“ kann an der Definition liegen: %s nennt für „%s“ %s und rechnet „%s“; andere rechnen „%s“.",
		"“%s” may follow another definition: %[2]s gives %[4]s for “%[3]s” and counts “%[5]s”; others count “%[6]s”.", func(lang unit.Lang) []any {
			return []any{v.source.Name, v.series.Name.In(lang), v.bounded(lang) + v.amount(v.value, lang),
				strings.TrimSuffix(v.Definitions.Own.In(lang), "."), v.Definitions.Other.In(lang)}
		})
}

// amount is a value with its day, as a reader of the language expects it: "305,7 Mrd. $ (10. Februar 2026)".
func (v *judgement) amount(o market.Observation, lang unit.Lang) string {
	const digits = 4
	return unit.Format(unit.FromFloat(o.Value), v.series.Unit, lang, unit.Round(digits)) + " (" + writePeriod(o.Period, lang) + ")"
}

// bounded says that the value is the highest or lowest one of its time.
func (v *judgement) bounded(lang unit.Lang) string {
	switch {
	case !v.extreme:
		return ""
	case v.value.Value < v.stated.Low:
		return rule.Say{DE: "in dieser Zeit höchstens ", EN: "at most "}.In(lang)
	}
	return rule.Say{DE: "in dieser Zeit mindestens ", EN: "at least "}.In(lang)
}

// whenTrue says when the written value was last true.
func (v *judgement) whenTrue(lang unit.Lang) string {
	if v.LastTrue.IsZero() {
		return ""
	}
	return rule.Say{DE: "; zuletzt stimmte es im ", EN: "; it was last true in "}.In(lang) + writePeriod(monthOf(v.LastTrue), lang)
}

// signedPercent writes a change in whole percent, with its sign: "+13 %".
func signedPercent(share float64, lang unit.Lang) string {
	text := unit.Format(unit.FromFloat(math.Round(math.Abs(share)*100)), unit.Percent, lang)
	if share < 0 {
		return "−" + text
	}
	return "+" + text
}
