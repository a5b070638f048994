package post

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// Resolving the markup of a paragraph takes a parser up to as many steps as the paragraph has bytes, for each character
// that can open something. What one paragraph may take, what a whole text may take, and what always may.
const (
	paragraphEffort = 1 << 26
	textEffort      = 1 << 31
	freeEffort      = 1 << 18
)

// openingMarks are the characters that can open something.
const openingMarks = "[]!<`*_~^"

// effortLimit turns paragraphs that would take too much effort into plain ones.
type effortLimit struct {
	spent int
	plain int // paragraphs turned
	first int // where the first of them stands
}

// plainBlock is a paragraph whose markup is left alone.
type plainBlock struct{ ast.BaseBlock }

var kindPlainBlock = ast.NewNodeKind("PlainBlock")

// Kind names the node.
func (*plainBlock) Kind() ast.NodeKind { return kindPlainBlock }

// IsRaw keeps the parser from looking for markup.
func (*plainBlock) IsRaw() bool { return true }

// Dump writes the node for debugging.
func (n *plainBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Transform replaces a paragraph that would take too much effort.
func (l *effortLimit) Transform(node *ast.Paragraph, reader gtext.Reader, _ parser.Context) {
	effort := effortOf(node, reader.Source())
	if effort <= paragraphEffort && (l.spent+effort <= textEffort || effort <= freeEffort) {
		l.spent += effort
		return
	}
	if l.plain == 0 {
		l.first = node.Lines().At(0).Start
	}
	l.plain++
	plain := &plainBlock{}
	plain.SetLines(node.Lines())
	node.Parent().ReplaceChild(node.Parent(), node, plain)
}

// effortOf is the length of a paragraph times the number of its opening marks.
func effortOf(node *ast.Paragraph, source []byte) int {
	var opening [256]bool
	for _, c := range []byte(openingMarks) {
		opening[c] = true
	}
	bytes, marks := 0, 0
	for i := range node.Lines().Len() {
		s := node.Lines().At(i)
		bytes += s.Len()
		for _, c := range source[s.Start:s.Stop] {
			if opening[c] {
				marks++
			}
		}
	}
	return bytes * marks
}
