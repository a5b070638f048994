package defillama

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"beleg/internal/unit"
)

// number is a number of an answer; text is what the upstream wrote. The zero number is not there.
type number struct {
	value float64
	text  string
}

func (n number) given() bool { return n.text != "" }

const (
	// longestNumber is well above a token supply of 78 digits.
	longestNumber = 400
	// safeDigits is how many significant digits a float64 keeps whatever they are.
	safeDigits = 15
)

func parseNumber(text string) (number, error) {
	if len(text) > longestNumber {
		return number{}, fmt.Errorf("a number of %d characters", len(text))
	}
	f, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil, math.IsNaN(f), math.IsInf(f, 0), strings.ContainsAny(text, "xX_pP"):
		return number{}, fmt.Errorf("%q is not a number that can be kept", clip(text))
	case f == 0 && significant(text) > 0:
		return number{}, fmt.Errorf("%q is too small a number", clip(text))
	}
	return number{f, text}, nil
}

// exact is the number's own text where the float64 is another number, else "".
func (n number) exact() string {
	if significant(n.text) <= safeDigits {
		return ""
	}
	d, err := unit.ParseDecimal(n.text)
	if err != nil || d.Equal(unit.FromFloat(n.value)) {
		return ""
	}
	return d.String()
}

// significant counts the digits between the first and the last that is not 0.
func significant(text string) int {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	mantissa = strings.Trim(strings.Replace(mantissa, ".", "", 1), "+-0")
	return len(mantissa)
}

// largestInt is the largest number up to which every whole number is a float64.
const largestInt = 1 << 53

// sum adds exactly and rounds once, so that the order of the numbers does not matter.
func sum(ns []number) number {
	var total float64
	whole := true
	for _, n := range ns {
		total += n.value
		whole = whole && n.value == math.Trunc(n.value) && math.Abs(n.value) <= largestInt && math.Abs(total) <= largestInt
	}
	if !whole {
		exact := unit.NewDecimal(0, 0)
		for _, n := range ns {
			exact = exact.Add(unit.FromFloat(n.value))
		}
		total = exact.Float64()
	}
	return number{total, strconv.FormatFloat(total, 'g', -1, 64)}
}
