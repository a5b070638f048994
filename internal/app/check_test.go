package app

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/check"
	"beleg/internal/triage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// inFolder makes the terminal's folder the working directory, so that paths in reports are short.
func (term *terminal) inFolder() *terminal {
	term.t.Chdir(term.dir)
	return term
}

// golden compares what was printed with a file below testdata of the package; folder is where the package's tests began.
func (term *terminal) golden(folder, name string) {
	term.t.Helper()
	path := filepath.Join(folder, "testdata", name)
	got := strings.ReplaceAll(term.out.String(), term.dir, "DIR")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			term.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		term.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		term.t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func workingFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// report runs a check with --format json and gives its report, whatever the exit code.
func (term *terminal) report(args ...string) check.Report {
	term.t.Helper()
	term.run(append([]string{"check", "--format", "json"}, args...)...)
	var r check.Report
	if err := json.Unmarshal(term.out.Bytes(), &r); err != nil {
		term.t.Fatalf("%v in %s%s", err, term.out.String(), term.errs.String())
	}
	return r
}

// rulesOf are the rules of a file's findings, in order.
func rulesOf(f *check.File) []string {
	var rules []string
	for i := range f.Findings {
		rules = append(rules, f.Findings[i].Rule)
	}
	return rules
}

// draftPost has damage, a figure that ages, and no source.
const draftPost = "# Helium wächst\n\nDer Umsatz von Helium lag im Jahr 2025 bei 24 Millionen $.\n\n" +
	"Der Sektor wuchs von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden im Jahr 2025. Helium hat derzeit 450.000 Nutzer.\n"

const mendedPost = "# Helium wächst\n\nDer Umsatz von Helium lag im Jahr 2025 bei 24 Millionen $.\n\n" +
	"Der Sektor wuchs von 5,2 Milliarden $auf 19,2 Milliarden$ im Jahr 2025. Helium hat derzeit 450.000 Nutzer.\n"

func TestCheckReports(t *testing.T) {
	folder := workingFolder(t)
	term := newTerminal(t).inFolder()
	term.write("draft.md", draftPost)
	term.write("clean.md", "# Clean\n\nNothing here can be wrong ([source](https://example.org)).\n")
	term.want(ExitFindings, nil, "check", "draft.md", "clean.md")
	term.golden(folder, "check-no-data.txt")
	if _, err := os.Stat("beleg.db"); err == nil {
		t.Error("check made a database")
	}
	term.want(ExitFindings, nil, "check", "draft.md", "--lang", "en", "--published", "2026-02-10")
	term.golden(folder, "check-english.txt")

	term.upstream()
	term.want(ExitOK, nil, "collect", "solana-tvl")
	term.write("solana.md", samplePost)
	term.want(ExitOK, nil, "check", "solana.md")
	term.golden(folder, "check-data.txt")
}

func TestCheckExitCodes(t *testing.T) {
	term := newTerminal(t).inFolder()
	term.write("damage.md", draftPost)
	term.write("warning.md", "Der Umsatz von Helium lag im Jahr 2025 bei 24 Millionen.\n")
	term.write("note.md", "Helium hat derzeit 450.000 Nutzer, sagt [Helium](https://helium.com).\n")
	term.write("empty.md", "")
	tests := []struct {
		name string
		code int
		want []string
		args []string
	}{
		{"an error", ExitFindings, nil, []string{"damage.md"}},
		{"a warning is no error", ExitOK, []string{"text/currency"}, []string{"warning.md"}},
		{"a warning where warnings count", ExitFindings, nil, []string{"--fail-on", "warning", "warning.md"}},
		{"a note where warnings count", ExitOK, []string{"text/period"}, []string{"--fail-on", "warning", "note.md"}},
		{"an error where nothing counts", ExitOK, []string{"text/damage"}, []string{"--fail-on", "never", "damage.md"}},
		{"nothing to read", ExitOK, []string{"0 figures"}, []string{"empty.md"}},
		{"a missing file, after the others", ExitFailure, []string{"text/currency", "missing.md"}, []string{"missing.md", "warning.md"}},
		{"no file", ExitFailure, []string{"which posts?"}, nil},
		{"an address", ExitFailure, []string{"only files are checked"}, []string{"https://blog.example/post"}},
		{"no day", ExitFailure, []string{"--published", "2026"}, []string{"--published", "2026", "note.md"}},
		{"another format", ExitFailure, []string{"--format"}, []string{"--format", "xml", "note.md"}},
		{"standard input twice", ExitFailure, []string{"only once"}, []string{"-", "-"}},
		{"repairs of standard input among others", ExitFailure, []string{"--fix"}, []string{"--fix", "-", "note.md"}},
		{"no server there", ExitFailure, []string{"--server http://127.0.0.1:1"}, []string{"--server", "http://127.0.0.1:1", "note.md"}},
		{"no address of a server", ExitFailure, []string{"--server"}, []string{"--server", "beleg.example", "note.md"}},
		{"limits of a server", ExitFailure, []string{"--server-timeout", "--server-bytes"}, []string{"--server", "http://127.0.0.1:1", "--server-timeout", "1ms", "--server-bytes", "1", "note.md"}},
		{"no baseline", ExitFailure, []string{"--baseline", "missing.json"}, []string{"--baseline", "missing.json", "note.md"}},
		{"accepting into nothing", ExitFailure, []string{"need --baseline"}, []string{"--accept", "0123456789ab"}},
		{"a note for nothing", ExitFailure, []string{"--note"}, []string{"--note", "x", "note.md"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			term.t = t
			term.want(tt.code, tt.want, append([]string{"check"}, tt.args...)...)
		})
	}
}

func TestCheckReadsStandardInput(t *testing.T) {
	term := newTerminal(t)
	term.env.Stdin = strings.NewReader(draftPost)
	r := term.report("-")
	if len(r.Files) != 1 || r.Files[0].Path != "-" || r.Files[0].Published != "2026-02-12" || r.Files[0].Lang != "de" {
		t.Errorf("files %+v", r.Files)
	}
	for _, f := range r.Files[0].Figures {
		if got := draftPost[f.Start:f.End]; got != f.Text {
			t.Errorf("a figure lies at %q, want %q", got, f.Text)
		}
	}
	if got := rulesOf(&r.Files[0]); !cmp.Equal(got, []string{"source/missing", "text/damage", "text/period"}) {
		t.Errorf("findings %v", got)
	}
	var skipped []string
	for _, s := range r.Summary.RulesSkipped {
		skipped = append(skipped, s.Rule)
		if !strings.Contains(s.Reason, "beleg.db") {
			t.Errorf("%s was skipped because %q; want the database named", s.Rule, s.Reason)
		}
	}
	if !cmp.Equal(skipped, []string{"data/mismatch", "data/revised", "data/stale"}) {
		t.Errorf("skipped %v", skipped)
	}
}

func TestCheckFix(t *testing.T) {
	term := newTerminal(t).inFolder()
	file := term.write("draft.md", draftPost)
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	listing := strings.ReplaceAll(draftPost, "Helium wächst", "Auch Helium")
	term.write("folder/other.md", listing)
	term.write("folder/clean.md", "Es waren 5 Milliarden $.\n")
	term.want(ExitOK, []string{"draft.md: damage repaired: 1", filepath.Join("folder", "other.md") + ": damage repaired: 1"}, "check", "--fix", "draft.md", "folder")
	if strings.Contains(term.out.String(), "text/damage") {
		t.Errorf("the report still speaks of damage:\n%s", term.out.String())
	}
	for name, want := range map[string]string{"draft.md": mendedPost, "folder/other.md": strings.ReplaceAll(mendedPost, "Helium wächst", "Auch Helium"), "folder/clean.md": "Es waren 5 Milliarden $.\n"} {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v; want 0640", info.Mode(), err)
	}
	term.want(ExitOK, nil, "check", "--fix", "draft.md")
	if strings.Contains(term.errs.String(), "repaired") {
		t.Error("what is whole was repaired again")
	}

	term.env.Stdin = strings.NewReader(draftPost)
	term.want(ExitOK, []string{"standard input: damage repaired: 1", "text/period"}, "check", "--fix", "-")
	if diff := cmp.Diff(mendedPost, term.out.String()); diff != "" {
		t.Errorf("standard output (-want +got):\n%s", diff)
	}
	term.env.Stdin = strings.NewReader("\n\n")
	if term.want(ExitOK, nil, "check", "--fix", "-"); term.out.String() != "\n\n" {
		t.Errorf("blank lines became %q", term.out.String())
	}
	term.write("folder/broken.md", "---\ntitle: [\n---\n\n"+draftPost)
	term.write("again.md", draftPost)
	term.want(ExitFailure, []string{"broken.md"}, "check", "--fix", "again.md", "folder")
	if got, err := os.ReadFile("again.md"); err != nil || string(got) != draftPost {
		t.Errorf("a file was changed although another cannot be read: %v", err)
	}
}

func TestCheckBaseline(t *testing.T) {
	term := newTerminal(t).inFolder()
	term.write("draft.md", draftPost)
	before := term.report("draft.md")
	term.want(ExitOK, []string{"known.json: 3 accepted"}, "check", "--write-baseline", "known.json", "--note", "before the rules", "draft.md")
	term.want(ExitOK, []string{"3 weitere sind angenommen"}, "check", "--baseline", "known.json", "draft.md")
	list, err := triage.Read("known.json")
	if err != nil {
		t.Fatal(err)
	}
	damage := before.Files[0].Findings[1]
	want := triage.Entry{State: triage.Accepted, Rule: "text/damage", Path: "draft.md", Text: "auf19,2Milliarden", Note: "before the rules", Since: "2026-02-12"}
	if diff := cmp.Diff(want, list.Findings[damage.ID]); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}

	term.want(ExitOK, []string{"0 accepted, 1 opened again"}, "check", "--baseline", "known.json", "--reopen", damage.ID, "draft.md")
	term.want(ExitFindings, []string{"text/damage"}, "check", "--baseline", "known.json", "draft.md")
	term.want(ExitOK, []string{"1 accepted"}, "check", "--baseline", "known.json", "--accept", damage.ID)
	term.want(ExitOK, nil, "check", "--baseline", "known.json", "draft.md")
	term.want(ExitFailure, []string{"no finding of these posts has the id 0123456789ab"}, "check", "--baseline", "known.json", "--accept", "0123456789ab", "draft.md")
	term.want(ExitFailure, []string{"both"}, "check", "--baseline", "known.json", "--accept", "a", "--reopen", "a")

	// The text around a finding may move; the finding stays known. Another figure is another finding.
	term.write("draft.md", "Ein neuer Anfang.\n\n"+draftPost)
	term.want(ExitOK, nil, "check", "--baseline", "known.json", "draft.md")
	term.write("draft.md", draftPost+"\nUnd er wuchs von 6,2 Milliarden auf29,2Milliardenauf 29,2 Milliarden.\n")
	term.want(ExitFindings, []string{"auf29,2Milliarden"}, "check", "--baseline", "known.json", "draft.md")
}

