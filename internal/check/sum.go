package check

// sums finds parts that do not add up to their stated sum.
func (x *examination) sums(d *Document) {}
