package twin

import (
	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// twins are two posts that say the same in two languages, the original first. At least one of them is given.
type twins struct {
	docs   [2]*rule.Document
	own    [2]bool // whether it is given, so that something can be reported of it
	stated bool    // a post says so; else they only share their name
	known  bool    // which one is the original is said, too
}

// twins pairs the given posts with their twins among the given ones, else among the others. Posts are twins where they
// have the same Translation, or where the Translation of one is the slug of the other, as with files that were read one
// by one. Given posts that have one slug in two languages ("de/x.md", "en/x.md") may be twins too.
func (x *examination) twins() []twins {
	groups := newTwinGroups(x.Given, x.Others)
	paired := map[*rule.Document]bool{}
	var out []twins
	for _, d := range x.Given {
		if paired[d] || languages[d.Post.Lang] == (rule.Say{}) {
			continue
		}
		twin, given := groups.twinOf(d, paired)
		if twin == nil {
			continue
		}
		paired[d], paired[twin] = true, true
		t := twins{docs: [2]*rule.Document{d, twin}, own: [2]bool{true, given}, stated: d.Post.Translation != "" || twin.Post.Translation != ""}
		t.known = isOriginal(d.Post) != isOriginal(twin.Post)
		if translates(d.Post, twin.Post) {
			t.docs[0], t.docs[1] = t.docs[1], t.docs[0]
			t.own[0], t.own[1] = t.own[1], t.own[0]
		}
		out = append(out, t)
	}
	return out
}

// twinGroups are the posts that belong together, by a name that stands for their slugs and keys.
type twinGroups struct {
	leader        map[string]string
	given, others map[string][]*rule.Document
}

func newTwinGroups(given, others []*rule.Document) *twinGroups {
	g := &twinGroups{map[string]string{}, map[string][]*rule.Document{}, map[string][]*rule.Document{}}
	all := [][]*rule.Document{given, others}
	for _, docs := range all {
		for _, d := range docs {
			if p := d.Post; p.Translation != "" && p.Slug != "" {
				g.leader[g.find(p.Slug)] = g.find(p.Translation)
			}
		}
	}
	for n, docs := range all {
		for _, d := range docs {
			name := g.nameOf(d)
			if name == "" {
				continue
			}
			if n == 0 {
				g.given[name] = append(g.given[name], d)
			} else {
				g.others[name] = append(g.others[name], d)
			}
		}
	}
	return g
}

// find is the name of the group that a slug or key belongs to.
func (g *twinGroups) find(name string) string {
	for g.leader[name] != "" && g.leader[name] != name {
		name = g.leader[name]
	}
	return name
}

func (g *twinGroups) nameOf(d *rule.Document) string {
	if d.Post.Translation != "" {
		return g.find(d.Post.Translation)
	}
	if d.Post.Slug == "" {
		return ""
	}
	return g.find(d.Post.Slug)
}

// twinOf is the first post in another language that belongs to a given one and has no twin yet, the given ones first.
func (g *twinGroups) twinOf(d *rule.Document, paired map[*rule.Document]bool) (twin *rule.Document, given bool) {
	name := g.nameOf(d)
	if name == "" {
		return nil, false
	}
	fits := func(o *rule.Document) bool {
		return !paired[o] && o.Post.Lang != d.Post.Lang && languages[o.Post.Lang] != (rule.Say{})
	}
	for _, o := range g.given[name] {
		if fits(o) {
			return o, true
		}
	}
	for _, o := range g.others[name] {
		if fits(o) && (d.Post.Translation != "" || o.Post.Translation != "") {
			return o, false
		}
	}
	return nil, false
}

// translates tells whether a is the translation of b. The original is the one whose slug is the key that both share
// (what "translation_of" and locale folders name); where that decides nothing, the one that appeared first, and of two
// of one day the English one.
func translates(a, b *cite.Post) bool {
	if x, y := isOriginal(a), isOriginal(b); x != y {
		return y
	}
	if !a.Published.IsZero() && !b.Published.IsZero() && a.Published != b.Published {
		return b.Published.Before(a.Published)
	}
	return a.Lang == unit.German
}

// isOriginal tells whether a post bears the name that twins share, or none says that it is a translation.
func isOriginal(p *cite.Post) bool { return p.Translation == "" || p.Translation == p.Slug }
