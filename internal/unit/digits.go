package unit

import (
	"strings"
	"unicode/utf8"
)

// maxDigits is how many digits a number may have; what is longer is an identifier, not a quantity.
const maxDigits = 40

// Convention says which of the two separators opens the decimals.
type Convention uint8

// The conventions: 1.234,5 and 1,234.5.
const (
	CommaDecimal Convention = iota
	PointDecimal
)

// Convention is how numbers are written in that language.
func (l Lang) Convention() Convention {
	if l == English {
		return PointDecimal
	}
	return CommaDecimal
}

// Digits is a number written in digits, read by both conventions. "1.234" is 1234 by one and 1.234 by the other.
type Digits struct {
	digits   string // without separators
	decimals [2]int // digits after the decimal separator by convention
	grouped  bool
}

// ReadDigits reads digits with separators: full stop, comma, apostrophe, and the blanks that group thousands.
// It is false for what is no number by either convention ("1.2.3", "12,34,5") and for more than 40 digits.
func ReadDigits(s string) (Digits, bool) {
	whole, grouped, ok := dropGrouping(s)
	if !ok {
		return Digits{}, false
	}
	points, commas := strings.Count(whole, "."), strings.Count(whole, ",")
	d := Digits{grouped: grouped, decimals: [2]int{0, 0}}
	switch {
	case points == 0 && commas == 0:
	case points > 0 && commas > 0:
		if !d.readMixed(whole) {
			return Digits{}, false
		}
	default:
		if !d.readSingle(whole) {
			return Digits{}, false
		}
	}
	d.digits = withoutSeparators(whole)
	if d.digits == "" || len(d.digits) > maxDigits {
		return Digits{}, false
	}
	return d, true
}

func withoutSeparators(s string) string {
	if strings.IndexByte(s, '.') < 0 && strings.IndexByte(s, ',') < 0 {
		return s
	}
	digits := make([]byte, 0, len(s))
	for _, c := range []byte(s) {
		if c != '.' && c != ',' {
			digits = append(digits, c)
		}
	}
	return string(digits)
}

// dropGrouping removes apostrophes and blanks, which never open decimals; groups behind them must have three digits.
func dropGrouping(s string) (string, bool, bool) {
	isPlain := func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == ',' }
	if strings.IndexFunc(s, func(r rune) bool { return !isPlain(r) }) < 0 {
		return s, false, s != ""
	}
	var b strings.Builder
	group, first := 0, true
	for i, r := range s {
		switch {
		case isPlain(r):
			b.WriteRune(r)
			if r >= '0' && r <= '9' && !strings.ContainsAny(s[:i], ".,") {
				group++
			}
		case isGrouping(r):
			if group == 0 || group > 3 || !first && group != 3 {
				return "", false, false
			}
			group, first = 0, false
		default:
			return "", false, false
		}
	}
	return b.String(), true, group == 3
}

func isGrouping(r rune) bool {
	switch r {
	case '\'', '’', ' ', '\u00a0', '\u2009', '\u202f':
		return true
	}
	return false
}

// readSingle reads a number with one kind of separator.
func (d *Digits) readSingle(s string) bool {
	sep, own := ".", PointDecimal
	if strings.Contains(s, ",") {
		sep, own = ",", CommaDecimal
	}
	parts := strings.Split(s, sep)
	last := parts[len(parts)-1]
	if last == "" {
		return false
	}
	if len(parts) > 2 {
		d.grouped = true
		return isGroups(parts) || sep == "," && isIndianGroups(parts)
	}
	couldGroup := isGroups(parts) && parts[0] != "0" && !d.grouped
	d.decimals = [2]int{len(last), len(last)}
	if couldGroup {
		d.decimals[1-own] = 0
		d.grouped = true
	}
	return true
}

// readMixed reads a number with both separators: the later one opens the decimals, whatever the language.
func (d *Digits) readMixed(s string) bool {
	group, dec := ".", ","
	if strings.LastIndex(s, ".") > strings.LastIndex(s, ",") {
		group, dec = ",", "."
	}
	whole, frac, _ := strings.Cut(s, dec)
	if frac == "" || strings.ContainsAny(frac, ".,") || !isGroups(strings.Split(whole, group)) {
		return false
	}
	d.decimals = [2]int{len(frac), len(frac)}
	d.grouped = true
	return true
}

func isGroups(parts []string) bool {
	if n := len(parts[0]); n == 0 || n > 3 {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

// isIndianGroups accepts 12,34,567: groups of two before a last one of three.
func isIndianGroups(parts []string) bool {
	for i, p := range parts {
		switch {
		case i == len(parts)-1 && len(p) != 3, i > 0 && i < len(parts)-1 && len(p) != 2, len(p) == 0 || len(p) > 3:
			return false
		}
	}
	return true
}

// Ambiguous tells whether the two conventions give different numbers.
func (d Digits) Ambiguous() bool { return d.decimals[CommaDecimal] != d.decimals[PointDecimal] }

// Grouped tells whether a separator sets thousands apart, by at least one convention.
func (d Digits) Grouped() bool { return d.grouped }

// Len is the number of digits.
func (d Digits) Len() int { return len(d.digits) }

// Decimals is how many digits follow the decimal separator by that convention.
func (d Digits) Decimals(c Convention) int { return d.decimals[c] }

// EndsIn tells whether the digits end so, separators aside.
func (d Digits) EndsIn(suffix string) bool { return strings.HasSuffix(d.digits, suffix) }

// Int is the number where it is a whole number of at most nine digits without separators, else -1.
func (d Digits) Int() int {
	if d.grouped || d.decimals != [2]int{0, 0} || len(d.digits) > 9 {
		return -1
	}
	n := 0
	for _, c := range d.digits {
		n = n*10 + int(c-'0')
	}
	return n
}

// Value is the number by that convention, times ten to the scale.
func (d Digits) Value(c Convention, s Scale) Decimal {
	return decimalOf(d.digits, int32(s)-int32(d.decimals[c]))
}

// Step is the step of the last significant digit written: 10000 for 450.000, 0.01 for 5.00, 10⁸ for 19,2 at scale 9.
// Zeros that end a whole number are not significant.
func (d Digits) Step(c Convention, s Scale) Decimal {
	exp := int32(s) - int32(d.decimals[c])
	if d.decimals[c] == 0 {
		significant := strings.TrimRight(d.digits, "0")
		if strings.Trim(significant, "0") == "" { // the number 0
			return NewDecimal(1, exp)
		}
		exp += int32(len(d.digits) - len(significant))
	}
	return NewDecimal(1, exp)
}

func decimalOf(digits string, exp int32) Decimal {
	if len(digits) <= 18 {
		var n int64
		for i := range len(digits) {
			n = n*10 + int64(digits[i]-'0')
		}
		return NewDecimal(n, exp)
	}
	d := MustDecimal(digits)
	return d.Mul(NewDecimal(1, exp))
}

// IsNumberByte tells whether a byte may stand inside a number that ReadDigits reads, blanks aside.
func IsNumberByte(c byte) bool { return c >= '0' && c <= '9' || c == '.' || c == ',' || c == '\'' }

// GroupingBlank is the length in bytes of a no-break or thin blank at the start of s that may group thousands, else 0.
func GroupingBlank(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '\u00a0', '\u2009', '\u202f':
		return n
	}
	return 0
}
