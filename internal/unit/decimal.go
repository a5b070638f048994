package unit

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/cockroachdb/apd/v3"
)

// ErrNotDecimal is returned when a text is not a finite decimal number.
var ErrNotDecimal = errors.New("not a decimal number")

// digits is the precision of a division; sums and products are exact far beyond any figure a post states.
const digits = 60

var arithmetic = apd.BaseContext.WithPrecision(digits)

// Decimal is an exact, immutable decimal number. The zero Decimal is "absent", which differs from the number 0:
// it marshals to null, is left out with omitzero, and arithmetic on it gives the zero Decimal again.
type Decimal struct{ d *apd.Decimal }

// ParseDecimal reads a number in computer notation ("19200000000", "0.046", "-1.5e9").
// Errors wrap ErrNotDecimal; infinities and NaN are none.
func ParseDecimal(s string) (Decimal, error) {
	d, _, err := apd.NewFromString(s)
	if err != nil || d.Form != apd.Finite {
		return Decimal{}, fmt.Errorf("%w: %q", ErrNotDecimal, s)
	}
	return Decimal{d}, nil
}

// MustDecimal is ParseDecimal for constants in code; it panics on a text that is not a number.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// NewDecimal is coefficient × 10^exponent.
func NewDecimal(coefficient int64, exponent int32) Decimal {
	return Decimal{apd.New(coefficient, exponent)}
}

// FromFloat is the shortest decimal that reads back as f; absent for NaN and infinities.
func FromFloat(f float64) Decimal {
	var d apd.Decimal
	if _, err := d.SetFloat64(f); err != nil || d.Form != apd.Finite {
		return Decimal{}
	}
	return Decimal{&d}
}

// IsZero tells whether the Decimal is absent (the meaning of a zero value, and of omitzero); see Sign for the number 0.
func (d Decimal) IsZero() bool { return d.d == nil }

// Sign is -1, 0 or 1; 0 for an absent Decimal as well.
func (d Decimal) Sign() int {
	if d.d == nil {
		return 0
	}
	return d.d.Sign()
}

// String is the number without an exponent and without trailing zeros after the point; "" when absent.
func (d Decimal) String() string {
	if d.d == nil {
		return ""
	}
	var r apd.Decimal
	r.Reduce(d.d)
	return r.Text('f')
}

// Float64 is the nearest float; 0 when absent.
func (d Decimal) Float64() float64 {
	if d.d == nil {
		return 0
	}
	if f, ok := exactFloat(d.d); ok {
		return f
	}
	f, err := d.d.Float64()
	if err != nil {
		return 0
	}
	return f
}

// exactFloat is the nearest float of a decimal whose digits and power of ten are both floats exactly: then one
// multiplication or division rounds once, as it should (Clinger 1990). Nearly all numbers of texts are such.
func exactFloat(d *apd.Decimal) (float64, bool) {
	const mostDigits, mostPower = 1 << 53, 22
	if d.Form != apd.Finite || !d.Coeff.IsUint64() || d.Exponent < -mostPower || d.Exponent > mostPower {
		return 0, false
	}
	digits := d.Coeff.Uint64()
	if digits > mostDigits {
		return 0, false
	}
	f := float64(digits)
	if d.Exponent < 0 {
		f /= math.Pow10(int(-d.Exponent))
	} else {
		f *= math.Pow10(int(d.Exponent))
	}
	if d.Negative {
		f = -f
	}
	return f, true
}

// Cmp is -1, 0 or 1 as d is less than, equal to or greater than e. An absent Decimal sorts before every number.
func (d Decimal) Cmp(e Decimal) int {
	switch {
	case d.d == nil && e.d == nil:
		return 0
	case d.d == nil:
		return -1
	case e.d == nil:
		return 1
	}
	return d.d.Cmp(e.d)
}

// Equal tells whether both are the same number, or both absent.
func (d Decimal) Equal(e Decimal) bool { return d.Cmp(e) == 0 }

// Add is d + e.
func (d Decimal) Add(e Decimal) Decimal { return d.with(e, arithmetic.Add) }

// Sub is d − e.
func (d Decimal) Sub(e Decimal) Decimal { return d.with(e, arithmetic.Sub) }

// Mul is d × e.
func (d Decimal) Mul(e Decimal) Decimal { return d.with(e, arithmetic.Mul) }

// Quo is d ÷ e to 60 digits; absent when e is 0.
func (d Decimal) Quo(e Decimal) Decimal {
	if e.Sign() == 0 {
		return Decimal{}
	}
	return d.with(e, arithmetic.Quo)
}

// Abs is the number without its sign.
func (d Decimal) Abs() Decimal {
	if d.d == nil {
		return d
	}
	var r apd.Decimal
	r.Abs(d.d)
	return Decimal{&r}
}

func (d Decimal) with(e Decimal, op func(r, x, y *apd.Decimal) (apd.Condition, error)) Decimal {
	if d.d == nil || e.d == nil {
		return Decimal{}
	}
	var r apd.Decimal
	if _, err := op(&r, d.d, e.d); err != nil {
		return Decimal{}
	}
	return Decimal{&r}
}

// MarshalJSON gives the number as a decimal string, or null.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if d.d == nil {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON accepts a decimal string, a JSON number or null.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Decimal{}
		return nil
	}
	s := string(b)
	if len(b) > 1 && b[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	v, err := ParseDecimal(s)
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// round keeps n significant digits, half away from zero.
func (d Decimal) round(n int) Decimal {
	if d.d == nil || n <= 0 {
		return d
	}
	c := apd.BaseContext.WithPrecision(uint32(n))
	c.Rounding = apd.RoundHalfUp
	var r apd.Decimal
	if _, err := c.Round(&r, d.d); err != nil {
		return d
	}
	return Decimal{&r}
}
