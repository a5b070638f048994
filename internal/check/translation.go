package check

// translations compares posts with their twins in the other language.
func (x *examination) translations() {}
