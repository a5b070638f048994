package check

// compound finds compound rates that do not follow from their ends and years.
func (x *examination) compound(d *Document) {}
