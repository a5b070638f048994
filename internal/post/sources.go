package post

import (
	"regexp"
	"sort"
	"strings"

	"beleg/internal/cite"
)

// sourcesTitle is how the list of sources at a post's end is headed.
var sourcesTitle = regexp.MustCompile(`(?i)^[\s*_#]*(?:quellen|quelle|quellenangaben|quellenverzeichnis|quellennachweise?|einzelnachweise|nachweise|literatur|` +
	`sources?|references|citations|further reading|weiterführende links|quellen und (?:weiterführende )?links|` +
	`(?:quellen|sources) (?:&|und|and) (?:referenzen|references|weiterführende literatur|further reading))\s*:?[\s*_]*$`)

func isSourcesTitle(s string) bool { return len(s) <= longestHeading && sourcesTitle.MatchString(s) }

// inlineSources is a list of sources as one paragraph: "Quellen: A, B".
var inlineSources = regexp.MustCompile(`(?i)^(?:quellen?|sources?|references):\s`)

// collectSources marks the blocks of the list of sources, and is what they name. The list reaches from its heading to
// the next heading of its level.
func collectSources(t *cite.Text) []cite.SourceRef {
	var refs []cite.SourceRef
	inside, level := false, 0
	for i := range t.Blocks {
		b := &t.Blocks[i]
		words := t.Content[b.Start:b.End]
		switch {
		case b.Kind != cite.Code && b.Kind != cite.Title && isSourcesTitle(words):
			if b.Kind != cite.Heading {
				b.Kind, b.Level = cite.Heading, max(b.Level, 2)
			}
			inside, level = true, b.Level
		case inside && b.Kind == cite.Heading && b.Level <= level:
			inside = false
		case inside && b.Kind == cite.Heading, inside && b.Kind == cite.Code:
		case inside, b.Kind == cite.Paragraph && inlineSources.MatchString(words) && len(anchorsIn(t, *b)) > 0:
			b.Kind, b.Level = cite.Sources, 0
			refs = append(refs, blockSources(t, *b)...)
		}
	}
	return refs
}

// bareURL is a URL in running text; it does not end in punctuation.
var bareURL = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)\]}'*]`)

// blockSources is what one entry names: its links, else the URL it writes out, else its words alone.
func blockSources(t *cite.Text, b cite.Block) []cite.SourceRef {
	words := t.Content[b.Start:b.End]
	anchors := anchorsIn(t, b)
	if len(anchors) == 1 {
		title := trimSource(words)
		if m := bareURL.FindStringIndex(words); m != nil {
			title = trimSource(words[:m[0]] + words[m[1]:])
		}
		return []cite.SourceRef{{Title: first(title, anchors[0].URL), URL: anchors[0].URL}}
	}
	var refs []cite.SourceRef
	for _, a := range anchors {
		refs = append(refs, cite.SourceRef{Title: trimSource(t.Content[a.Start:a.End]), URL: a.URL})
	}
	if len(refs) > 0 {
		return refs
	}
	if s := trimSource(words); s != "" {
		return []cite.SourceRef{{Title: s}}
	}
	return nil
}

func trimSource(s string) string {
	return line1(strings.Trim(s, " \t:–—-|,;()[]<>"), longestStoredTitle)
}

// anchorsIn are the links whose words lie in a block.
func anchorsIn(t *cite.Text, b cite.Block) []cite.Anchor {
	lo := sort.Search(len(t.Links), func(i int) bool { return t.Links[i].Start >= b.Start })
	hi := lo
	for hi < len(t.Links) && t.Links[hi].End <= b.End {
		hi++
	}
	return t.Links[lo:hi]
}
