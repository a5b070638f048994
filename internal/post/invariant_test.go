package post

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"beleg/internal/cite"
)

// checkPost fails the test where a post's text does not lead back to the file it came from.
func checkPost(t testing.TB, raw []byte, p *cite.Post) {
	t.Helper()
	if err := brokenPost(raw, p); err != nil {
		t.Fatalf("%s: %v", p.Title, err)
	}
}

// brokenPost is what is wrong with a post as every post must be, nil where nothing is.
func brokenPost(raw []byte, p *cite.Post) error {
	if p.Offset < 0 || p.Offset+len(p.Raw) > len(raw) || !bytes.Equal(p.Raw, raw[p.Offset:p.Offset+len(p.Raw)]) {
		return fmt.Errorf("Raw is not the file's bytes from %d on", p.Offset)
	}
	if p.Slug == "" || p.Identity == "" || p.Title == "" || p.Lang == "" || len(p.SHA256) != 64 {
		return fmt.Errorf("slug %q, identity %q, title %q, language %q or hash %q is missing", p.Slug, p.Identity, p.Title, p.Lang, p.SHA256)
	}
	if p.Slug != Slug(p.Slug) {
		return fmt.Errorf("slug %q is none", p.Slug)
	}
	if !utf8.ValidString(p.Text.Content) {
		return fmt.Errorf("text is not UTF-8")
	}
	for _, broken := range []func(*cite.Post) error{brokenRuns, brokenBlocks, brokenLinks} {
		if err := broken(p); err != nil {
			return err
		}
	}
	return nil
}

func brokenRuns(p *cite.Post) error {
	content := p.Text.Content
	at, src := 0, 0
	for i, r := range p.Text.Runs {
		if r.Len <= 0 || r.SrcLen <= 0 || r.At < at || r.At+r.Len > len(content) {
			return fmt.Errorf("run %d %+v: not in order in the text (after %d of %d)", i, r, at, len(content))
		}
		if r.Src < src || r.Src+r.SrcLen > len(p.Raw) {
			return fmt.Errorf("run %d %+v: not in order in the file (after %d of %d)", i, r, src, len(p.Raw))
		}
		if gap := content[at:r.At]; strings.Trim(gap, " \t\n^") != "" {
			return fmt.Errorf("run %d: %q before it comes from nowhere", i, gap)
		}
		words := content[r.At : r.At+r.Len]
		if !utf8.ValidString(words) {
			return fmt.Errorf("run %d cuts a character", i)
		}
		if r.Len == r.SrcLen && words != string(p.Raw[r.Src:r.Src+r.SrcLen]) {
			return fmt.Errorf("run %d: %q is %q in the file", i, words, p.Raw[r.Src:r.Src+r.SrcLen])
		}
		at, src = r.At+r.Len, r.Src+r.SrcLen
	}
	if gap := content[at:]; strings.Trim(gap, " \t\n^") != "" {
		return fmt.Errorf("%q at the end comes from nowhere", gap)
	}
	return nil
}

func brokenBlocks(p *cite.Post) error {
	content := p.Text.Content
	at, titled := 0, false
	for i, b := range p.Text.Blocks {
		if b.Start >= b.End || b.End > len(content) {
			return fmt.Errorf("block %d %+v is empty or outside", i, b)
		}
		if sep := content[at:b.Start]; i > 0 && sep != "\n" || i == 0 && sep != "" {
			return fmt.Errorf("block %d: %q before it", i, sep)
		}
		words := content[b.Start:b.End]
		if b.Kind != cite.Code && strings.ContainsAny(words, "\n\r") {
			return fmt.Errorf("block %d %q has a line end", i, words)
		}
		if b.Kind != cite.Code && strings.TrimFunc(words, isSpace) != words {
			return fmt.Errorf("block %d %q has white space around it", i, words)
		}
		if b.Kind == cite.Title {
			if titled {
				return fmt.Errorf("block %d is a second title", i)
			}
			titled = true
		}
		at = b.End
	}
	if at != len(content) {
		return fmt.Errorf("text goes on after the last block: %q", content[at:])
	}
	return nil
}

func brokenLinks(p *cite.Post) error {
	at := 0
	for i, l := range p.Text.Links {
		b := p.Text.BlockAt(l.Start)
		if l.Start < at || l.Start >= l.End || b < 0 || l.End > p.Text.Blocks[b].End || l.URL == "" {
			return fmt.Errorf("link %d %+v is out of place", i, l)
		}
		at = l.End
	}
	at = 0
	for i, m := range p.Text.Marks {
		if m.At < at || m.At > len(p.Text.Content) || m.Src < 0 || m.Src >= m.SrcEnd || m.SrcEnd > len(p.Raw) || len(m.Keys) == 0 {
			return fmt.Errorf("mark %d %+v is out of place", i, m)
		}
		if !bytes.Contains(p.Raw[m.Src:m.SrcEnd], []byte("beleg:")) {
			return fmt.Errorf("mark %d is %q in the file", i, p.Raw[m.Src:m.SrcEnd])
		}
		at = m.At
	}
	return nil
}
