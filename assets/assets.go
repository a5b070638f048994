// Package assets embeds what pages are made of: templates, style, scripts, fonts and the chart engine.
package assets

import "embed"

// Templates are the pages, html/template.
//
//go:embed templates/*.html
var Templates embed.FS

// Static are the files that browsers fetch.
//
//go:embed static
var Static embed.FS

// Engine is what the server draws charts with: the script, the fonts it measures with, and resvg for PNG.
//
//go:embed engine
var Engine embed.FS
