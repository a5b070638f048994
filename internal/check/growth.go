package check

// growth finds stated growths, multiples and declines that do not follow from their own ends.
func (x *examination) growth(d *Document) {}
