package check

// shares finds stated shares that do not follow from part and whole.
func (x *examination) shares(d *Document) {}
