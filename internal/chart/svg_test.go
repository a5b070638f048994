package chart

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/unit"
)

// readableSVG breaks a drawing into lines, for golden files that people can compare.
func readableSVG(svg []byte) []byte {
	return append(bytes.ReplaceAll(svg, []byte("><"), []byte(">\n<")), '\n')
}

func TestGoldenSVG(t *testing.T) {
	all := specs()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".svg", readableSVG(draw(t, all[name], SVGOptions{})))
		})
	}
	t.Run("standalone", func(t *testing.T) {
		s := all["cited"]
		s.Subtitle, s.Credit = "in US-Dollar, täglich", "Quelle: Beispiel, CC BY 4.0"
		golden(t, "standalone.svg", readableSVG(draw(t, s, SVGOptions{Standalone: true})))
	})
}

func TestGoldenOption(t *testing.T) {
	option, err := Option(specs()["simulated"])
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, option, "", " "); err != nil {
		t.Fatal(err)
	}
	golden(t, "option.json", append(b.Bytes(), '\n'))
}

func TestGoldenSparkline(t *testing.T) {
	s := specs()["highlight"]
	golden(t, "sparkline.svg", readableSVG(SparklineSVG(s)))
}

func TestSparklineOfNothingIsNothing(t *testing.T) {
	if svg := SparklineSVG(lineSpec(unit.English, nil)); svg != nil {
		t.Errorf("got %s", svg)
	}
}

func TestSparklineOfEqualValuesIsLevel(t *testing.T) {
	svg := string(SparklineSVG(lineSpec(unit.English, days("2026-01-01", 3, func(int) float64 { return 7 }))))
	if want := `d="M4 20L80 20L156 20"`; !strings.Contains(svg, want) {
		t.Errorf("no %s in %s", want, svg)
	}
}

// Two renderers, and two processes, give the same bytes.
func TestSameSpecificationSameBytes(t *testing.T) {
	s := specs()["cited"]
	want := draw(t, s, SVGOptions{})
	if os.Getenv("BELEG_PRINT_CHART") != "" {
		_, _ = os.Stdout.Write(append([]byte("\x02"), append(want, '\x03')...))
		return
	}
	r := newTestRenderer(t)
	for range 2 { // the engine is used again
		got, err := r.SVG(t.Context(), s, SVGOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Fatalf("drawn again (-first +again):\n%s", diff)
		}
	}
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSameSpecificationSameBytes$")
	again.Env = append(os.Environ(), "BELEG_PRINT_CHART=1")
	out, err := again.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, out, _ = bytes.Cut(out, []byte("\x02"))
	out, _, _ = bytes.Cut(out, []byte("\x03"))
	if diff := cmp.Diff(string(want), string(out)); diff != "" {
		t.Errorf("in another process (-here +there):\n%s", diff)
	}
}

// hostile are texts that try to break out of where they are put, or that XML cannot hold.
var hostile = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onload='alert(1)`, `]]><script>`, `<!--`, `&lt;b&gt; & &amp;`,
	"שלום العربية", "\x00\x01\x1b[31m", "\xff\xfe", "$ink", "@tick", "{b|x}", "{value}", "a\nb", strings.Repeat("lang ", 200), "{as_of}", "国",
}

func TestHostileTextsStayTexts(t *testing.T) {
	s := lineSpec(unit.English, days("2026-01-01", 60, wave(1, 100, 60)))
	for i, text := range hostile {
		s.Cited = append(s.Cited, Mark{Period: day("2026-01-02").AddDays(3 * i), Value: float64(7 * i % 90), Label: text, Post: text, URL: "/figure/a?" + text})
	}
	for lines := range slices.Chunk(hostile, MaxLines) {
		s.Series = s.Series[:1]
		for _, text := range lines[1:] {
			s.Series = append(s.Series, Series{Series: "x", Name: text, Unit: unit.USD, Points: s.Series[0].Points})
		}
		s.Series[0].Name = lines[0]
		s.Highlight = &Mark{Period: day("2026-01-20"), Value: 60, Label: lines[0]}
		option, err := Option(s)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(option, "<>") {
			t.Error("the option holds angle brackets, which a script element must not")
		}
		safe(t, draw(t, s, SVGOptions{}), false)
	}
}

