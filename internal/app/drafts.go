package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/post"
)

// stdinName is how standard input is named on the command line and in reports.
const stdinName = "-"

// draftReader reads the posts that are to be checked.
type draftReader struct {
	env       *Env
	published market.Period // beats what the posts say
	maxBytes  int
}

// drafts are posts to be checked, with the bytes of the files they stand in.
type drafts struct {
	posts []cite.Post
	files map[string][]byte // by path as posts and reports name it
}

// read reads files, folders and standard input. What can be read is given with the error, which joins the rest.
func (r draftReader) read(ctx context.Context, names []string) (drafts, error) {
	d := drafts{files: map[string][]byte{}}
	var errs []error
	for _, name := range names {
		if _, again := d.files[name]; again {
			continue
		}
		posts, err := r.readOne(ctx, name, d.files)
		if err != nil {
			errs = append(errs, err)
		}
		d.posts = append(d.posts, posts...)
	}
	d.posts = post.Together(d.posts)
	return d, errors.Join(errs...)
}

func (r draftReader) readOne(ctx context.Context, name string, files map[string][]byte) ([]cite.Post, error) {
	if name == stdinName {
		raw, err := r.readAll(r.env.Stdin, "standard input")
		if err != nil {
			return nil, err
		}
		return r.parse(raw, name, files)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	if info.IsDir() {
		return r.readFolder(ctx, name, files)
	}
	raw, err := r.readFile(name)
	if err != nil {
		return nil, err
	}
	return r.parse(raw, name, files)
}

func (r draftReader) readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	defer func() { _ = f.Close() }() // opened for reading
	return r.readAll(f, name)
}

// readAll reads one byte more than is allowed, so that the parser sees what is too large.
func (r draftReader) readAll(in io.Reader, name string) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(in, int64(r.maxBytes)+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return raw, nil
}

func (r draftReader) options(path string) post.Options {
	return post.Options{Path: path, Published: r.published, Draft: true, Now: r.env.Now(), MaxBytes: r.maxBytes}
}

// parse reads the posts of a file. A file without any text has none, which is no error.
func (r draftReader) parse(raw []byte, name string, files map[string][]byte) ([]cite.Post, error) {
	path := name
	if name == stdinName {
		path = ""
	}
	posts, err := post.Parse(raw, r.options(path))
	if err != nil && !errors.Is(err, post.ErrEmpty) {
		return nil, err
	}
	files[name] = raw
	for i := range posts {
		if posts[i].Path == "" { // a feed is not where its posts are, but it is the file that is checked
			posts[i].Path = path
		}
	}
	return posts, nil
}

// readFolder reads the posts below a folder, and once more the files that they stand in.
func (r draftReader) readFolder(ctx context.Context, name string, files map[string][]byte) ([]cite.Post, error) {
	posts, err := post.ReadDir(ctx, name, r.options(""))
	errs := []error{err}
	for i := range posts {
		path := posts[i].Path
		if files[path] != nil {
			continue
		}
		raw, err := r.readFile(path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		files[path] = raw
	}
	return posts, errors.Join(errs...)
}

// reportPath is how reports name the file of a given post.
func reportPath(p *cite.Post) string {
	if p.Path == "" {
		return stdinName
	}
	return p.Path
}

// inputName is how messages call an input.
func inputName(path string) string {
	if path == stdinName {
		return "standard input"
	}
	return path
}
