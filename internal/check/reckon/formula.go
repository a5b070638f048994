package reckon

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Parts of written formulas, in phrases.
const (
	term     = `\{[mnerbpxd]\d+\}(?:/[^\s{}()=+×]+)?(?: [^\s{}():;,–=|+×*·÷]+){0,3}?\)?`
	signs    = ` ?(?:×|✕|\*|·|⋅|\+|÷) ?| x `
	rareOps  = `| ?(?:–|/|:) ?`
	wordOps  = `| (?:mal|times|multiplied by|multipliziert mit|plus|minus|geteilt durch|divided by) `
	equals   = ` ?(?:=|≈|⇒) ?`
	wordEq   = ` (?:ergibt|ergeben|macht|machen|sind|ist|equals?|makes?|is|are|gives?|comes? to|amounts? to|yields?|entspricht|entsprechen)(?: (?:das|dies|zusammen|genau|also|also genau|in total|a total of|insgesamt))? `
	placed   = `\{[mnerbpxd]\d+\}`
	furthest = 5 // operators
)

// A formulaForm is a way to write a formula: its terms are in group 1, its result in group 2 or, written first, in group 3.
type formulaForm struct{ re *regexp.Regexp }

var formulaForms = []formulaForm{
	{regexp.MustCompile(`(` + term + `(?:(?:` + signs + rareOps + wordOps + `)\(?` + term + `){1,5})(?:` + equals + `)(` + placed + `)`)},
	{regexp.MustCompile(`(` + term + `(?:(?:` + signs + wordOps + `)\(?` + term + `){1,5})(?:,? ?(?:das|that|which|was)?` + wordEq + `)(` + placed + `)`)},
	{regexp.MustCompile(`()(` + placed + `)(?: [^\s{}():;,–=|+×]+){0,3}? ?(?:=|\((?:=|also |d\. ?h\. |i\.e\. )?) ?(` + placed + `(?: [^\s{}():;,–=|+×]+){0,3}?(?:(?:` + signs + `)` + term + `){1,5})(?:[.,;)]|$| [^=×+*{]*$)`)},
}

// operators by how they are written.
var operators = map[string]byte{
	"×": '*', "✕": '*', "x": '*', "*": '*', "·": '*', "⋅": '*', "mal": '*', "times": '*', "multiplied by": '*', "multipliziert mit": '*',
	"+": '+', "plus": '+', "–": '-', "minus": '-', "÷": '/', "/": '/', ":": '/', "geteilt durch": '/', "divided by": '/',
}

var operatorIn = regexp.MustCompile(`multiplied by|multipliziert mit|geteilt durch|divided by|\b(?:mal|times|plus|minus|x)\b|[×✕*·⋅+–÷:]|/(?: |$)`)

// A formula is what a phrase computes: its terms, the operators between them, and the stated result.
type formula struct {
	terms  []*quantity
	ops    []byte
	result *quantity
}

// formulas recomputes what is written as a formula: "4.000 × 50.000 = 200 Millionen".
func (x *examination) formulas(d *rule.Document, p *phrase) {
	if !strings.ContainsAny(p.Text, "=×*+·÷≈") && !operatorIn.MatchString(p.Text) || len(p.quantities) < 3 {
		return
	}
	seen := map[*quantity]bool{}
	for _, f := range formulaForms {
		for _, at := range f.re.FindAllStringSubmatchIndex(p.Text, -1) {
			if g, ok := p.formula(at); ok && !seen[g.result] {
				seen[g.result] = true
				x.formula(d, p, g)
			}
		}
	}
}

var placeIn = regexp.MustCompile(placed)

// formula reads the terms and operators of a match of a formula form.
func (p *phrase) formula(at []int) (formula, bool) {
	from, to := at[2], at[3]
	if from == to && len(at) > 6 {
		from, to = at[6], at[7]
	}
	g := formula{result: p.placed(at[4], at[5])}
	last := -1
	for _, place := range placeIn.FindAllStringIndex(p.Text[from:to], -1) {
		if last >= 0 {
			op, ok := operators[strings.TrimSpace(operatorIn.FindString(p.Text[from+last:from+place[0]]))]
			if !ok {
				return g, false
			}
			g.ops = append(g.ops, op)
		}
		g.terms = append(g.terms, p.placed(from+place[0], from+place[1]))
		last = place[1]
	}
	return g, g.result != nil && len(g.terms) == len(g.ops)+1 && !slices.Contains(g.terms, nil) && !slices.Contains(g.terms, g.result)
}