func TestCheckRulesFile(t *testing.T) {
	term := newTerminal(t).inFolder()
	term.write("blog/2026/draft.md", draftPost)
	term.write("blog/beleg.yaml", "lang: en\nrules: {text/damage: warning, text/period: off}\nignore:\n  - {rule: source/missing, path: 2026, reason: sources follow}\n")
	term.want(ExitOK, []string{"Damaged text", "1 more is accepted or ignored"}, "check", "blog/2026/draft.md")
	if strings.Contains(term.out.String(), "text/period") || strings.Contains(term.out.String(), "source/missing") {
		t.Errorf("rules that are off or ignored speak:\n%s", term.out.String())
	}
	term.write("blog/2026/beleg.yaml", "rules:\n  text/damag: off\n")
	term.want(ExitFailure, []string{filepath.Join("blog", "2026", "beleg.yaml") + `:2: there is no rule "text/damag"`}, "check", "blog/2026/draft.md")
}

func TestCheckNamesWrongMarks(t *testing.T) {
	term := newTerminal(t).inFolder()
	term.write("draft.md", "# Lido\n\nDer TVL von Lido lag bei 32 Mrd. $. <!-- beleg: series=lido-tvll perid=2026 -->\n")
	term.want(ExitOK, []string{`draft.md:3: there is no series "lido-tvll"`, `draft.md:3: unknown key "perid"`}, "check", "draft.md")
}

