package check

// textRules reports damage, missing currencies and figures that will age.
func (x *examination) textRules(d *Document) {}