func TestHostileTitlesStayTexts(t *testing.T) {
	font, err := loadTypeface(assetFiles())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range hostile {
		s := small()
		s.Title, s.Subtitle, s.Desc, s.Credit = text, text, text, text
		want := strings.TrimSpace(readable(text))
		s = s.legible()
		for _, as := range []form{inline, standalone, forPNG} {
			var f *frame
			if as != inline {
				f = newFrame(&s, font)
			}
			svg, err := compose(&s, &sketch{SVG: "<svg/>"}, f, as)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			safe(t, svg, as == standalone)
			if got := strings.TrimSpace(titleOf(t, svg)); got != want {
				t.Errorf("title %q became %q", want, got)
			}
		}
		safe(t, SparklineSVG(s), false)
	}
}

func titleOf(t *testing.T, svg []byte) string {
	t.Helper()
	var doc struct {
		Title string `xml:"title"`
	}
	if err := xml.Unmarshal(svg, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Title
}

// allowed are all elements and attributes that a drawing may have, in any form.
var (
	allowedElements = set("svg g a title desc path rect circle text tspan defs clipPath")
	allowedAttrs    = set(`xmlns class viewBox width height font-family font-size font-weight role aria-labelledby aria-hidden id href transform
		data-period data-value data-count d x y r rx cx cy fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap
		stroke-linejoin stroke-miterlimit paint-order text-anchor clip-path pointer-events`)
)

// safe checks that a drawing is well-formed and holds nothing that a page with a strict policy would refuse.
func safe(t *testing.T, svg []byte, styled bool) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	ids, references := map[string]bool{}, map[string]bool{}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !allowedElements[e.Name.Local] && (!styled || e.Name.Local != "style") {
			t.Errorf("element %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if !allowedAttrs[qualified(a.Name)] {
				t.Errorf("attribute %s of %s", qualified(a.Name), e.Name.Local)
			}
			switch a.Name.Local {
			case "id":
				if ids[a.Value] {
					t.Errorf("id %s twice", a.Value)
				}
				ids[a.Value] = true
			case "clip-path":
				references[strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")")] = true
			case "aria-labelledby":
				for id := range strings.FieldsSeq(a.Value) {
					references[id] = true
				}
			}
		}
	}
	for id := range references {
		if !ids[id] {
			t.Errorf("reference to %s, which is not there", id)
		}
	}
}

func TestDrawingsAreSafeForStrictPages(t *testing.T) {
	for name, s := range specs() {
		t.Run(name, func(t *testing.T) {
			safe(t, draw(t, s, SVGOptions{}), false)
			safe(t, SparklineSVG(s), false)
		})
	}
	for _, name := range []string{"cited", "several", "highlight", "dots"} {
		t.Run(name+" standalone", func(t *testing.T) { safe(t, draw(t, specs()[name], SVGOptions{Standalone: true}), true) })
	}
}

// Every painted element has a class beside its colour, or it would not follow the page's theme.
func TestColoursAreClasses(t *testing.T) {
	painted := regexp.MustCompile(`<[^>]*(?:fill|stroke)="#[0-9a-f]{6}"[^>]*>`)
	for name, s := range specs() {
		svg := draw(t, s, SVGOptions{})
		for _, e := range painted.FindAll(svg, -1) {
			if !bytes.Contains(e, []byte(`class="chart-`)) {
				t.Errorf("%s: %s has no class", name, e)
			}
		}
	}
}

func TestWhatAChartSays(t *testing.T) {
	all := specs()
	for _, c := range []struct {
		name       string
		want, none []string
	}{
		{"line-de", []string{"300 Mrd. $", "März 2025", "310,5 Mrd. $"}, []string{"bn", "<a "}},
		{"line-en", []string{"$300bn", "Mar 2025", "$310.5bn"}, []string{"Mrd."}},
		{"simulated", []string{"Simulierte Daten", "Stand 11. Februar 2026", "rekonstruiert", "zitiert", "118 %"}, nil},
		{"cited", []string{`href="#cited"`, `href="/figure/a"`, `data-count="3"`, "252 Mrd. $ · 2. April 2025 – Erster Beitrag", "3 zitierte Zahlen: 301 Mrd. $ – 302 Mrd. $", `data-value="252000000000"`}, nil},
		{"several", []string{"Stablecoins", "Solana", "Ethereum and its rollups", "Everything else"}, []string{"zitiert"}},
		{"several-narrow", []string{"Ethereum"}, nil},
		{"highlight", []string{"289 Mrd. $", `stroke-dasharray`, `class="chart-highlight" data-period="2025-09-01"`, `data-value="289000000000"`, "<title>289 Mrd. $ · 1. September 2025</title>"}, []string{"<a "}},
		{"gaps-provisional", []string{`stroke-dasharray`}, nil},
		{"negative", []string{"−$3m"}, nil},
		{"monthly-flow", []string{">0 $<", "11 Mrd. $"}, nil},
		{"dots", []string{`href="/figure/d"`, "10 Mrd. $"}, []string{"chart-s-line-1"}},
		{"one-point", []string{"$42"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			svg := strings.ReplaceAll(string(draw(t, all[c.name], SVGOptions{})), "\u00a0", " ")
			for _, want := range c.want {
				if !strings.Contains(svg, want) {
					t.Errorf("does not say %q", want)
				}
			}
			for _, none := range c.none {
				if strings.Contains(svg, none) {
					t.Errorf("says %q", none)
				}
			}
		})
	}
}