// Translations are told by name, by folder and by Docusaurus' layout, whether the files or their folder are given.
func TestCheckRecognisesTranslations(t *testing.T) {
	const german, english = "# Lido\n\nDer TVL von Lido lag im Januar 2026 bei 32 Mrd. $.\n", "# Lido\n\nThe TVL of Lido was $320 billion in January 2026.\n"
	tests := []struct {
		name   string
		de, en string
		args   []string
	}{
		{"locale in the name", "lido.md", "lido.en.md", []string{"lido.md", "lido.en.md"}},
		{"both locales in the name", "lido.de.md", "lido.en.md", []string{"lido.de.md", "lido.en.md"}},
		{"folders", "de/lido.md", "en/lido.md", []string{"de/lido.md", "en/lido.md"}},
		{"folders, as a folder", "posts/de/lido.md", "posts/en/lido.md", []string{"posts"}},
		{"Docusaurus", "blog/2026-02-10-lido.md", "i18n/en/docusaurus-plugin-content-blog/2026-02-10-lido.md",
			[]string{"blog/2026-02-10-lido.md", "i18n/en/docusaurus-plugin-content-blog/2026-02-10-lido.md"}},
		{"Docusaurus, as folders", "blog/2026-02-10-lido.md", "i18n/en/docusaurus-plugin-content-blog/2026-02-10-lido.md", []string{"blog", "i18n"}},
		{"Docusaurus, as one folder", "blog/2026-02-10-lido.md", "i18n/en/docusaurus-plugin-content-blog/2026-02-10-lido.md", []string{"."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			term := newTerminal(t).inFolder()
			term.write(tt.de, german)
			term.write(tt.en, english)
			d, err := draftReader{env: &term.env, maxBytes: 1 << 20}.read(t.Context(), tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.posts) != 2 || d.posts[0].Translation == "" || d.posts[0].Translation != d.posts[1].Translation || d.posts[0].Lang == d.posts[1].Lang {
				t.Errorf("no translations of each other: %+v", d.posts)
			}
		})
	}
}

