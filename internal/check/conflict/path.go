package conflict

import (
	"fmt"
	"math"
	"slices"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// pathRoom is how far two bases of one forecast may lie off one even way to it, relative: growth is never quite even.
const pathRoom = 0.15

// leg is a base and the forecast that the text leads it to, both dated: "from 13 billion in 2024 to 350 in 2032".
type leg struct{ base, goal *claim }

// paths finds two bases of one forecast that do not lie on one way to it: 13 billion in 2024 and 24 in 2025, both to be
// 350 in 2032, would take 81 % in the first year and 47 % in all others.
func (c *crossing) paths(d *rule.Document) {
	byGoal := map[teller][]leg{}
	var goals []teller
	for _, l := range legs(c.byPost[d]) {
		key := tellerOf(l.goal, true)
		if byGoal[key] == nil {
			goals = append(goals, key)
		}
		byGoal[key] = append(byGoal[key], l)
	}
	for _, g := range goals {
		c.path(byGoal[g])
	}
}

// legs are the bases that are followed by a forecast of the same thing in the same paragraph.
func legs(claims []*claim) []leg {
	var found []leg
	for i := 1; i < len(claims); i++ {
		base, goal := claims[i-1], claims[i]
		of := goal.of
		of.forecast = false
		if goal.of.forecast && base.of == of && base.dated && goal.dated && base.days[1] < goal.days[0] && sameBlock(base, goal) {
			found = append(found, leg{base, goal})
		}
	}
	return found
}

// path compares the bases that lead to one forecast with each other, each with the earliest.
func (c *crossing) path(legs []leg) {
	if len(legs) < 2 {
		return
	}
	first := slices.MinFunc(legs, func(a, b leg) int { return a.base.days[0] - b.base.days[0] })
	for _, l := range legs {
		if l.base.days == first.base.days || l.goal.days != first.goal.days || l.base.sameSentence(first.base) {
			continue
		}
		if d, ok := c.offPath(first, l); ok {
			c.disputes = append(c.disputes, d)
		}
	}
}

// offPath tells whether a later base lies off the even way from an earlier one to the forecast that both lead to.
func (c *crossing) offPath(early, late leg) (dispute, bool) {
	years := float64(early.goal.days[1]-early.base.days[1]) / daysPerYear
	until := float64(late.base.days[1]-early.base.days[1]) / daysPerYear
	grow := func(base, goal float64) float64 { return base * math.Pow(goal/base, until/years) }
	there := rule.Interval{Low: grow(early.base.value.Low, early.goal.value.Low), High: grow(early.base.value.High, early.goal.value.High)}
	factor := max(late.base.value.Low/there.High, there.Low/late.base.value.High)
	if factor <= 1+pathRoom || !c.likeBases(early.base, late.base) {
		return dispute{}, false
	}
	exact := grow(early.base.plain, early.goal.plain)
	says := func(at, other *claim) (text, formula rule.Say, computed string) {
		yearly := (math.Pow(early.goal.plain/early.base.plain, 1/years) - 1) * 100
		write := func(v float64, u unit.Unit, lang unit.Lang) string {
			return unit.Format(unit.FromFloat(v), u, lang, unit.Round(3))
		}
		from, then, goal := early.base.Cited.Figure, late.base.Cited.Figure, early.goal.Cited.Figure
		text = rule.Say{
			DE: fmt.Sprintf("Auf dem Weg von %s (%s) zu %s (%s) wären es %s rund %s, im Beitrag stehen „%s“.", from.Text, from.Period, goal.Text, goal.Period,
				then.Period, write(exact, at.of.unit, unit.German), then.Text),
			EN: fmt.Sprintf("On the way from %s (%s) to %s (%s) it would be about %s in %s, the post says “%s”.", from.Text, from.Period, goal.Text, goal.Period,
				write(exact, at.of.unit, unit.English), then.Period, then.Text),
		}
		rate := func(lang unit.Lang) string { return write(yearly, unit.Percent, lang) }
		formula = rule.Say{
			DE: fmt.Sprintf("%s × (1 + %s)^%s = %s", from.Text, rate(unit.German), power(until, unit.German), write(exact, at.of.unit, unit.German)),
			EN: fmt.Sprintf("%s × (1 + %s)^%s = %s", from.Text, rate(unit.English), power(until, unit.English), write(exact, at.of.unit, unit.English)),
		}
		return text, formula, write(exact, at.of.unit, at.Cited.Lang)
	}
	return dispute{a: early.base, b: late.base, rule: rule.Conflict, factor: factor, severity: cite.Warning, says: says}, true
}

// likeBases tells whether two bases are given for the same sort of value. That they lead to a forecast is no obstacle here.
func (c *crossing) likeBases(a, b *claim) bool {
	fa, fb := c.wordsOf(a), c.wordsOf(b)
	return slices.Equal(fa.scope, fb.scope) && slices.Equal(fa.part, fb.part)
}

const daysPerYear = 365.25

// power writes an exponent with at most one decimal.
func power(years float64, lang unit.Lang) string {
	return unit.FormatNumber(unit.FromFloat(math.Round(years*10)/10), lang)
}
