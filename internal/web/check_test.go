package web

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"beleg/internal/check"
	"beleg/internal/check/prose"
	"beleg/internal/triage"
)

// damagedDraft has a passage that a page typeset as a formula.
const damagedDraft = `# Ein Entwurf

Der Sektor wuchs von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden Marktkapitalisierung.

Die Marktkapitalisierung der Stablecoins liegt bei 305,6 Milliarden US-Dollar <b>& mehr</b>.
`

func form(pairs ...string) (string, []string) {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v.Encode(), []string{"Content-Type", "application/x-www-form-urlencoded"}
}

func (s *site) post(path, body string, headers ...string) answer {
	s.t.Helper()
	return s.send(http.MethodPost, path, body, headers...)
}

func TestCheckPage(t *testing.T) {
	s := newSite(t)
	s.supply()
	s.get("/de/check").status(t, http.StatusOK).has(t, "Einen Entwurf prüfen", `<textarea id="text"`, `type="file"`, `type="date"`, "Nichts davon wird gespeichert")
	body, head := form("text", damagedDraft, "published", "2026-02-12")
	a := s.post("/de/check", body, head...).status(t, http.StatusOK)
	a.has(t, "Der Text mit behobenen Schäden", "<del", "305,6 Milliarden US-Dollar", "5,2 Milliarden $auf 19,2 Milliarden$",
		"Als veröffentlicht am 12. Februar 2026 genommen", "1 gegen Daten geprüft", `/embed/stablecoins-market-cap`, "Datenstand 12. Februar 2026")
	a.hasNot(t, "<b>&", "style=\"")
	if got := a.Header.Get("Cache-Control"); got != noStore {
		t.Errorf("Cache-Control %q", got)
	}
	posts, err := s.store.AllFigures(t.Context())
	if err != nil || len(posts) > 0 {
		t.Errorf("%d figures of a draft were stored (%v)", len(posts), err)
	}
}

func TestCheckUploads(t *testing.T) {
	s := newSite(t)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "entwurf.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(damagedDraft)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s.post("/en/check", body.String(), "Content-Type", w.FormDataContentType()).status(t, http.StatusOK).
		has(t, "Ein Entwurf", "Data checks not run", "The text with damage repaired")
}

func TestCheckRefuses(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Checks.MaxBytes = 2000 })
	long := strings.Repeat("Wörter ohne Zahl. ", 500)
	for _, tt := range []struct {
		name   string
		fields []string
		status int
		says   string
	}{
		{"nothing", []string{"text", " \n "}, http.StatusBadRequest, "paste a text or choose a file"},
		{"too large", []string{"text", long}, http.StatusRequestEntityTooLarge, "larger than 2000 bytes"},
		{"much too large", []string{"text", strings.Repeat(long, 20)}, http.StatusRequestEntityTooLarge, "larger than 2000 bytes"},
		{"no day", []string{"text", "a", "published", "2026-02"}, http.StatusBadRequest, `"published"`},
		{"no language", []string{"text", "a", "language", "fr"}, http.StatusBadRequest, "auto, de and en"},
		{"no text", []string{"text", "a\x00\x01\x02b"}, http.StatusUnprocessableEntity, "the text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body, head := form(tt.fields...)
			a := s.post("/en/check", body, head...).status(t, tt.status)
			if plain := html.UnescapeString(a.body); !strings.Contains(plain, tt.says) || !strings.Contains(plain, `<textarea id="text"`) {
				t.Errorf("the page does not say %q above the form: %.900s", tt.says, plain)
			}
		})
	}
}

func TestCheckBoundsHowManyRun(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Checks.Parallel = 1 })
	s.checking <- struct{}{} // one is under way
	a := s.post("/api/v1/check", "12 % mehr").status(t, http.StatusServiceUnavailable)
	a.has(t, "try again")
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	<-s.checking
	s.post("/api/v1/check", "12 % mehr").status(t, http.StatusOK)
}

