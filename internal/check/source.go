package check

// sources reports checkable claims that nothing backs.
func (x *examination) sources(d *Document) {}