// What a server answers leads to the report that its database gives.
func TestCheckWithServer(t *testing.T) {
	term := newTerminal(t).inFolder()
	term.upstream()
	term.want(ExitOK, nil, "collect", "solana-tvl")
	term.write("stored/lido.md", "---\ntitle: Lido\ndate: 2026-02-01\nlang: de\n---\n\nDer TVL von Lido lag im Januar 2026 bei 32 Mrd. $.\n")
	term.want(ExitOK, nil, "posts", "add", "stored")
	term.write("draft.md", strings.Replace(samplePost, "7,38", "9,9", 1)+"\nDer TVL von Lido lag im Januar 2026 bei 100 Mrd. $.\n")
	local := term.report("draft.md")
	if local.Summary.Data.Source == "" || len(local.Summary.RulesSkipped) > 0 {
		t.Fatalf("the database was not used: %+v", local.Summary)
	}
	url := term.serving("--no-collect")
	remote := term.report("draft.md", "--server", url)
	if remote.Summary.Data.Source != url || remote.Summary.Data.Newest != local.Summary.Data.Newest {
		t.Errorf("data %+v, want that of %+v", remote.Summary.Data, local.Summary.Data)
	}
	for _, r := range []*check.Report{&local, &remote} {
		r.Summary.Data = check.DataUsed{}
		for i := range r.Files {
			for n := range r.Files[i].Findings {
				for k := range r.Files[i].Findings[n].Related {
					r.Files[i].Findings[n].Related[k].Path = "" // an address there, a path here
				}
			}
		}
	}
	if diff := cmp.Diff(asJSON(t, local), asJSON(t, remote)); diff != "" {
		t.Errorf("reports from database and server (-database +server):\n%s", diff)
	}
	if _, err := os.Stat("other.db"); err == nil {
		t.Error("--server made a database")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A given post takes the place of its stored copy, and knows the stored translations that the copy knew.
func TestCheckKnowsStoredCopiesAndTranslations(t *testing.T) {
	const german, english = "# Lido\n\nDer TVL von Lido lag im Januar 2026 bei 32 Mrd. $.\n", "# Lido and more\n\nThe TVL of Lido was $32 billion in January 2026.\n"
	tests := []struct{ name, stored, given string }{
		{"the same file", "blog/lido.md", "blog/lido.md"},
		{"the same post elsewhere", "blog/lido.md", "drafts/rewritten.md"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			term := newTerminal(t).inFolder()
			term.write("blog/lido.md", german)
			term.write("blog/lido.en.md", english)
			term.want(ExitOK, nil, "posts", "add", "blog")
			term.write(tt.given, german)
			cmd := CheckCmd{Files: []string{tt.given}, Lang: "auto", postSettings: postSettings{MaxPostBytes: 1 << 20}}
			job, err := cmd.prepare(&Globals{DB: term.path("beleg.db")}, &term.env)
			if err != nil {
				t.Fatal(err)
			}
			drafts, err := job.drafts.read(t.Context(), cmd.Files)
			if err != nil {
				t.Fatal(err)
			}
			known, err := job.evidence(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := known.close(); err != nil {
					t.Error(err)
				}
			}()
			given, others := job.documents(drafts.posts, known.posts)
			if len(given) != 1 || len(others) != 1 || others[0].Post.Title != "Lido and more" {
				t.Fatalf("%d given, %d others", len(given), len(others))
			}
			key := given[0].Post.Translation
			if key == "" || others[0].Post.Translation != key || given[0].Cited[0].Twin != key || others[0].Cited[0].Twin != key {
				t.Errorf("no translations of each other: %q and %q", key, others[0].Post.Translation)
			}
		})
	}
}

// What a report says of another post names the line in the file that it was read from.
func TestCheckKnowsFilesOfStoredPosts(t *testing.T) {
	term := newTerminal(t).inFolder()
	file := term.write("blog/lido.md", "# Lido\n\nDer TVL von Lido lag im Januar 2026 bei 32 Mrd. $.\n")
	term.want(ExitOK, nil, "posts", "add", file)
	cmd := CheckCmd{Files: []string{term.write("draft.md", "# Anders\n\nEs waren 5 %.\n")}, Lang: "auto", postSettings: postSettings{MaxPostBytes: 1 << 20}}
	job, err := cmd.prepare(&Globals{DB: term.path("beleg.db")}, &term.env)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := job.drafts.read(t.Context(), cmd.Files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := job.examine(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
	if got := string(drafts.files[file]); !strings.HasPrefix(got, "# Lido") {
		t.Errorf("the stored post's file is %q", got)
	}
}

func TestCheckReadsFeeds(t *testing.T) {
	term := newTerminal(t).inFolder()
	const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><link>https://blog.example</link><item><title>Lido</title>` +
		`<link>https://blog.example/lido</link><description>&lt;p&gt;Lido hat derzeit 450.000 Nutzer.&lt;/p&gt;</description></item></channel></rss>`
	term.write("feed.xml", feed)
	r := term.report("feed.xml")
	if len(r.Files) != 1 || r.Files[0].Path != "feed.xml" || len(r.Files[0].Figures) != 1 {
		t.Fatalf("files %+v", r.Files)
	}
	if f := r.Files[0].Figures[0]; feed[f.Start:f.End] != "450.000" {
		t.Errorf("the figure lies at %q", feed[f.Start:f.End])
	}
}