func TestRoles(t *testing.T) {
	all := specs()
	for _, c := range []struct {
		name string
		in   Spec
		o    SVGOptions
		want string
	}{
		{"a picture", all["line-de"], SVGOptions{}, "img"},
		{"with links it is a group, since a picture holds none", all["cited"], SVGOptions{}, "group"},
		{"a file has no links", all["cited"], SVGOptions{Standalone: true}, "img"},
	} {
		t.Run(c.name, func(t *testing.T) {
			svg := draw(t, c.in, c.o)
			if !bytes.Contains(svg, []byte(` role="`+c.want+`" aria-labelledby="c-title c-desc"`)) {
				t.Errorf("role is not %s: %.300s", c.want, svg)
			}
			if bytes.Contains(svg, []byte("<a ")) != (c.want == "group") {
				t.Errorf("role %s and links do not go together", c.want)
			}
		})
	}
}

// What a reader sees must not depend on how many values there are.
func TestManyPoints(t *testing.T) {
	for _, n := range []int{1000, 10_000} {
		points := days("1995-01-01", n, wave(1e9, 2e9, n))
		peak, dip, cited := n/3, n/2+1, n/5
		points[peak].Value, points[dip].Value = 9e9, 1e8
		s := lineSpec(unit.English, points)
		s.Cited = []Mark{{Period: points[cited].Period, Value: 1e9}}
		option, err := Option(s)
		if err != nil {
			t.Fatal(err)
		}
		var o struct {
			Series []struct {
				ID   string            `json:"id"`
				Data []json.RawMessage `json:"data"`
			} `json:"series"`
		}
		if err := json.Unmarshal(option, &o); err != nil {
			t.Fatal(err)
		}
		if o.Series[0].ID != "line-0" || len(o.Series[0].Data) > 4*DefaultWidth/pixelsPerX {
			t.Errorf("%d of %d points in %s", len(o.Series[0].Data), n, o.Series[0].ID)
		}
		kept := map[string]bool{}
		for _, d := range o.Series[0].Data {
			kept[string(d)] = true
		}
		for what, i := range map[string]int{"peak": peak, "dip": dip, "cited day": cited, "first": 0, "last": n - 1} {
			want, _ := json.Marshal(datum{instant(points[i].Period), points[i].Value})
			if !kept[string(want)] {
				t.Errorf("%d points: the %s is lost", n, what)
			}
		}
		svg := draw(t, s, SVGOptions{})
		safe(t, svg, false)
		if len(svg) > 60_000 {
			t.Errorf("%d points take %d bytes", n, len(svg))
		}
	}
}

