//go:build !race

package figure

const underRace = 1
