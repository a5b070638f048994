package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"beleg/assets"
)

// assetSet are the files for the browser, ready to send, by the name that holds their hash.
type assetSet struct {
	files map[string]*rendered
	names map[string]string // plain name → name with hash
}

func loadAssets() (*assetSet, error) {
	set := &assetSet{files: map[string]*rendered{}, names: map[string]string{}}
	static, err := fs.Sub(assets.Static, "static")
	if err != nil {
		return nil, fmt.Errorf("embedded files: %w", err)
	}
	err = fs.WalkDir(static, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		return set.add(name, body)
	})
	if err != nil {
		return nil, fmt.Errorf("embedded files: %w", err)
	}
	return set, nil
}

func (a *assetSet) add(name string, body []byte) error {
	ext := path.Ext(name)
	doc := document{status: http.StatusOK, mime: mime.TypeByExtension(ext), body: body, fixed: true}
	if ext == ".svg" {
		doc.policy = policyImage
	}
	r, err := finish(doc, 0, time.Time{})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	hashed := strings.TrimSuffix(name, ext) + "." + r.etag[:10] + ext
	a.files[hashed], a.names[name] = r, hashed
	return nil
}

// url is the address of a file; its hash lets browsers keep it for ever.
func (a *assetSet) url(name string) (string, error) {
	hashed, ok := a.names[name]
	if !ok {
		return "", fmt.Errorf("no embedded file %q", name)
	}
	return "/assets/" + hashed, nil
}

func (s *Server) asset(c echo.Context) error {
	r, ok := s.assets.files[c.Param("*")]
	if !ok {
		return notFound("file", c.Param("*"))
	}
	c.Response().Header().Add("Vary", "Accept-Encoding")
	return r.send(c)
}

func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:12])
}