func TestAPICheck(t *testing.T) {
	s := newSite(t)
	s.supply()
	a := s.post("/api/v1/check?published=2026-02-12", damagedDraft, "Content-Type", "text/markdown; charset=utf-8").status(t, http.StatusOK)
	var r check.Report
	a.decode(t, &r)
	if len(r.Files) != 1 || r.Files[0].Lang != "de" || r.Files[0].Published != "2026-02-12" || r.Summary.Data.Source == "" {
		t.Fatalf("report %+v", r.Summary)
	}
	fixed, n := prose.Fix([]byte(damagedDraft), r.Files[0].Findings)
	if n != 1 || !strings.Contains(string(fixed), "von 5,2 Milliarden $auf 19,2 Milliarden$ Marktkapitalisierung") {
		t.Errorf("%d repaired: %s", n, fixed)
	}
	s.post("/api/v1/check?speed=1", "a").status(t, http.StatusBadRequest).has(t, "speed")
	s.post("/api/v1/check?lang=fr", "a").status(t, http.StatusBadRequest).has(t, "lang")
	s.post("/api/v1/check", "{}", "Content-Type", "application/json").status(t, http.StatusUnsupportedMediaType)
	s.post("/api/v1/check", "").status(t, http.StatusUnprocessableEntity)
}

// conflicting are two posts that give one protocol two values for the same day.
var conflicting = [2]string{`---
title: "Lido heute"
date: 2026-02-10
slug: lido-heute
---

Lido ist das größte Protokoll für Liquid Staking. Der TVL von Lido liegt bei 32 Milliarden US-Dollar.
`, `---
title: "Lido morgen"
date: 2026-02-11
slug: lido-morgen
---

Der TVL von Lido beträgt 98 Milliarden US-Dollar. Kein anderes Protokoll ist so groß.
`}

const editorToken = "a token that nobody guesses"

func withEditor(dir string) func(*Config) {
	return func(c *Config) { c.EditorToken, c.Triage = editorToken, filepath.Join(dir, "findings.json") }
}

