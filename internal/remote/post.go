package remote

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"beleg/internal/check/judge"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// The parts of the API's answers that are read.
type (
	wirePost struct {
		Slug          string        `json:"slug"`
		Title         string        `json:"title"`
		Lang          unit.Lang     `json:"lang"`
		Published     market.Period `json:"published"`
		URL           string        `json:"url"`
		Demonstration bool          `json:"demonstration"`
		Translation   string        `json:"translation"`
		Identity      string        `json:"identity"`
		SHA256        string        `json:"sha256"`
		Figures       []wireFigure  `json:"figures"`
	}
	wireFigure struct {
		cite.Figure
		Detail      cite.Verdict `json:"verdict_detail"`
		Fragment    string       `json:"fragment"`
		FragmentAt  int          `json:"fragment_at"`
		FragmentEnd int          `json:"fragment_end"`
		Per         cite.Per     `json:"per"`
		Nearly      bool         `json:"nearly"`
		HasSource   bool         `json:"has_source"`
		Paragraph   int          `json:"paragraph"`
	}
)

// Posts are the server's own posts, the newest first, with the figures that they state. Their text is no more than the
// sentences with figures. Demonstration posts are left out.
func (c *Client) Posts(ctx context.Context) ([]*rule.Document, error) {
	var list struct {
		Posts []wirePost `json:"posts"`
	}
	if err := c.get(ctx, &list, "posts"); err != nil {
		return nil, fmt.Errorf("read the list of posts: %w", err)
	}
	var own []wirePost
	for _, p := range list.Posts {
		if !p.Demonstration && len(own) < c.cfg.MaxPosts {
			own = append(own, p)
		}
	}
	docs := make([]*rule.Document, len(own))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(c.cfg.Parallel)
	for i := range own {
		group.Go(func() error {
			var p wirePost
			if err := c.get(ctx, &p, "posts", own[i].Slug); err != nil {
				return fmt.Errorf("read post %s: %w", own[i].Slug, err)
			}
			docs[i] = c.document(&p)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return docs, nil
}

func (c *Client) document(p *wirePost) *rule.Document {
	post := &cite.Post{Slug: p.Slug, Identity: p.Identity, URL: p.URL, Title: p.Title, Lang: p.Lang, Published: p.Published,
		Translation: p.Translation, SHA256: p.SHA256}
	if post.Identity == "" { // an older server
		post.Identity = "url:" + c.address(p)
	}
	doc := &rule.Document{Path: c.address(p), Post: post}
	text := textBuilder{lang: p.Lang}
	for i := range p.Figures {
		f := &p.Figures[i]
		cited := cite.Cited{Figure: f.Figure, Verdict: f.Detail, Slug: p.Slug, Title: p.Title, Lang: p.Lang, Published: p.Published,
			Fragment: f.Fragment, FragmentAt: f.FragmentAt, FragmentEnd: f.FragmentEnd, HasSource: f.HasSource, Twin: p.Translation,
			Link: cite.Link{Figure: f.ID, Subject: f.Subject, Metric: f.Metric, Series: f.Series, Confidence: f.Confidence}}
		cited.Figure.Per, cited.Figure.Nearly = f.Per, f.Nearly
		if f.Detail.Kind == cite.NotChecked && f.Detail.Reason == judge.ReasonIgnored {
			cited.Link.Ignored = f.Detail.Reason
		}
		text.add(&cited, f.Paragraph)
		doc.Cited = append(doc.Cited, cited)
	}
	post.Text = text.done()
	return doc
}

// address is where a post can be read.
func (c *Client) address(p *wirePost) string {
	if p.URL != "" {
		return p.URL
	}
	return c.cfg.URL + "/posts/" + p.Slug
}

// textBuilder puts a text together from the sentences that figures stand in, and gives the figures their places in it.
type textBuilder struct {
	lang      unit.Lang
	content   strings.Builder
	blocks    []cite.Block
	paragraph int
	sentence  string
	at        int // where the sentence begins
}

func (b *textBuilder) add(c *cite.Cited, paragraph int) {
	if c.FragmentAt < 0 || c.FragmentEnd > len(c.Fragment) || c.FragmentAt > c.FragmentEnd || c.Fragment == "" {
		c.Fragment, c.FragmentAt, c.FragmentEnd = c.Figure.Text, 0, len(c.Figure.Text)
	}
	fresh := len(b.blocks) == 0 || paragraph != b.paragraph
	if fresh || c.Fragment != b.sentence {
		b.append(c.Fragment, fresh)
		b.paragraph, b.sentence = paragraph, c.Fragment
	}
	f := &c.Figure
	f.At, f.AtEnd = b.at+c.FragmentAt, b.at+c.FragmentEnd
	f.Sentence = [2]int{b.at, b.at + len(c.Fragment)}
}

// append adds a sentence, in a paragraph of its own or to the last one.
func (b *textBuilder) append(sentence string, paragraph bool) {
	if b.content.Len() > 0 {
		b.content.WriteByte(map[bool]byte{true: '\n', false: ' '}[paragraph])
	}
	b.at = b.content.Len()
	b.content.WriteString(sentence)
	if paragraph {
		b.blocks = append(b.blocks, cite.Block{Kind: cite.Paragraph, Start: b.at})
	}
	b.blocks[len(b.blocks)-1].End = b.content.Len()
}

func (b *textBuilder) done() cite.Text {
	return cite.Text{Content: b.content.String(), Lang: b.lang, Blocks: b.blocks}
}
