package post

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"beleg/data"
	"beleg/internal/cite"
)

// Read reads the posts of a file, or of all files in a folder and the folders below it. What cannot be read is left
// out and told in the error, one *Error per file; the posts that could be read are returned with it.
func Read(ctx context.Context, name string, opt Options) ([]cite.Post, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	if info.IsDir() {
		return ReadDir(ctx, name, opt)
	}
	opt.Path = name
	return readFile(os.DirFS(filepath.Dir(name)), filepath.Base(name), opt)
}

// readFile reads a file no further than the limit. Pipes and devices are not opened: they could keep a reader waiting.
func readFile(files fs.FS, name string, opt Options) ([]cite.Post, error) {
	opt = opt.withDefaults()
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, &Error{Path: opt.Path, Err: err}
	}
	if !info.Mode().IsRegular() {
		return nil, &Error{Path: opt.Path, Err: fmt.Errorf("%w: %s", ErrNotText, info.Mode().Type())}
	}
	if info.Size() > int64(opt.MaxBytes) {
		return nil, tooLarge(opt, info.Size())
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, &Error{Path: opt.Path, Err: err}
	}
	defer func() { _ = f.Close() }() // only read
	raw, err := io.ReadAll(io.LimitReader(f, int64(opt.MaxBytes)+1))
	if err != nil {
		return nil, &Error{Path: opt.Path, Err: err}
	}
	return Parse(raw, opt)
}

// Names in folders that hold no posts: what tools leave behind, and what a repository says about itself.
var (
	skippedFolders = set("node_modules vendor __pycache__")
	builtFolders   = set("build dist out public")
	skippedFiles   = set("readme changelog contributing license licence code_of_conduct security")
)

// ReadDir reads the posts in a folder and the folders below it, in the order of their names. Hidden files, those that
// begin with an underscore, node_modules and the like, and what a site's generator built are skipped, as are symbolic
// links that lead out of the folder and translations into languages other than German and English. Each file's error
// is one *Error in the joined error.
func ReadDir(ctx context.Context, name string, opt Options) ([]cite.Post, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	defer func() { _ = root.Close() }() // only read
	w := walker{files: root.FS(), name: name, opt: opt.withDefaults(), authors: map[string]map[string]string{}}
	err = fs.WalkDir(w.files, ".", func(p string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return w.visit(p, d, err)
	})
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("read posts in %s: %w", name, err))
	}
	return together(w.posts, name), errors.Join(w.errs...)
}

// Together makes one list of posts that were read one by one, as ReadDir does with those of a folder: without
// repetitions, each with a slug of its own, and translations of each other with one key.
func Together(posts []cite.Post) []cite.Post {
	return together(posts, commonFolder(posts))
}

func together(posts []cite.Post, root string) []cite.Post {
	posts = Merge(posts)
	pairLocales(posts, root)
	uniqueSlugs(posts)
	LinkTwins(posts)
	return posts
}

// commonFolder is the deepest folder that holds the files of all posts; those without a file do not count.
func commonFolder(posts []cite.Post) string {
	common, found := ".", false
	for i := range posts {
		if posts[i].Path == "" {
			continue
		}
		folder := path.Dir(cleanPath(posts[i].Path))
		if !found {
			common, found = folder, true
		}
		for common != folder && common != "." && common != "/" && !strings.HasPrefix(folder, common+"/") {
			common = path.Dir(common)
		}
	}
	return common
}

// walker goes through a folder.
type walker struct {
	files   fs.FS
	name    string
	opt     Options
	seen    int
	posts   []cite.Post
	errs    []error
	authors map[string]map[string]string // by folder
}

// visit reads one entry of a folder. Only too many files end the walk.
func (w *walker) visit(p string, d fs.DirEntry, err error) error {
	full := filepath.ToSlash(filepath.Join(w.name, filepath.FromSlash(p)))
	if err != nil {
		w.errs = append(w.errs, &Error{Path: full, Err: err})
		return nil //nolint:nilerr // told with the others once the walk is over
	}
	if d.IsDir() {
		if p != "." && w.skipFolder(p) {
			return fs.SkipDir
		}
		return nil
	}
	if !isPost(p) {
		return nil
	}
	if w.seen++; w.seen > w.opt.MaxFiles {
		return fmt.Errorf("%w files: the limit is %d", ErrTooMany, w.opt.MaxFiles)
	}
	posts, err := w.read(p, full)
	if err != nil {
		w.errs = append(w.errs, err)
	}
	w.posts = append(w.posts, posts...)
	return nil
}