func TestMarksLeadToPagesOnly(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"page", "/figure/a", "/figure/a"},
		{"other site", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"},
		{"place on the page", "#cited", "#cited"},
		{"script", "javascript:alert(1)", ""},
		{"script in disguise", " JavaScript:alert(1)", ""},
		{"data", "data:text/html,x", ""},
		{"no address", "http://a b/%zz", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := safeURL(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	s := specs()["cited"]
	s.Cited[0].URL, s.CitedURL = "javascript:alert(1)", "javascript:alert(2)"
	option, err := Option(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range [][]byte{option, draw(t, s, SVGOptions{})} {
		if bytes.Contains(out, []byte("javascript:")) {
			t.Errorf("leads to a script: %s", out)
		}
	}
}

func TestUnknownPartsOfADrawingAreErrors(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"OK", `<svg><path d="M0 0L1 1" stroke="#1b5e8c" fill="none"/></svg>`, nil},
		{"script", `<svg><script>x</script></svg>`, errElement},
		{"foreign object", `<svg><g><foreignObject/></g></svg>`, errElement},
		{"image", `<svg><image href="x"/></svg>`, errElement},
		{"new colour", `<svg><path d="M0 0L1 1" stroke="#123456" fill="none"/></svg>`, errColour},
		{"new colour that nobody sees", `<svg><path d="M0 0L1 1" stroke="#123456" stroke-opacity="0" fill="none"/></svg>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if err := newCleaner("c").clean(n); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestParseRefusesWhatIsNoDrawing(t *testing.T) {
	for _, in := range []string{"", "<svg>", "</svg>", "<svg></g></svg>", "<html/>", "<svg/><svg/>", `<svg a="></svg>`, "text"} {
		if n, err := parse(in); err == nil {
			t.Errorf("%q is read as %s", in, n)
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"events and classes go", `<g onclick="x" class="zr0-cls-1" clip-path="url(#zr0-c4)"><path d="M0 0L1 1" stroke="#1b5e8c" fill="none" onload="x"/></g>`,
			`<g clip-path="url(#c-0)"><path class="chart-s-line-1" d="M0 0L1 1" stroke="#1b5e8c" fill="none"/></g>`},
		{"styles become attributes", `<text style="font-size:11px;font-weight:600;fill:#1f1d1a" x="0">a</text>`,
			`<text class="chart-f-ink" font-size="11" font-weight="600" fill="#1f1d1a">a</text>`},
		{"so does the shorthand", `<text style="font: italic 600 13px 'A B', serif">a</text>`, `<text font-style="italic" font-weight="600" font-size="13">a</text>`},
		{"the middle of a text becomes a number", `<text dominant-baseline="central" y="3">a</text>`, `<text y="7.2">a</text>`},
		{"numbers are shortened", `<path d="M1.23456 -0.04L1e-7 100.05" fill="#1f1d1a"/>`, `<path class="chart-f-ink" d="M1.2 0L0 100.1" fill="#1f1d1a"/>`},
		{"but not in what is drawn larger", `<path d="M0.333 0" transform="matrix(6,0,0,6,1.23456,2)" fill="#1f1d1a"/>`,
			`<path class="chart-f-ink" d="M0.33 0" transform="matrix(6,0,0,6,1.23,2)" fill="#1f1d1a"/>`},
		{"what nobody sees goes", `<g><rect width="5" fill="none"/><path d="" fill="#1f1d1a"/><g/></g>`, ``},
		{"texts are escaped", `<text>a &amp; &lt;b&gt; "c"</text>`, `<text>a &amp; &lt;b&gt; &quot;c&quot;</text>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := parse("<svg>" + c.in + "</svg>")
			if err != nil {
				t.Fatal(err)
			}
			if err := newCleaner("c").clean(n); err != nil {
				t.Fatal(err)
			}
			got := strings.TrimSuffix(strings.TrimPrefix(n.String(), "<svg>"), "</svg>")
			if got == "<svg/>" {
				got = ""
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestShorteningTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`([MLZalz,](-?[0-9]{1,6}(\.[0-9]{1,9})?(e-?[0-9])? ?)?)*`).Draw(t, "path")
		digits := rapid.IntRange(0, 3).Draw(t, "digits")
		once := shorten(s, digits)
		if twice := shorten(once, digits); twice != once {
			t.Errorf("%q, then %q", once, twice)
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile {
		f.Add("<svg><text>" + s + "</text></svg>")
	}
	f.Add(`<svg><defs><clipPath id="a"><path d="M0 0" fill="#000"/></clipPath></defs><g clip-path="url(#a)"><path style="stroke:#1b5e8c" d="M1e9 -.5"/></g></svg>`)
	f.Add(`<svg><style>a</style><!-- c --><?p?><a xlink:href="javascript:x"/></svg>`)
	f.Add(`<svg><text x="1" x="2" style="font:">&#1;</text></svg>`)
	f.Fuzz(func(t *testing.T, in string) {
		n, err := parse(in)
		if err != nil {
			return
		}
		if newCleaner("c").clean(n) != nil {
			return
		}
		out := n.String()
		d := xml.NewDecoder(strings.NewReader(out))
		for {
			token, err := d.RawToken()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%q became %q: %v", in, out, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if !allowedElements[e.Name.Local] {
				t.Errorf("%q kept element %s", in, e.Name.Local)
			}
			for _, a := range e.Attr {
				if !allowedAttrs[qualified(a.Name)] && a.Name.Local != "dy" && a.Name.Local != "ry" && a.Name.Local != "font-style" {
					t.Errorf("%q kept attribute %s", in, qualified(a.Name))
				}
			}
		}
	})
}
