package post

import (
	"strings"

	"beleg/internal/cite"
)

// Merge is the posts without repetitions, in order: of two posts with one identity, or with one author and title,
// the one with the fuller text stays and takes over what only the other knew.
func Merge(posts []cite.Post) []cite.Post {
	at := map[string]int{}
	var out []cite.Post
	for _, p := range posts {
		i, seen := at[p.Identity]
		if !seen && p.Author != "" {
			i, seen = at["title:"+titleKey(p.Author, p.Title)]
			seen = seen && out[i].Lang == p.Lang && !bothLocated(&out[i], &p)
		}
		if !seen {
			i = len(out)
			out = append(out, p)
		} else {
			out[i] = fuller(out[i], p)
		}
		at[p.Identity] = i
		if p.Author != "" {
			at["title:"+titleKey(p.Author, p.Title)] = i
		}
	}
	return out
}

// bothLocated tells whether two posts stand at different URLs, or in different files of their own: a column of one
// author may well have one title.
func bothLocated(a, b *cite.Post) bool {
	kind := func(p *cite.Post) string { k, _, _ := strings.Cut(p.Identity, ":"); return k }
	return kind(a) != "title" && kind(a) == kind(b)
}

// fuller is the post of the two with more text, completed from the other.
func fuller(a, b cite.Post) cite.Post {
	more := len(readingWords(&b)) - len(readingWords(&a))
	if more > 0 || more == 0 && a.Offset > 0 && b.Offset == 0 { // of two equals the one with a file of its own
		a, b = b, a
	}
	if a.URL == "" && b.URL != "" {
		a.URL, a.Identity = b.URL, b.Identity
	}
	if a.Published.IsZero() {
		a.Published, a.PublishedFrom = b.Published, b.PublishedFrom
	}
	a.Author, a.Translation = first(a.Author, b.Author), first(a.Translation, b.Translation)
	return a
}

// TeaserOf tells whether a is no more than the beginning of b: the same title and, word for word, how the text starts.
// A stored post is not to be replaced by its own teaser.
func TeaserOf(a, b *cite.Post) bool {
	if titleKey("", a.Title) != titleKey("", b.Title) {
		return false
	}
	short, long := readingWords(a), readingWords(b)
	return len(short) < len(long) && strings.HasPrefix(long, strings.TrimRight(short, "…."))
}

// readingWords is a post's text without title and byline.
func readingWords(p *cite.Post) string {
	var b strings.Builder
	for _, k := range p.Text.Blocks {
		if k.Kind == cite.Title || k.Kind == cite.Byline {
			continue
		}
		b.WriteString(p.Text.Content[k.Start:k.End])
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// LinkTwins gives posts that are translations of each other one key: where a post says that it translates another one,
// by slug, path or URL, that other one gets the key too. Posts that have a key keep it.
func LinkTwins(posts []cite.Post) {
	bySlug := map[string]int{}
	for i := range posts {
		bySlug[posts[i].Slug] = i
	}
	for i := range posts {
		key := posts[i].Translation
		j, ok := bySlug[key]
		if key == "" || !ok || j == i {
			continue
		}
		if posts[j].Translation == "" {
			posts[j].Translation = key
			continue
		}
		posts[i].Translation = posts[j].Translation
	}
}