func (w *walker) read(p, full string) ([]cite.Post, error) {
	opt := w.opt
	opt.Path = full
	if opt.Authors == nil {
		opt.Authors = w.names(path.Dir(p))
	}
	return readFile(w.files, p, opt)
}

// authorFiles are where a site keeps the names of its authors, below their keys.
var authorFiles = []string{"authors.yml", "authors.yaml"}

// names are the authors that the folder of a post, or one above it, keeps; a file that is no such list says nothing.
func (w *walker) names(dir string) map[string]string {
	if names, known := w.authors[dir]; known {
		return names
	}
	var names map[string]string
	for _, file := range authorFiles {
		raw, err := fs.ReadFile(w.files, path.Join(dir, file))
		if err == nil && len(raw) <= maxFrontMatter {
			names = authorList(raw)
		}
	}
	if names == nil && dir != "." {
		names = w.names(path.Dir(dir))
	}
	w.authors[dir] = names
	return names
}

// authorList reads a list of authors: a map from keys to maps with a name.
func authorList(raw []byte) map[string]string {
	var doc yaml.Node
	if yaml.Unmarshal(raw, &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil
	}
	names := map[string]string{}
	root := doc.Content[0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		author := resolve(root.Content[i+1])
		if author.Kind != yaml.MappingNode {
			continue
		}
		if name := lookup(author, "name"); name != nil && name.Kind == yaml.ScalarNode {
			names[root.Content[i].Value] = name.Value
		}
	}
	return names
}

// skipFolder tells whether a folder holds no posts.
func (w *walker) skipFolder(p string) bool {
	base := path.Base(p)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || skippedFolders[base] {
		return true
	}
	if builtFolders[base] {
		_, err := fs.Stat(w.files, path.Join(path.Dir(p), "package.json"))
		return err == nil
	}
	if locale := pathLocale(p + "/"); locale != "" {
		_, read := langTag(locale)
		return !read
	}
	return false
}

// isPost tells by its name whether a file is a post.
func isPost(p string) bool {
	base := strings.ToLower(path.Base(p))
	format, known := formatByExt[path.Ext(base)]
	return known && format != Feed && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "_") &&
		!skippedFiles[strings.TrimSuffix(base, path.Ext(base))]
}

// pairLocales finds posts that stand at the same place below folders named for languages ("de/x.md", "en/x.md"), and
// makes them translations of each other.
func pairLocales(posts []cite.Post, root string) {
	places := map[string][]int{}
	for i := range posts {
		if place := neutralPath(posts[i].Path, root); place != "" && posts[i].Translation == "" {
			places[place] = append(places[place], i)
		}
	}
	for _, twins := range places {
		if len(twins) < 2 {
			continue
		}
		key := posts[twins[0]].Slug
		for _, i := range twins {
			posts[i].Translation = key
			posts[i].Slug += "-" + string(posts[i].Lang)
		}
	}
}

// neutralPath is a path below root with its first folder named for a language taken out, "" where it has none.
func neutralPath(p, root string) string {
	rel, err := filepath.Rel(root, p)
	if err != nil {
		return ""
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	for i, part := range parts[:len(parts)-1] {
		if part == "de" || part == "en" {
			parts[i] = "*"
			return strings.Join(parts, "/")
		}
	}
	return ""
}

// uniqueSlugs gives each post a slug of its own.
func uniqueSlugs(posts []cite.Post) {
	owner := map[string]string{}
	for i := range posts {
		p := &posts[i]
		p.Slug = UniqueSlug(p.Slug, p.Identity, func(s string) bool { o, taken := owner[s]; return taken && o != p.Identity })
		owner[p.Slug] = p.Identity
	}
}

// Demonstration is the posts that come with Beleg, in the order of their names.
func Demonstration() ([]cite.Post, error) {
	names, err := fs.Glob(data.Posts, "posts/*.md")
	if err != nil {
		return nil, fmt.Errorf("read demonstration posts: %w", err)
	}
	var posts []cite.Post
	for _, name := range names {
		raw, err := fs.ReadFile(data.Posts, name)
		if err != nil {
			return nil, fmt.Errorf("read demonstration posts: %w", err)
		}
		more, err := Parse(raw, Options{Path: "data/" + name})
		if err != nil {
			return nil, fmt.Errorf("read demonstration posts: %w", err)
		}
		posts = append(posts, more...)
	}
	for i := range posts {
		posts[i].Demonstration = true
	}
	LinkTwins(posts)
	return posts, nil
}
