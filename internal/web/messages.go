package web

import (
	"fmt"

	"beleg/internal/unit"
)

// text is a message in both languages of the pages.
type text struct{ en, de string }

func (t text) in(lang unit.Lang) string {
	if lang == unit.German {
		return t.de
	}
	return t.en
}

// messages are the words of the pages. Those with verbs are for messagef.
var messages = map[string]text{
	"site.tagline":        {"figures that keep their word", "Zahlen, die Wort halten"},
	"site.description":    {"Beleg ties the figures in blog posts to data: what a post says, what was known when it was published, and what is known today.", "Beleg verbindet die Zahlen in Blogbeiträgen mit Daten: was ein Beitrag sagt, was bei Erscheinen bekannt war und was heute bekannt ist."},
	"simulated":           {"Simulated", "Simuliert"},
	"simulated.explained": {"Every value here comes from a generator, and so does every comparison with what posts say. Nothing on these pages is real data.", "Jeder Wert hier kommt aus einem Generator, und damit auch jeder Vergleich mit dem, was Beiträge sagen. Nichts auf diesen Seiten sind echte Daten."},

	"nav.skip":    {"Skip to content", "Zum Inhalt"},
	"nav.label":   {"Main", "Hauptmenü"},
	"nav.data":    {"Data", "Daten"},
	"nav.posts":   {"Posts", "Beiträge"},
	"nav.sources": {"Sources", "Quellen"},

	"banner.label":  {"State of the sources", "Zustand der Quellen"},
	"banner.silent": {"These sources did not answer when they were last asked:", "Diese Quellen haben zuletzt nicht geantwortet:"},
	"banner.never":  {"never answered so far", "bisher nie geantwortet"},
	"banner.since":  {"last answer %s", "letzte Antwort %s"},
	"banner.demo":   {"What is known is shown. To see Beleg with simulated data, run", "Gezeigt wird, was bekannt ist. Wer Beleg mit simulierten Daten sehen möchte, startet"},

	"footer.claim": {"A figure without a receipt is an opinion.", "Eine Zahl ohne Beleg ist eine Meinung."},

	"dash.title": {"What the figures refer to", "Worauf sich die Zahlen beziehen"},
	"dash.posts": {"Posts that cite figures", "Beiträge, die Zahlen nennen"},
	"dash.empty": {"No data and no posts yet. Values appear here as soon as a source answers; posts as soon as they are added.", "Noch keine Daten und keine Beiträge. Werte erscheinen hier, sobald eine Quelle antwortet, Beiträge, sobald sie aufgenommen sind."},

	"card.nodata": {"no data yet", "noch keine Daten"},
	"card.stale":  {"out of date", "veraltet"},
	"card.days":   {"in 30 days", "in 30 Tagen"},
	"cited.one":   {"cited once", "einmal zitiert"},
	"cited.many":  {"cited %d times", "%d-mal zitiert"},
	"more.one":    {"one more figure", "eine weitere Zahl"},
	"more.many":   {"%d more figures", "%d weitere Zahlen"},
	"series.one":  {"one series", "eine Reihe"},
	"series.many": {"%d series", "%d Reihen"},

	"said.title":      {"What posts say", "Was Beiträge sagen"},
	"said.explained":  {"No series is tied to these figures. They are quotations from posts, no data, and no line is drawn through them.", "Diese Zahlen sind keiner Reihe zugeordnet. Sie sind Zitate aus Beiträgen, keine Daten, und werden nicht zu einer Linie verbunden."},
	"sector.noseries": {"There is no series with values for this sector yet.", "Für diesen Sektor gibt es noch keine Reihe mit Werten."},

	"chart.desc":   {"%s from %s to %s: at first %s, at last %s.", "%s von %s bis %s: anfangs %s, zuletzt %s."},
	"legend.data":  {"data", "Daten"},
	"legend.cited": {"as cited in posts", "wie in Beiträgen zitiert"},

	"series.range":               {"Time range", "Zeitraum"},
	"range.3m":                   {"3 months", "3 Monate"},
	"range.1y":                   {"1 year", "1 Jahr"},
	"range.5y":                   {"5 years", "5 Jahre"},
	"range.all":                  {"all", "alles"},
	"series.from":                {"from", "von"},
	"series.to":                  {"to", "bis"},
	"series.asof":                {"as known on", "Stand vom"},
	"series.show":                {"Show", "Zeigen"},
	"series.rebuilt":             {"Reconstructed: nothing had been recorded by %s. This is the earliest vintage, cut at that day.", "Rekonstruiert: Am %s war noch nichts aufgezeichnet. Gezeigt wird der früheste Stand bis zu diesem Tag."},
	"series.asof.note":           {"As known at the end of %s.", "Kenntnisstand am Ende des %s."},
	"series.nodata":              {"There are no values of this series yet.", "Für diese Reihe gibt es noch keine Werte."},
	"series.empty.span":          {"There are no values in this time range.", "In diesem Zeitraum gibt es keine Werte."},
	"series.cited":               {"Posts that cite this series", "Beiträge, die diese Reihe zitieren"},
	"series.values":              {"Values", "Werte"},
	"series.rows":                {"The newest %d of %d values in this range.", "Die neuesten %d von %d Werten dieses Zeitraums."},
	"series.download":            {"All of them:", "Alle:"},
	"series.revisions":           {"Revisions", "Revisionen"},
	"series.revisions.explained": {"Values that the source has changed since. They stay on record.", "Werte, die die Quelle seither geändert hat. Sie bleiben aufgezeichnet."},
	"series.held":                {"Held back", "Zurückgehalten"},
	"series.held.explained":      {"Values that looked implausible. They are not part of the series.", "Werte, die nicht plausibel waren. Sie gehören nicht zur Reihe."},
	"series.about":               {"About these data", "Über diese Daten"},
	"series.otherdef":            {"Also in use", "Auch gebräuchlich"},
	"series.source":              {"Source", "Quelle"},
	"series.source.more":         {"How this source stands", "Zustand dieser Quelle"},
	"series.license":             {"Licence", "Lizenz"},
	"series.span":                {"Covers", "Umfasst"},
	"series.span.value":          {"%s to %s, %s values", "%s bis %s, %s Werte"},
	"series.recorded":            {"Last recorded", "Zuletzt aufgezeichnet"},
	"series.origin":              {"from", "aus"},
	"series.id":                  {"Series", "Reihe"},
	"series.embed":               {"Embed", "Einbetten"},
	"series.embed.explained":     {"Paste one of these into a page. The chart stays up to date.", "Eines davon in eine Seite einfügen. Das Diagramm bleibt aktuell."},
	"series.embed.iframe":        {"Chart in a frame", "Diagramm in einem Rahmen"},
	"series.embed.image":         {"Image with link", "Bild mit Link"},
	"embed.subtitle":             {"%s on %s", "%s am %s"},
	"embed.rebuilt":              {"reconstructed", "rekonstruiert"},

	"table.period":   {"Day", "Tag"},
	"table.value":    {"Value", "Wert"},
	"table.status":   {"Status", "Status"},
	"table.recorded": {"Recorded", "Aufgezeichnet"},
	"table.before":   {"Earlier value", "Früherer Wert"},
	"table.known":    {"Known since", "Bekannt seit"},
	"table.replaced": {"Replaced", "Ersetzt"},

	"status.final":       {"final", "endgültig"},
	"status.provisional": {"provisional", "vorläufig"},
	"status.withdrawn":   {"withdrawn", "zurückgezogen"},
	"status.backfilled":  {"filled in later", "nachgetragen"},

	"posts.title":    {"Posts", "Beiträge"},
	"posts.lead":     {"Every post whose figures Beleg has read.", "Alle Beiträge, deren Zahlen Beleg gelesen hat."},
	"posts.demo":     {"These posts come with Beleg as a demonstration. They go when the first post of your own is added.", "Diese Beiträge liegen Beleg zur Vorführung bei. Sie verschwinden, sobald der erste eigene Beitrag aufgenommen ist."},
	"posts.demo.tag": {"demonstration", "Vorführung"},
	"posts.empty":    {"No posts yet. Add one with: beleg posts add FILE", "Noch keine Beiträge. Aufnehmen mit: beleg posts add DATEI"},

	"post.summary":       {"%d figures, %d with data, %d read only", "%d Zahlen, %d mit Daten, %d nur gelesen"},
	"post.off.one":       {"one differs from the data", "eine weicht von den Daten ab"},
	"post.off.many":      {"%d differ from the data", "%d weichen von den Daten ab"},
	"post.forecast.one":  {"one forecast", "eine Prognose"},
	"post.forecast.many": {"%d forecasts", "%d Prognosen"},
	"post.damaged.one":   {"one damaged passage", "eine beschädigte Stelle"},
	"post.damaged.many":  {"%d damaged passages", "%d beschädigte Stellen"},
	"post.undated":       {"undated", "ohne Datum"},
	"post.original":      {"Read the post", "Zum Beitrag"},
	"post.nofigures":     {"No figures were found in this post.", "In diesem Beitrag wurden keine Zahlen gefunden."},
	"post.sources":       {"Sources named by the post", "Quellen, die der Beitrag nennt"},
	"lang.de":            {"in German", "auf Deutsch"},
	"lang.en":            {"in English", "auf Englisch"},

	"figure.desc":         {"%s around the figure “%s”, %s.", "%s um die Zahl „%s“, %s."},
	"figure.written":      {"Written", "Geschrieben"},
	"figure.then":         {"Data then", "Daten damals"},
	"figure.now":          {"Newest value", "Neuester Wert"},
	"figure.readas":       {"Read as", "Gelesen als"},
	"figure.how":          {"How it was read", "Wie sie gelesen wurde"},
	"figure.number":       {"Number", "Zahl"},
	"figure.period":       {"Refers to", "Bezieht sich auf"},
	"figure.period.post":  {"the day of publication, %s", "den Tag der Veröffentlichung, %s"},
	"figure.about":        {"Is about", "Handelt von"},
	"figure.unlinked":     {"not certain enough to say", "nicht sicher genug zu sagen"},
	"figure.why":          {"Because of", "Weil"},
	"figure.confidence":   {"Confidence", "Sicherheit"},
	"figure.same":         {"The same in other places", "Dasselbe an anderen Stellen"},
	"figure.wrong":        {"Read wrongly?", "Falsch gelesen?"},
	"figure.wrong.pin":    {"The writer can bind the figure to a series and a period. Put this comment after it in the post; it wins over every guess:", "Wer den Beitrag schreibt, kann die Zahl an eine Reihe und einen Zeitraum binden. Dieser Kommentar hinter der Zahl geht jeder Vermutung vor:"},
	"figure.wrong.series": {"Series about this subject:", "Reihen zu diesem Gegenstand:"},
	"figure.wrong.ignore": {"Or leave the figure alone, with a reason:", "Oder die Zahl mit Begründung in Ruhe lassen:"},

	"verdict.agrees":           {"agrees", "stimmt"},
	"verdict.agrees-rounded":   {"agrees, rounded", "stimmt gerundet"},
	"verdict.was-true-on":      {"was true earlier", "galt früher"},
	"verdict.revised-since":    {"revised since", "seither revidiert"},
	"verdict.contradicted":     {"data say otherwise", "Daten sagen anderes"},
	"verdict.other-definition": {"depends on the definition", "hängt an der Definition"},
	"verdict.no-data-then":     {"no data for then", "keine Daten für damals"},
	"verdict.forecast":         {"forecast", "Prognose"},
	"verdict.source-only":      {"has a source", "mit Quelle"},
	"verdict.not-measurable":   {"not measurable", "nicht messbar"},
	"verdict.not-checked":      {"read only", "nur gelesen"},

	"reason.ignored":    {"left alone by the writer", "vom Autor ausgenommen"},
	"reason.damaged":    {"a damaged passage", "eine beschädigte Stelle"},
	"reason.unlinked":   {"what it is about is not certain enough", "worum es geht, ist nicht sicher genug"},
	"reason.no-series":  {"no series is tied to it", "keiner Reihe zugeordnet"},
	"reason.no-data":    {"the series has no values yet", "die Reihe hat noch keine Werte"},
	"reason.undated":    {"neither figure nor post has a date", "weder Zahl noch Beitrag haben ein Datum"},
	"reason.unit":       {"the series is in another unit", "die Reihe hat eine andere Einheit"},
	"reason.change":     {"the amount of a change, not a level", "der Betrag einer Änderung, kein Stand"},
	"reason.span":       {"an amount whose time span is not given", "ein Betrag ohne Angabe der Zeitspanne"},
	"reason.rate":       {"a level is compared, not an amount per time", "verglichen werden Stände, keine Beträge pro Zeit"},
	"reason.kind":       {"no series measures this kind of number", "keine Reihe misst diese Art von Zahl"},
	"reason.last-true":  {"last true on %s", "galt zuletzt am %s"},
	"reason.due":        {"due %s", "fällig %s"},
	"reason.met":        {"due %s, met", "fällig %s, eingetroffen"},
	"reason.missed":     {"due %s, missed", "fällig %s, verfehlt"},
	"reason.backfilled": {"compared with a value filled in later", "verglichen mit einem nachgetragenen Wert"},

	"sources.title":      {"Sources", "Quellen"},
	"sources.lead":       {"Where the data come from, on which terms, and whether each source answers.", "Woher die Daten kommen, zu welchen Bedingungen, und ob die Quelle antwortet."},
	"source.unasked":     {"not asked yet", "noch nicht gefragt"},
	"source.quiet":       {"did not answer", "hat nicht geantwortet"},
	"source.answered":    {"answered %s", "geantwortet %s"},
	"source.page":        {"Page", "Seite"},
	"source.attribution": {"Attribution", "Nennung"},
	"source.series":      {"Series", "Reihen"},
	"source.runs":        {"Latest runs", "Letzte Läufe"},
	"source.noruns":      {"No runs yet.", "Noch keine Läufe."},

	"run.started": {"Started", "Beginn"},
	"run.job":     {"Job", "Auftrag"},
	"run.outcome": {"Outcome", "Ergebnis"},
	"run.new":     {"New", "Neu"},
	"run.revised": {"Revised", "Revidiert"},
	"run.held":    {"Held", "Zurückgehalten"},

	"outcome.running":      {"running", "läuft"},
	"outcome.ok":           {"ok", "in Ordnung"},
	"outcome.not-modified": {"unchanged", "unverändert"},
	"outcome.failed":       {"failed", "fehlgeschlagen"},
	"outcome.interrupted":  {"interrupted", "unterbrochen"},

	"error.notfound": {"Nothing is here", "Hier ist nichts"},
	"error.request":  {"This request cannot be answered", "Diese Anfrage lässt sich nicht beantworten"},
	"error.server":   {"Something went wrong", "Etwas ist schiefgegangen"},
	"error.home":     {"To the overview", "Zur Übersicht"},
}

// message is a message in a language; an unknown key shows as itself, which a test forbids.
func message(lang unit.Lang, key string) string {
	m, ok := messages[key]
	if !ok {
		return key
	}
	return m.in(lang)
}

func messagef(lang unit.Lang, key string, args ...any) string {
	return fmt.Sprintf(message(lang, key), args...)
}
