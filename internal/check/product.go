package check

// products finds rates that do not give the amounts stated for other spans, and counts that do not with a unit price.
func (x *examination) products(d *Document) {}
