package app

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// block is a fenced block of the README.
type block struct{ lang, text string }

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// readmeBlocks are the fenced blocks of the README in a language.
func readmeBlocks(t *testing.T) []block {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	for _, m := range fence.FindAllStringSubmatch(string(readme), -1) {
		blocks = append(blocks, block{m[1], m[2]})
	}
	if len(blocks) == 0 {
		t.Fatal("the README has no fenced blocks")
	}
	return blocks
}

// The files and commands that the README shows can be taken as they are: YAML is YAML, a rules file is accepted, shell is
// shell, and every command of Beleg exists with its flags.
func TestReadmeExamples(t *testing.T) {
	for _, b := range readmeBlocks(t) {
		first, _, _ := strings.Cut(b.text, "\n")
		t.Run(b.lang+" "+first, func(t *testing.T) {
			switch {
			case strings.HasPrefix(b.text, "# "+rulesFile):
				if _, err := parseRules([]byte(b.text), rulesFile); err != nil {
					t.Error(err)
				}
			case b.lang == "yaml":
				var any yaml.Node
				if err := yaml.Unmarshal([]byte(b.text), &any); err != nil {
					t.Error(err)
				}
			case b.lang == "sh":
				parseShell(t, b.text)
			}
			for _, words := range commandsIn(b.text) {
				knownCommand(t, words)
			}
		})
	}
}

// The hooks that other repositories use run commands that there are.
func TestPreCommitHooks(t *testing.T) {
	raw, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct{ ID, Entry, Language, Files string }
	if err := yaml.Unmarshal(raw, &hooks); err != nil {
		t.Fatal(err)
	}
	for _, h := range hooks {
		if _, err := regexp.Compile(h.Files); err != nil || h.ID == "" || h.Language != "golang" {
			t.Errorf("hook %+v: %v", h, err)
		}
		found := commandsIn(h.Entry)
		if len(found) != 1 {
			t.Errorf("%s runs %q", h.ID, h.Entry)
		}
		for _, words := range found {
			knownCommand(t, words)
		}
	}
	if len(hooks) < 2 {
		t.Errorf("%d hooks", len(hooks))
	}
}

func parseShell(t *testing.T, script string) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell to parse it with")
	}
	cmd := exec.CommandContext(t.Context(), sh, "-n")
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// belegCommand is a call of Beleg: its words up to what ends a command.
var belegCommand = regexp.MustCompile(`(?m)(?:^|[\s"/])beleg +([a-z][^\n|;&>#]*)`)

// commandsIn are the calls of Beleg in a text, as words.
func commandsIn(text string) [][]string {
	var list [][]string
	for _, m := range belegCommand.FindAllStringSubmatch(strings.ReplaceAll(text, "\\\n", " "), -1) {
		list = append(list, strings.Fields(m[1]))
	}
	return list
}

// knownCommand reports a command or a flag that the command line does not have.
func knownCommand(t *testing.T, words []string) {
	t.Helper()
	var cli CLI
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	node := parser.Model.Node
	var flags []string
	add := func() {
		for _, f := range node.Flags {
			flags = append(flags, "--"+f.Name, "-"+string(f.Short))
		}
	}
	add()
	for len(words) > 0 && !strings.HasPrefix(words[0], "-") {
		i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == words[0] })
		if i < 0 {
			break
		}
		node, words = node.Children[i], words[1:]
		add()
	}
	if node.Type == kong.ApplicationNode {
		t.Errorf("there is no command %q", words)
	}
	for _, w := range words {
		name, _, _ := strings.Cut(strings.TrimRight(w, `",`), "=")
		if strings.HasPrefix(name, "--") && !slices.Contains(flags, name) {
			t.Errorf("%s has no flag %s", node.Path(), name)
		}
	}
}
