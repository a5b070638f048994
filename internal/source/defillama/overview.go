package defillama

import "beleg/internal/market"

// readOverview takes the chart, whose elements are the sums of UTC days.
func readOverview(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	var h history
	err := d.required([]string{"totalDataChart"}, func(member string) (err error) {
		if member != "totalDataChart" {
			return d.skip()
		}
		h, err = d.pairs()
		return err
	})
	return repeat(h, len(want)), d.finish(err)
}