func TestFindingsArePrivate(t *testing.T) {
	s := newSite(t, withEditor(t.TempDir()))
	slug := s.add(conflicting[0])
	other := s.add(conflicting[1])
	a := s.get("/en/editor").status(t, http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != "/en/editor/login" {
		t.Errorf("led to %q", got)
	}
	s.get("/feed.atom").status(t, http.StatusUnauthorized)
	s.get("/en/posts/"+slug).hasNot(t, `id="findings"`)
	s.get("/api/v1/posts/"+slug).status(t, http.StatusOK).hasNot(t, "finding")
	bearer := []string{"Authorization", "Bearer " + editorToken}
	a = s.get("/en/posts/"+slug, bearer...)
	a.has(t, `id="findings"`, "98 Milliarden")
	if got := a.Header.Get("Cache-Control"); got != noStore {
		t.Errorf("an editor's page may be kept: %q", got)
	}
	s.get("/en/posts/"+slug).hasNot(t, `id="findings"`)
	both := s.get("/api/v1/posts/"+slug, bearer...).has(t, `"finding_count":`).body + s.get("/api/v1/posts/"+other, bearer...).body
	if !strings.Contains(both, `"cross/conflict"`) {
		t.Error("neither post has the conflict among its findings")
	}
	s.get("/en/editor", "Authorization", "Bearer wrong").status(t, http.StatusSeeOther)
}

func TestPublicFindings(t *testing.T) {
	s := newSite(t, func(c *Config) { c.PublicFindings = true })
	slug := s.add(conflicting[0])
	s.add(conflicting[1])
	s.get("/en/posts/"+slug).has(t, `id="findings"`)
	a := s.get("/en/editor").status(t, http.StatusOK)
	a.has(t, "cross/conflict", "32 Milliarden")
	a.hasNot(t, "/editor/triage")
	s.post("/editor/triage", "id=x&state=accepted").status(t, http.StatusForbidden)
}

func TestEditorDecides(t *testing.T) {
	dir := t.TempDir()
	s := newSite(t, withEditor(dir))
	s.add(conflicting[0])
	s.add(conflicting[1])
	body, head := form("token", "not the token at all")
	s.post("/en/editor/login", body, head...).status(t, http.StatusForbidden).has(t, "That is not the token")
	body, head = form("token", editorToken)
	a := s.post("/en/editor/login", body, head...).status(t, http.StatusSeeOther)
	cookie := a.Header.Get("Set-Cookie")
	if strings.Contains(cookie, editorToken) || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || !strings.Contains(cookie, "Secure") {
		t.Errorf("cookie %q", cookie)
	}
	cookie, _, _ = strings.Cut(cookie, ";")
	page := s.get("/en/editor?rule=cross/conflict", "Cookie", cookie).status(t, http.StatusOK)
	page.has(t, "Accept as it is", "cross/conflict")
	_, rest, found := strings.Cut(page.body, `name="id" value="`)
	if !found {
		t.Fatal("no form for a decision")
	}
	id, _, _ := strings.Cut(rest, `"`)
	body, head = form("id", id, "state", "accepted", "note", "  beide   sind alt ")
	head = append(head, "Cookie", cookie)
	s.post("/en/editor/triage", body, append(head, "Origin", "https://evil.example")...).status(t, http.StatusForbidden)
	s.post("/en/editor/triage", body, head...).status(t, http.StatusSeeOther)
	list, err := triage.Read(filepath.Join(dir, "findings.json"))
	if err != nil {
		t.Fatal(err)
	}
	if e := list.Findings[id]; e.State != triage.Accepted || e.Rule != "cross/conflict" || e.Since != "2026-02-12" {
		t.Errorf("kept %+v", e)
	}
	s.get("/en/editor?state=open", "Cookie", cookie).hasNot(t, id)
	s.get("/en/editor?state=accepted", "Cookie", cookie).has(t, id, "beide")
	s.get("/en/feed.atom", "Authorization", "Bearer "+editorToken).hasNot(t, id)
	bad, head2 := form("id", "nothing", "state", "accepted")
	s.post("/en/editor/triage", bad, append(head2, "Cookie", cookie)...).status(t, http.StatusNotFound)
	if err := os.WriteFile(filepath.Join(dir, "findings.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.get("/en/editor", "Cookie", cookie).status(t, http.StatusInternalServerError)
}

func TestEditorsPages(t *testing.T) {
	s := newSite(t, withEditor(t.TempDir()))
	s.supply()
	s.add(strings.ReplaceAll(stablecoinPost, "date: 2026-02-11", "date: 2025-06-11"))
	s.add(conflicting[0])
	s.add(conflicting[1])
	bearer := []string{"Authorization", "Bearer " + editorToken}
	for path, says := range map[string]string{
		"/de/editor/conflicts": "98 Milliarden",
		"/de/editor/drift":     "270 Milliarden",
		"/de/editor/forecasts": "Prognose",
		"/de/editor/cited":     "Marktkapitalisierung der Stablecoins",
	} {
		s.get(path, bearer...).status(t, http.StatusOK).has(t, says)
	}
	a := s.get("/de/feed.atom", bearer...).status(t, http.StatusOK)
	a.has(t, "<feed xmlns=", "cross/conflict", "https://beleg.example/de/posts/", "<updated>2026-02-12T")
}

func TestGuessesAreSlowed(t *testing.T) {
	s := newSite(t, withEditor(t.TempDir()))
	body, head := form("token", "wrong")
	for range guessBurst {
		s.post("/en/editor/login", body, head...).status(t, http.StatusForbidden)
	}
	s.post("/en/editor/login", body, head...).status(t, http.StatusTooManyRequests)
}

// What the command line and the API write is the same, byte for byte where nothing differs.
func TestReportKeys(t *testing.T) {
	s := newSite(t)
	var got map[string]any
	if err := json.Unmarshal([]byte(s.post("/api/v1/check", damagedDraft).body), &got); err != nil {
		t.Fatal(err)
	}
	summary, _ := got["summary"].(map[string]any)
	for _, key := range []string{"figures", "checked", "errors", "warnings", "notes", "rules_skipped", "data"} {
		if _, ok := summary[key]; !ok {
			t.Errorf("the summary lacks %q", key)
		}
	}
}
