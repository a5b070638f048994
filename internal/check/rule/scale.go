package rule

// Slips are the factors by which a number is off when a scale word was taken for its neighbour: German Billion is 10¹²,
// English billion 10⁹, and million and Milliarde are as easily mixed up.
var Slips = []float64{1e3, 1e6, 1e9}

// SlipOf is the factor by which two values differ if it is that of a slip, up to a relative tolerance; 0 if it is not.
// It is above 1 where a is the larger one.
func SlipOf(a, b Interval, tolerance float64) float64 {
	if a.High <= 0 || b.High <= 0 {
		return 0
	}
	for _, k := range Slips {
		switch {
		case a.Meets(b.By(k).Widen(tolerance)):
			return k
		case b.Meets(a.By(k).Widen(tolerance)):
			return 1 / k
		}
	}
	return 0
}