// formula checks one formula. A result whose magnitude is said once for the whole ("21 × 12 = 252 Millionen") is read
// with the magnitude of the terms, unless it only fits without.
func (x *examination) formula(d *rule.Document, p *phrase, g formula) {
	is, ok := x.evaluate(&g)
	if !ok || slices.ContainsFunc(append(g.terms, g.result), isFractional) {
		return
	}
	ways := []rule.Estimate{is}
	if k := g.result.scale; k > 1 && !slices.ContainsFunc(g.terms, func(q *quantity) bool { return q.scale > 1 }) {
		ways = append(ways, is.By(k))
	}
	if low, high := spansBetween(p, g.terms, g.result); high > 0 {
		ways = append(ways, is.Times(rule.Within(low, high)))
	}
	c := &claim{rule: rule.MathProduct, doc: d, stated: g.result, from: g.terms, sure: true}
	if slices.Contains(g.ops, '+') || slices.Contains(g.ops, '-') {
		c.rule = rule.MathSum
	}
	c.is = x.nearestWay(g.result, ways)
	computed := rule.Computed(c.is.Exact, g.result.figure.Unit)
	c.sum = rule.Tell("%s = %s", "%s = %s", g.written(), computed)
	c.says = rule.Tell("%s ist %s, im Text steht %s.", "%s is %s, the text says %s.", g.written(), computed, g.result.figure.Text)
	x.judge(c)
}

// nearestWay is the first of several reckonings that fits, else the one nearest to what is stated.
func (x *examination) nearestWay(stated *quantity, ways []rule.Estimate) rule.Estimate {
	far := func(r rule.Estimate) float64 { return math.Abs(math.Log(math.Abs(r.Exact / stated.value()))) }
	best := ways[0]
	for _, r := range ways {
		if is, _ := x.weigh(stated, r); is != rule.Differs {
			return r
		}
		if far(r) < far(best) {
			best = r
		}
	}
	return best
}

// written is the formula in the words of the text.
func (g *formula) written() string {
	var b strings.Builder
	for i, q := range g.terms {
		if i > 0 {
			b.WriteString(" " + map[byte]string{'*': "×", '+': "+", '-': "−", '/': "÷"}[g.ops[i-1]] + " ")
		}
		b.WriteString(q.figure.Text)
	}
	return b.String()
}

// evaluate computes a formula in the unit of its result: products before sums. It is false where the units do not go
// together.
func (x *examination) evaluate(g *formula) (rule.Estimate, bool) {
	adding := slices.Contains(g.ops, '+') || slices.Contains(g.ops, '-')
	values := make([]rule.Estimate, len(g.terms))
	shares := 0
	for i, q := range g.terms {
		if adding && !addable(q, g.result) && !slices.Contains(g.ops, '*') {
			return rule.Estimate{}, false
		}
		if values[i] = x.operand(q, g.result); values[i].Coarse.Low < 0 {
			return rule.Estimate{}, false
		}
		if q.figure.Kind == cite.Percent {
			shares++
		}
	}
	total, product := rule.Within(0, 0), values[0]
	sign := byte('+')
	flush := func() {
		if sign == '-' {
			total = total.Minus(product)
		} else {
			total = total.Plus(product)
		}
	}
	for i, op := range g.ops {
		v := values[i+1]
		switch op {
		case '*':
			product = product.Times(v)
		case '/':
			if v.Coarse.Low <= 0 {
				return rule.Estimate{}, false
			}
			product = product.Over(v)
		default:
			flush()
			sign, product = op, v
		}
	}
	flush()
	if total.Coarse.Low <= 0 || g.result.value() <= 0 {
		return rule.Estimate{}, false
	}
	if adding {
		return total, true
	}
	isShare := g.result.figure.Kind == cite.Percent
	switch {
	case isShare && shares == 0 && slices.Contains(g.ops, '/'):
		return total.By(100), true
	case isShare:
		shares--
	}
	return total.By(math.Pow(0.01, float64(max(shares, 0)))), true
}

// addable tells whether a term can be added up to the result.
func addable(q, result *quantity) bool {
	_, _, ok := sameMeasure(q, result)
	return ok || isPlain(q.figure) || isPlain(result.figure)
}

// operand is the value of a term in the unit of the result where it has one of its kind; whole numbers without a scale
// are exact, as twelve months are.
func (x *examination) operand(q, result *quantity) rule.Estimate {
	v := *q
	if c, ok := q.in(result.figure.Unit); ok && q.figure.Unit != "" {
		v = c
	} else if to, ok := energyTerms[q.figure.Unit.Dimension()]; ok && result.figure.Unit.Dimension() == unit.Energy {
		if c, ok := q.in(to); ok {
			k := unit.Convert(unit.NewDecimal(1, 0), "Wh", result.figure.Unit).Float64()
			if q.figure.Unit.Dimension() == unit.Time {
				k = 1
			}
			v = c.scaled(k)
		}
	}
	if q.scale == 1 && q.step == 1 && !q.figure.IsRange() && (q.figure.Qualifier == cite.Exact || q.figure.Qualifier == "") {
		return rule.Within(v.value(), v.value())
	}
	return x.reckon(&v)
}

// isFractional tells whether a quantity is in a fraction of a token, whose ratio to it is not known here.
func isFractional(q *quantity) bool {
	switch q.figure.Unit {
	case "gwei", "wei", "gas", "sat", "sats", "satoshi", "satoshis":
		return true
	}
	return false
}

// energyTerms are the units in which power and time multiply to energy in watt-hours.
var energyTerms = map[unit.Dimension]unit.Unit{unit.Power: "W", unit.Time: "h"}
