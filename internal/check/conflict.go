package check

// conflicts finds values of one thing at one time that cannot both hold.
func (x *examination) conflicts() {}
