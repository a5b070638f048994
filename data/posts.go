package data

import "embed"

// Posts are the demonstration posts, by name: posts/*.md.
//
//go:embed posts/*.md
var Posts embed.FS
