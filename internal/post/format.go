package post

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// formatByExt is the format of files by the end of their names.
var formatByExt = map[string]Format{
	".md": Markdown, ".markdown": Markdown, ".mdx": MDX, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
	".txt": Text, ".text": Text, ".rss": Feed, ".atom": Feed,
}

// Beginnings of contents that tell their format.
var (
	feedStart     = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*)*<(?:rss|feed|rdf:rdf)[\s>]`)
	htmlStart     = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|section|div|p|h1)[\s>]`)
	markdownSigns = regexp.MustCompile("(?m)^#{1,6} \\S|^---[ \\t]*\\r?\\n[\\w]+:|\\]\\((?:https?:|/)|^(?:```|~~~)|^\\|.*\\|[ \\t]*\\r?\\n\\|[ :|-]+\\||\\*\\*\\S[^*\\n]*\\*\\*")
)

// xmlDeclaration is the first line of XML.
var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

// mdxSigns are what Markdown files have that a site reads as MDX whatever their names: imports, comments in braces.
var mdxSigns = regexp.MustCompile(`(?m)^import\s[^'"\n]*\sfrom\s+["']|\{/\*`)

// sniffed is how much of a content is looked at to tell its format.
const sniffed = 8 << 10

// detectFormat tells the format by the file's name, else by how its content begins.
func detectFormat(raw []byte, name string) Format {
	head := bytes.TrimPrefix(raw[:min(len(raw), sniffed)], []byte("\uFEFF"))
	if f, known := formatByExt[strings.ToLower(path.Ext(cleanPath(name)))]; known {
		if beforeCode, _, _ := bytes.Cut(head, []byte("```")); f == Markdown && mdxSigns.Match(beforeCode) {
			return MDX
		}
		return f
	}
	switch {
	case feedStart.Match(head):
		return Feed
	case htmlStart.Match(head):
		return HTML
	case markdownSigns.Match(head):
		return Markdown
	}
	return Text
}

// declared is an encoding that a file names itself.
var declared = regexp.MustCompile(`(?i)(?:<meta[^>]*charset\s*=\s*["']?|<\?xml[^>]*encoding\s*=\s*["'])([\w-]+)`)

// declaredEncoding is the single-byte encoding that HTML or a feed declares; nil where it declares none or another kind.
func declaredEncoding(raw []byte, f Format) *charmap.Charmap {
	if f != HTML && f != Feed {
		return nil
	}
	m := declared.FindSubmatch(raw[:min(len(raw), sniffed)])
	if m == nil {
		return nil
	}
	e, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return nil
	}
	cm, _ := e.(*charmap.Charmap)
	return cm
}
