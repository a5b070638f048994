package post

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// identify settles URL, identity, slug and the key that the post shares with its twins. A post is told by its canonical
// URL, else by author and title where its own byline names them, else by its path.
func (d *draft) identify(p *cite.Post, opt Options) {
	from := opt.URL
	if d.feed {
		from = ""
	}
	p.URL = canonical(first(d.front.canonical, d.url), from)
	if p.URL == "" && !d.part {
		p.URL = canonical(opt.URL, "")
	}
	switch {
	case p.URL != "":
		p.Identity = "url:" + p.URL
	case p.Path != "" && p.Path != "-" && !d.part && (!d.bylined || p.Author == ""):
		p.Identity = "path:" + cleanPath(p.Path)
	default:
		p.Identity = "title:" + titleKey(p.Author, p.Title)
	}
	p.Slug = d.slug(p)
	if locale := pathLocale(p.Path); locale != "" && !d.part {
		p.Translation = p.Slug
		p.Slug += "-" + locale
	}
	if ref := first(opt.TranslationOf, d.front.translationOf); ref != "" {
		p.Translation = refSlug(ref)
	}
	if p.Translation != "" {
		return
	}
	for _, ref := range d.front.twins {
		if s := refSlug(ref); s != p.Slug && p.Translation == "" {
			p.Translation = s
		}
	}
	if p.Translation == "" && len(d.twins) > 1 {
		p.Translation = twinKey(append(d.twins, p.URL), first(opt.URL, p.URL))
	}
}

// slug is the post's own word for itself, else its URL's or its file's name, else its title.
func (d *draft) slug(p *cite.Post) string {
	name := first(urlName(d.front.slug), urlName(p.URL))
	if name == "" && !d.part {
		name = pathName(p.Path)
	}
	return Slug(first(name, p.Title))
}

// titleKey is an author and a title in the form that makes two posts the same.
func titleKey(author, title string) string {
	fold := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(norm.NFKC.String(s)), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}), " ")
	}
	return fold(author) + "|" + fold(title)
}

// cleanPath is a path with forward slashes and without detours.
func cleanPath(p string) string { return path.Clean(strings.ReplaceAll(p, `\`, "/")) }

// trackers are the parameters that a link carries for those who count clicks.
var trackers = regexp.MustCompile(`^(?:utm_.*|fbclid|gclid|mc_cid|mc_eid|ref)$`)

// canonical is an absolute http or https URL in its normal form, "" where raw is none. A page may name another page
// of its own site as canonical, not one of another site: from is where it was fetched, "" for a file.
func canonical(raw, from string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	if f, err := url.Parse(from); from != "" && (err != nil || !strings.EqualFold(bareHost(f), bareHost(u))) {
		return ""
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	u.Host = strings.TrimSuffix(strings.TrimSuffix(u.Host, ":443"), ":80")
	u.Fragment, u.RawFragment, u.User = "", "", nil
	q := u.Query()
	for k := range q {
		if trackers.MatchString(strings.ToLower(k)) {
			q.Del(k)
		}
	}
	u.RawQuery = q.Encode()
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return u.String()
}

func bareHost(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }

// Parts of file names that are not the post's name: a date before it, a locale and an extension after it.
var (
	nameDate   = regexp.MustCompile(`^\d{4}[-_/]\d{2}[-_/]\d{2}[-_/]?`)
	nameExt    = regexp.MustCompile(`(?i)\.(?:mdx?|markdown|html?|txt|text|xml)$`)
	nameLocale = regexp.MustCompile(`\.(de|en)$`)
	nameIndex  = regexp.MustCompile(`^(?:index|readme|_index)$`)
)

// pathName is the name of a post by its file: without date, locale and extension; an index file has its folder's name.
func pathName(p string) string {
	if p == "" || p == "-" {
		return ""
	}
	parts := strings.Split(cleanPath(p), "/")
	name := nameLocale.ReplaceAllString(nameExt.ReplaceAllString(parts[len(parts)-1], ""), "")
	if nameIndex.MatchString(strings.ToLower(name)) && len(parts) > 1 {
		name = parts[len(parts)-2]
	}
	if bare := nameDate.ReplaceAllString(name, ""); bare != "" {
		return bare
	}
	return name
}

// urlName is the last part of a URL's path.
func urlName(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return pathName(strings.Trim(u.Path, "/"))
}

// refSlug is the slug that a reference to another post means: a slug, a path or a URL.
func refSlug(ref string) string {
	if name := urlName(ref); name != "" {
		return Slug(name)
	}
	return Slug(ref)
}

// localeFolder is a folder of translations as Docusaurus lays them out, or the locale in a file's name.
var (
	localeFolder = regexp.MustCompile(`(?:^|/)i18n/([a-z]{2})(?:[-_][A-Za-z]+)?/`)
	localeName   = regexp.MustCompile(`\.([a-z]{2})\.(?:mdx?|markdown|html?|txt)$`)
)

// pathLocale is the locale that a path names by its layout, "" where it names none.
func pathLocale(p string) string {
	p = strings.ReplaceAll(p, `\`, "/")
	for _, re := range []*regexp.Regexp{localeFolder, localeName} {
		if m := re.FindStringSubmatch(p); m != nil {
			return m[1]
		}
	}
	return ""
}

// pathLang is the language that a path names.
func pathLang(p string) (unit.Lang, bool) { return langTag(pathLocale(p)) }

// twinKey is the key of posts that name each other's URLs; only those of one site count.
func twinKey(urls []string, from string) string {
	smallest := ""
	for _, u := range urls {
		c := canonical(u, from)
		if c != "" && (smallest == "" || c < smallest) {
			smallest = c
		}
	}
	if smallest == "" {
		return ""
	}
	return "url:" + smallest
}

// longestSlug is in bytes; it is cut at a word's end.
const longestSlug = 80

// umlauts are written out in slugs, as German does where it has no umlauts.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue", "ß", "ss", "ẞ", "ss", "'", "", "’", "")

// Slug is s as a name for URLs: lower-case ASCII letters, digits and single hyphens, at most 80 bytes, never empty.
// The same text always gives the same slug; different texts may share one, see UniqueSlug.
func Slug(s string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFKD.String(umlauts.Replace(norm.NFC.String(s))) {
		r = unicode.ToLower(r)
		if r < unicode.MaxASCII && asciiAlnum(byte(r)) {
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
			continue
		}
		hyphen = hyphen || !unicode.Is(unicode.Mn, r)
	}
	out := b.String()
	if out == "" {
		return "post-" + shortHash(s)
	}
	if len(out) <= longestSlug {
		return out
	}
	out = out[:longestSlug+1]
	if i := strings.LastIndexByte(out, '-'); i > longestSlug/2 {
		return out[:i]
	}
	return out[:longestSlug]
}

// UniqueSlug is slug, or where another post has it, slug with a hash of the identity: the order in which posts arrive
// decides only who keeps the plain one.
func UniqueSlug(slug, identity string, taken func(slug string) bool) string {
	if !taken(slug) {
		return slug
	}
	return slug + "-" + shortHash(identity)
}

// shortHash is eight hexadecimal digits that stand for s.
func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
