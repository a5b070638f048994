// Numbers as German and English pages write them. The same code writes the axis of the SVG and of the interactive chart.

const NBSP = '\u00a0';
const MINUS = '\u2212';

const STYLES = {
  de: { group: '.', point: ',', scales: [[1e15, NBSP + 'Brd.'], [1e12, NBSP + 'Bio.'], [1e9, NBSP + 'Mrd.'], [1e6, NBSP + 'Mio.']] },
  en: { group: ',', point: '.', scales: [[1e15, 'qn'], [1e12, 'tn'], [1e9, 'bn'], [1e6, 'm']] },
};

const styleOf = (lang) => STYLES[lang] || STYLES.en;

// decimals is how many digits after the point leave v with that many significant ones.
function decimals(v, significant) {
  if (v === 0) return 0;
  return Math.min(20, Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(v)))));
}

// plain writes v with grouped thousands, without zeros at the end of the fraction.
function plain(v, style, digits) {
  let [whole, fraction = ''] = Math.abs(v).toFixed(digits).split('.');
  fraction = fraction.replace(/0+$/, '');
  whole = whole.replace(/\B(?=(\d{3})+(?!\d))/g, style.group);
  return fraction ? whole + style.point + fraction : whole;
}

function scaled(v, lang, significant) {
  const style = styleOf(lang);
  const rounded = v === 0 ? 0 : Number(v.toPrecision(significant));
  const [by, name] = style.scales.find(([size]) => Math.abs(rounded) >= size) || [1, ''];
  const shown = rounded / by;
  return (rounded < 0 ? MINUS : '') + '\u0000' + plain(shown, style, decimals(shown, significant)) + name;
}

// The unit stands between the sign and the number, or after it: −$5bn, −5 Mrd. $.
function withUnit(text, unit) {
  return text.replace('\u0000', unit.before) + unit.after;
}

// tick is a number on an axis: as short as it is exact.
export const tick = (v, lang, unit) => withUnit(scaled(v, lang, 6), unit);

// value is a number that somebody reads: four significant digits.
export const value = (v, lang, unit) => withUnit(scaled(v, lang, 4), unit);
