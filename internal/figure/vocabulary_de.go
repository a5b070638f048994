package figure

import (
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// germanVocabulary is what German texts say around numbers. All words are in lower case.
var germanVocabulary = vocabulary{
	lang: unit.German,
	roles: map[role]string{
		function: `der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
			und oder aber sondern denn weil dass daß ob wenn als wie während obwohl damit sodass sowie sowohl
			in im an am auf aus bei beim bis durch für fürs gegen gegenüber hinter mit nach neben ohne seit trotz über um unter von vom vor wegen zu zum zur zwischen
			pro je laut per ab außer innerhalb außerhalb statt anstatt anstelle inklusive
			ich du er sie es wir ihr ihre ihren ihrem ihrer seine seinen seinem seiner sein sich man wer was wo wann welche welcher welches diese dieser dieses diesen diesem
			jede jeder jedes jeden alle allem allen mehr weniger viele
			ist sind war waren wird werden wurde wurden worden hat haben hatte hatten kann können könnte könnten soll sollen sollte sollten will wollen muss müssen müsste
			darf dürfen dürfte mag möchte bleibt bleiben liegt liegen lag lagen beträgt betragen betrug macht machen
			nicht auch nur noch schon bereits dann da dort hier heute jetzt nun so sehr etwa rund fast knapp circa ca mindestens höchstens maximal
			insgesamt derzeit aktuell mittlerweile zusammen allein alleine davon dabei dafür daran darin darauf daraus wobei wodurch womit bzw jeweils monatlich jährlich täglich wöchentlich
			einschließlich darunter samt ausmachen erreichen erreicht zeigt zeigen verwaltet generiert generieren verarbeitet kostet kosten entspricht entsprechen`,
		article: `ein eine einen einem einer eines`,
		dating: `im in am seit bis vor nach ab jahr jahre jahres jahren ende anfang mitte dezember stand zeitraum für von zwischen sommer winter frühjahr herbst
			frühling vom spätestens heutigen`,
		growing: `mehr höher plus wachstum sprang sprangen gewann gewannen besser stärker rally aufschlag heben hebt hob hoben`,
		shrinking: `brach brachen einbrach fiel fielen fallen fällt sank sanken sinkt sinken gesunken senkt senken senkte senkten gesenkt senkung senkungen stürzt stürzte gestürzt
			kürzt kürzen kürzte minus weniger billiger abschlag spart sparen sparte rutscht rutschte gerutscht`,
		labelling: `phase schritt stufe etappe nr nummer dokument artikel art paragraph absatz abs abschnitt kapitel teil band seite spalte zeile ebene level layer tier
			version release update block epoche epoch slot fallstudie beispiel option punkt regel rule formular anhang klasse typ gruppe hypothese these frage antwort tag
			woche staffel folge episode ausgabe platz rang position id raum szenario fall lektion lesson prinzip säule welle generation head shard tabelle abbildung abb
			grafik anmerkung fußnote section chapter figure step abschn ziffer kohorte iteration modul module token paragraf absatz satz rn ziff az verfahren gate q quartal runde serie series bekanntmachung fehler port code http nummern autobahn gleis zimmer
			verordnung richtlinie form eip erc bip cip sip rfc iso din en kb issue pr`,
		sizing: `größe faktor wert score anzahl zahl länge breite tiefe höhe rate kurs index stand kgv beta rating multiplikator ratio verhältnis gesamtzahl batchgröße zahlen mal quote ziel`,
		product: `rtx gtx gpt cuda llama claude gemini iphone ipad windows android ios macos python apache rust node java solidity geforce ryzen epyc xeon threadripper
			antminer whatsminer avalon kimi qwen deepseek mistral grok gemma phi opus sonnet haiku sora chatgpt web industrie usb wifi pcie hdmi bluetooth ps playstation xbox
			boeing airbus falcon starship model fortune nasdaq russell dax stoxx s&p nikkei ftse sdax mdax euro-stoxx top`,
		foreseeing: `soll sollen sollte sollten strebt streben plant planen geplant rechnet rechnen zielt zielen ziel ziele zielwert will wollen kursziel kursziele`,
		abstract: `gründe grund prioritäten priorität ziele ziel schritte schritt faktoren faktor ebenen ebene säulen säule prinzipien prinzip phasen phase komponenten komponente
			herausforderungen herausforderung funktionen funktion arten art dinge ding fragen frage punkte punkt bereiche bereich aspekte aspekt optionen option möglichkeiten
			merkmale merkmal eigenschaften eigenschaft trends trend kategorien hauptkategorien lager wege weg ansätze ansatz mechanismen mechanismus szenarien szenario
			wettbewerbsansätze wellen stufen regeln kriterien themen teile worte wörter male mal hypothesen investmenthypothesen innovationen vorteile nachteile lektionen`,
		numbering: `null eins ein eine einen einem einer eines zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn
			neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend zweier dreier dutzend zwo
			halb halbe halben halbes halber hälfte drittel viertel fünftel sechstel siebtel achtel neuntel zehntel hundertstel tausendstel anderthalb eineinhalb zweieinhalb dreieinhalb
			doppelt doppelte doppelten doppelter komma minus negativ`,
	},
	months: []string{"januar jan jänner", "februar feb", "märz mär mrz", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "dezember dez"},
	stems: map[role]string{
		growing: `anstieg ansteig angestieg stieg steig gestieg wachs wächs wuchs gewachs anwachs angewachs zuwachs erhöh zunahm zunehm zugenomm zugeleg zuleg
			explodier angehob anheb verdoppel verdreifach vervierfach verfünffach verzehnfach kletter geklettert expandier ausgeweit verbesser gesteiger beschleunig größer schneller effizienter skalier effizienzsteigerung`,
		shrinking: `rückgang zurückgeh zurückgegang gefall einbruch einbrech eingebroch reduz reduktion verring schrumpf geschrumpf verlier verlor abstürz absturz abnahm abnehm abgenomm
			gekürz kürzung günstiger niedriger langsamer halbier einspar kosteneinspar komprimier verlangsam kostensenkung kostenreduktion`,
		foreseeing: `voraussicht prognos erwart könnte dürfte anstreb vorherge vorhers projiz angepeilt anvisier beabsicht prophezei hochrechn künftig zukünftig`,
	},
	qualifiers: []qualifierPhrase{
		{cite.Over, false, "über, mehr als, nicht weniger als, gut, etwas über, deutlich über, weit über, jenseits von, oberhalb von, größer als, höher als, übersteigt, übersteigen, überstieg, überstiegen, übertrifft, übertreffen, überschreitet, überschreiten, überschritt, knapp über, mehr wie, inzwischen über"},
		{cite.Under, false, "unter, weniger als, unterhalb von, kleiner als, niedriger als, knapp unter, kaum, nicht ganz"},
		{cite.UpTo, false, "bis zu, höchstens, maximal, max, nicht mehr als, bis maximal"},
		{cite.AtLeast, false, "mindestens, wenigstens, zumindest, mind, ab, minimum"},
		{cite.About, false, "rund, etwa, ungefähr, circa, ca, zirka, schätzungsweise, annähernd, geschätzte, geschätzten, geschätzt, geschätzter, um die, in etwa, grob, geschätzt auf, sich der marke von, nähert sich, nähern sich, grob geschätzt, in der größenordnung von, approx"},
		{cite.About, true, "fast, fast das, fast die, fast den, knapp, nahezu, beinahe, nahe, nah an, kurz vor, annähernd an"},
		{cite.Exact, false, "genau, exakt, präzise"},
	},
	behind: []qualifierPhrase{
		{cite.AtLeast, false, "oder mehr, oder höher, und mehr, oder größer, aufwärts, und darüber"},
		{cite.UpTo, false, "oder weniger, oder niedriger, und weniger"},
		{cite.Over, false, "plus"},
		{cite.Over, false, "überschritt, überschritten, überschreiten, überschreitet, überstieg, übersteigen, übersteigt, übertroffen, übertrifft, überschreiten wird"},
	},
	per: []perPhrase{
		{cite.PerSecond, "pro sekunde, je sekunde, in der sekunde"},
		{cite.PerHour, "pro stunde, je stunde, stündlich, in der stunde"},
		{cite.PerDay, "pro tag, je tag, täglich, am tag, tägliche, täglichen"},
		{cite.PerWeek, "pro woche, je woche, wöchentlich, in der woche, die woche"},
		{cite.PerMonth, "pro monat, je monat, monatlich, im monat, monatliche, monatlichen"},
		{cite.PerQuarter, "pro quartal, je quartal, vierteljährlich, im quartal, quartalsweise"},
		{cite.PerYear, "pro jahr, je jahr, jährlich, im jahr, p a, jährliche, jährlichen, per annum"},
		{cite.Annualised, "annualisiert, annualisierte, annualisierten, annualisierter, run rate, run-rate, aufs jahr hochgerechnet, jährlich wiederkehrend"},
		{cite.Compound, "cagr, durchschnittliche jährliche wachstumsrate, jährliche wachstumsrate"},
	},
}
