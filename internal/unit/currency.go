package unit

import "strings"

// currency is how texts write one currency.
type currency struct {
	code   Unit
	sign   string   // how Format writes it; "" means the code
	signs  []string // all signs, longest first
	words  []string // lower case, German and English
	prefix bool     // English puts the sign before the number
}

// currencies are those that texts about markets name. A code that is also a word or a common abbreviation is left out.
var currencies = []currency{
	{"USD", "$", []string{"US-$", "US$", "USD$", "U.S.$", "$"}, []string{"dollar", "dollars", "us-dollar", "us-dollars", "us dollar", "us dollars", "u.s. dollar", "u.s. dollars", "greenback"}, true},
	{"EUR", "€", []string{"€", "€ur"}, []string{"euro", "euros"}, true},
	{"GBP", "£", []string{"£", "UK£"}, []string{"pound", "pounds", "pfund", "sterling", "british pounds", "pounds sterling", "britische pfund"}, true},
	{"JPY", "¥", []string{"JP¥", "¥", "円"}, []string{"yen", "japanese yen"}, true},
	{"CNY", "CN¥", []string{"CN¥", "RMB¥", "元"}, []string{"yuan", "renminbi", "rmb", "chinese yuan"}, true},
	{"HKD", "HK$", []string{"HK$"}, []string{"hongkong-dollar", "hong kong dollar", "hong kong dollars", "hk-dollar", "hongkong dollar"}, true},
	{"SGD", "S$", []string{"S$", "SG$"}, []string{"singapur-dollar", "singapore dollar", "singapore dollars"}, true},
	{"AUD", "A$", []string{"A$", "AU$"}, []string{"australian dollar", "australian dollars", "australische dollar"}, true},
	{"CAD", "C$", []string{"C$", "CA$"}, []string{"canadian dollar", "canadian dollars", "kanadische dollar"}, true},
	{"NZD", "NZ$", []string{"NZ$"}, []string{"new zealand dollars"}, true},
	{"TWD", "NT$", []string{"NT$"}, []string{"taiwan dollars", "taiwan-dollar"}, true},
	{"BRL", "R$", []string{"R$"}, []string{"real", "reais"}, true},
	{"MXN", "MX$", []string{"MX$", "Mex$"}, []string{"mexican pesos"}, true},
	{"CHF", "", []string{"SFr."}, []string{"franken", "schweizer franken", "francs", "swiss francs", "swiss franc"}, false},
	{"INR", "₹", []string{"₹", "Rs."}, []string{"rupee", "rupees", "rupie", "rupien", "indian rupees"}, true},
	{"KRW", "₩", []string{"₩"}, []string{"won", "korean won"}, true},
	{"VND", "₫", []string{"₫"}, []string{"dong"}, false},
	{"PHP", "₱", []string{"₱"}, []string{"philippine pesos"}, true},
	{"THB", "฿", []string{"฿"}, []string{"baht"}, true},
	{"TRY", "₺", []string{"₺"}, []string{"lira", "turkish lira", "türkische lira"}, true},
	{"NGN", "₦", []string{"₦"}, []string{"naira"}, true},
	{"UAH", "₴", []string{"₴"}, []string{"hryvnia", "hrywnja"}, true},
	{"ILS", "₪", []string{"₪"}, []string{"shekel", "shekels", "schekel"}, true},
	{"RUB", "₽", []string{"₽"}, []string{"rubel", "ruble", "rubles", "roubles"}, false},
	{"IDR", "", nil, []string{"rupiah"}, false},
	{"MYR", "RM", []string{"RM"}, []string{"ringgit", "ringgits", "malaysian ringgit", "malaysia ringgit", "malaysian ringgits", "malaysia ringgits"}, true},
	{"AED", "", nil, []string{"dirham", "dirhams"}, false},
	{"SAR", "", nil, []string{"saudi riyal", "saudi riyals", "saudiriyal"}, false},
	{"QAR", "", nil, []string{"qatari riyals"}, false},
	{"KWD", "", nil, []string{"kuwaiti dinar", "kuwaiti dinars"}, false},
	{"EGP", "", nil, []string{"egyptian pound", "egyptian pounds", "egyptianpound", "geneh", "genihat masriya"}, false},
	{"LBP", "", nil, []string{"lebanese pound", "lebanese pounds"}, false},
	{"MNT", "", nil, []string{"tugrik", "tugriks"}, false},
	{"ZAR", "", nil, []string{"rand"}, false},
	{"SEK", "", nil, []string{"schwedische kronen", "swedish krona", "swedish kronor"}, false},
	{"NOK", "", nil, []string{"norwegische kronen", "norwegian kroner"}, false},
	{"DKK", "", nil, []string{"dänische kronen", "danish kroner"}, false},
	{"PLN", "", nil, []string{"zloty", "złoty"}, false},
	{"CZK", "", nil, []string{"tschechische kronen"}, false},
	{"HUF", "", nil, []string{"forint"}, false},
	{"BGN", "", nil, []string{"lew"}, false},
	{"ARS", "", nil, []string{"argentine pesos"}, false},
	{"CLP", "", nil, []string{"chilean pesos"}, false},
	{"COP", "", nil, []string{"colombian pesos"}, false},
	{"KES", "", nil, []string{"kenyan shillings"}, false},
}

// currencyAliases are further codes that texts write.
var currencyAliases = map[string]Unit{"RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "Rs": "INR", "Fr.": "CHF", "SFr": "CHF", "Fr": "CHF", "sFr": "CHF", "TL": "TRY", "EURO": "EUR"}

// currencyTable finds a currency by its code, by a sign and by a word.
type currencyTable struct {
	code map[Unit]currency
	sign map[string]Unit
	word map[string]Unit
}

var currencyIndex = newCurrencyTable()

func newCurrencyTable() currencyTable {
	t := currencyTable{map[Unit]currency{}, map[string]Unit{}, map[string]Unit{}}
	for _, c := range currencies {
		t.code[c.code] = c
		for _, s := range c.signs {
			t.sign[s] = c.code
		}
		for _, w := range c.words {
			t.word[w] = c.code
		}
	}
	return t
}

// LookupCurrency reads a currency as a text writes it: a code in capitals ("USD"), a sign ("$", "HK$", "€") or a
// word in German or English in any case ("US-Dollar", "yuan"). A bare "$" or "Dollar" is the US dollar.
func LookupCurrency(s string) (Unit, bool) {
	if u, ok := currencyIndex.sign[s]; ok {
		return u, true
	}
	if _, ok := currencyIndex.code[Unit(s)]; ok {
		return Unit(s), true
	}
	if u, ok := currencyAliases[s]; ok {
		return u, true
	}
	u, ok := currencyIndex.word[strings.ToLower(s)]
	return u, ok
}

// minorWords are hundredths of a currency; "" is the hundredth of whichever currency the text speaks of.
var minorWords = map[string]Unit{
	"cent": "", "cents": "", "ct": "EUR", "p": "GBP", "¢": "USD", "c": "", "pence": "GBP", "penny": "GBP", "pennies": "USD",
	"eurocent": "EUR", "eurocents": "EUR", "euro-cent": "EUR", "euro-cents": "EUR", "us-cent": "USD", "us-cents": "USD", "us cent": "USD", "us cents": "USD", "rappen": "CHF", "sen": "MYR", "sens": "MYR", "kopiyka": "UAH", "kopiykas": "UAH",
}

// LookupMinor reads a word for a hundredth of a currency. The unit is "" where the word itself does not say which.
func LookupMinor(s string) (Unit, bool) {
	u, ok := minorWords[strings.ToLower(s)]
	return u, ok
}
