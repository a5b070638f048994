//go:build race

package figure

// underRace is how many times as long everything takes with the race detector.
const underRace = 20
