package figure

import (
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// englishVocabulary is what English texts say around numbers. All words are in lower case.
var englishVocabulary = vocabulary{
	lang: unit.English,
	roles: map[role]string{
		function: `the a an this that these those its their his her our your my no
			and or but nor so yet because since while although if when than as whether where which who whom whose what how why
			of in on at by for from with without into onto over under above below between among through during before after about against across per via to up down off out near
			within until till toward towards behind beyond despite except plus minus versus vs
			i you he she it we they them him us me one ones some any each every all both more less most least many few much other others another
			is are was were be been being am has have had do does did will would can could shall should may might must
			not also only just even still already then there here now today very around roughly nearly almost approximately some least
			say says said see sees saw show shows showed come comes came go goes went make makes made take takes took get gets got hold holds held reach reaches reached run runs ran
			total totals totaled totalled use uses used rise rises rose fall falls fell grow grows grew cost costs listed worth now remains remain reported raised including
			stand stands stood cover covers cover account accounts accounted sit sits sat bring brings brought processed generated`,
		article: `a an`,
		dating:  `in since by until till before after from during of early late mid fiscal fy cy year years to between spring summer autumn fall winter through end start beginning q`,
		labelling: `phase step stage no number nr document article art paragraph section sec chapter part volume vol page p column row line tier level layer version release update build block epoch
			slot example option point rule form annex appendix class type group hypothesis question answer day week season episode issue rank position id scenario case lesson principle pillar wave
			generation head shard table figure fig note footnote cohort iteration module token gate q round series act title schedule item exhibit verse bip eip erc cip sip rfc iso route flight room unit
			district ward sector gen mark mk error port status chain code http order call highway interstate freeway pier clause`,
		sizing: `size factor value score count length width depth height rate index level number quantity quote ratio`,
		product: `rtx gtx gpt cuda llama claude gemini iphone ipad windows android ios macos python apache rust node java solidity geforce ryzen epyc xeon threadripper
			antminer whatsminer avalon kimi qwen deepseek mistral grok gemma phi opus sonnet haiku sora chatgpt web industry usb wifi pcie hdmi bluetooth ps playstation xbox
			boeing airbus falcon starship model fortune nasdaq russell dax stoxx nikkei ftse top`,
		growing: `up add adds added adding more above plus higher faster larger bigger better put gain gains gained jump jumps jumped rise rises rose risen rising grew grow grows growing grown growth
			climb climbs climbed climbing soar soars soared soaring boost boosts boosted rally rallied topped swell swelled swells scale scaled scales scaling surges surged jumping speedup lift lifts lifted lifting doubled doubling tripled quadrupled`,
		shrinking: `fall falls fell fallen falling drop drops dropped dropping dip dips dipped slid slide slides sliding sank sink sinks sinking lost lose loses losing cut cuts cutting lower less down below off
			slower cheaper fewer minus smaller shrank shrunk slump slumped slumps savings slip slips slipped slipping dipped ease eases eased easing tighten tightens tightened tightening narrow narrowed dwindle dwindled halved`,
		foreseeing: `will would should could might likely target targets aim aims hopes aiming plan plans planned planning goal goals poised reckon reckons projects slated`,
		abstract: `reasons reason priorities priority goals goal steps step factors factor layers levels pillars pillar principles principle phases phase components component challenges challenge
			functions function kinds kind things thing questions question points point areas area aspects aspect options option ways way features feature trends trend categories category camps
			approaches approach mechanisms mechanism scenarios scenario waves stages rules criteria topics parts words times lessons buckets sides ideas forms types examples takeaways problems issues`,
		numbering: `zero naught nought nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
			sixty seventy eighty ninety hundred thousand dozen dozens half third thirds quarter quarters fifth fifths sixth sixths eighth eighths tenth tenths hundredth twice thrice double doubles doubled doubling
			point minus negative triple tripled triples tripling quadruple quadrupled quadrupling halve halved halves halving`,
	},
	months: []string{"january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec"},
	stems: map[role]string{
		growing:    `increas surge surging expan accelerat improv advanc explod upward`,
		shrinking:  `decreas declin reduc plung tumbl shrink downward`,
		foreseeing: `expect forecast projected projection predict targeting anticipat outlook`,
	},
	qualifiers: []qualifierPhrase{
		{cite.Over, false, "over, more than, above, exceeding, exceeds, exceed, exceeded, just over, well over, in excess of, greater than, higher than, beyond, past, passed, passes, surpassed, surpassing, surpasses, upwards of, topping, topped, north of, not less than, larger than"},
		{cite.Under, false, "under, less than, below, fewer than, just under, lower than, smaller than, south of"},
		{cite.UpTo, false, "up to, at most, no more than, not more than, as much as, as many as, maximum, max, capped at, as high as"},
		{cite.AtLeast, false, "at least, no less than, minimum, not fewer than, no fewer than, starting at"},
		{cite.About, false, "about, around, roughly, approximately, some, circa, ca, approx, an estimated, estimated, in the region of, on the order of, approaching, approach, approaches, approached"},
		{cite.About, true, "nearly, almost, barely, hardly, scarcely, close to, just shy of, not quite, nearing"},
		{cite.Exact, false, "exactly, precisely"},
	},
	behind: []qualifierPhrase{
		{cite.AtLeast, false, "or more, or higher, and above, and up, or greater, or over"},
		{cite.UpTo, false, "or less, or lower, or fewer"},
		{cite.About, false, "or so, or thereabouts"},
		{cite.Over, false, "plus"},
	},
	per: []perPhrase{
		{cite.PerSecond, "per second, a second, every second, each second"},
		{cite.PerHour, "per hour, an hour, hourly, every hour"},
		{cite.PerDay, "per day, a day, daily, every day, each day"},
		{cite.PerWeek, "per week, a week, weekly, every week, each week"},
		{cite.PerMonth, "per month, a month, monthly, every month, each month"},
		{cite.PerQuarter, "per quarter, a quarter, quarterly, every quarter"},
		{cite.PerYear, "per year, a year, yearly, annually, per annum, every year, each year, annual, p a"},
		{cite.Annualised, "annualised, annualized, run rate, run-rate, on an annualised basis, on an annualized basis"},
		{cite.Compound, "cagr, compound annual growth, compounded annually"},
	},
}
