package app

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const figuresPost = "# Der Markt\n\nDer DePIN-Sektor ist von **5,2** Mrd. $ auf fast 19,2 Mrd. $ gewachsen, ein Plus von 270 %.\nSeit 2023 sind es 50–85 % weniger Kosten[^1].\n\n```\nport 8080\n```\n"

func TestFiguresJSONLines(t *testing.T) {
	term := newTerminal(t)
	path := term.write("post.md", figuresPost)
	term.want(ExitOK, nil, "figures", "--format", "jsonl", path)
	var texts []string
	for line := range strings.Lines(term.out.String()) {
		var f struct {
			ID, Text, Kind, Value, Low, High, Unit, Precision, Qualifier, Change, Relation string
			Start, End                                                                     int
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if f.ID == "" || figuresPost[f.Start:f.End] != f.Text && f.Text != "5,2 Mrd. $" {
			t.Errorf("%q is not what the file has at %d to %d: %q", f.Text, f.Start, f.End, figuresPost[f.Start:f.End])
		}
		texts = append(texts, strings.Join([]string{f.Kind, f.Value + f.Low + ".." + f.High, f.Unit, f.Precision, f.Qualifier, f.Change, f.Relation}, " "))
	}
	want := []string{
		"money 5200000000.. USD 100000000  from r1",
		"money 19200000000.. USD 100000000 about to r1",
		"percent 270.. % 10  growth r1",
		"percent 50..85 % 1  decline ",
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(term.path("beleg.db")); err == nil {
		t.Error("figures made a database")
	}
}

func TestFiguresForPeople(t *testing.T) {
	term := newTerminal(t)
	path := term.write("post.md", figuresPost)
	term.want(ExitOK, []string{
		"auf fast [19,2 Mrd. $] gewachsen", "19,2 Mrd. $ = $19,200,000,000 · money · about · change: to · relation r1",
		"50–85 % = 50% to 85%",
	}, "figures", path)
	if strings.Contains(term.out.String(), "\x1b") {
		t.Error("colour where there is no terminal")
	}
	term.want(ExitOK, []string{"because: number, magnitude, unit USD", "2023 is no figure: year"}, "figures", "--explain", path)
	term.want(ExitOK, []string{"\x1b[1;36m19,2 Mrd. $\x1b[0m"}, "figures", "--color", "always", path)
}

func TestFiguresInput(t *testing.T) {
	term := newTerminal(t)
	term.env.Stdin = strings.NewReader("They raised $5m in 2025.")
	term.want(ExitOK, []string{`"value":"5000000"`}, "figures", "-", "--format", "jsonl", "--lang", "en")
	term.env.Stdin = strings.NewReader("")
	term.want(ExitOK, nil, "figures", "-")
	term.want(ExitFailure, []string{"nowhere.md"}, "figures", term.path("nowhere.md"))
	term.want(ExitFailure, []string{"--lang"}, "figures", "--lang", "fr", "-")

	hostile := term.write("hostile.txt", "Es waren 5 Mio. $ \x1b[2J und mehr.")
	if term.want(ExitOK, []string{"[5 Mio. $]"}, "figures", hostile); strings.Contains(term.out.String(), "\x1b") {
		t.Error("a control sequence of the text reaches the terminal")
	}
}
