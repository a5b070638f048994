// Package data embeds what Beleg ships beside its code: the catalogue of sectors, subjects, metrics, sources,
// series and jobs, and the posts of the demonstration. The database that may lie in the same folder is not part of it.
package data

import "embed"

// Catalog holds the catalogue's YAML files under catalog/.
//
//go:embed catalog/*.yaml
var Catalog embed.FS
