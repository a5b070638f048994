// Days as German and English pages write them, and the ticks of a time axis. Times are milliseconds, UTC.

const DAY = 86400000;

const MONTHS = {
  de: {
    short: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
    long: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
    dot: '.',
  },
  en: {
    short: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    long: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    dot: '',
  },
};

const monthsOf = (lang) => MONTHS[lang] || MONTHS.en;

// period writes a period as the server names it: "2026-02-10", "2026-02", "2026-Q1", "2026-H1", "2026".
export function period(text, lang) {
  const months = monthsOf(lang);
  const [year, part, day] = text.split('-');
  if (!part) return year;
  if (/^[QH]/.test(part)) return part + '\u00a0' + year;
  const month = months.long[Number(part) - 1];
  return day ? `${Number(day)}${months.dot}\u00a0${month} ${year}` : `${month} ${year}`;
}

const LENGTHS = { day: 10, month: 7, year: 4 };

// at writes the period of that length which t falls into.
export function at(t, lang, length) {
  const iso = new Date(t).toISOString();
  if (length === 'quarter') return `Q${Math.floor(new Date(t).getUTCMonth() / 3) + 1}\u00a0${iso.slice(0, 4)}`;
  if (length === 'half') return `H${new Date(t).getUTCMonth() < 6 ? 1 : 2}\u00a0${iso.slice(0, 4)}`;
  return period(iso.slice(0, LENGTHS[length] || LENGTHS.day), lang);
}

// Each step lists the days of the month, the months and the years that get a tick, and the pixels its labels need.
const every = (n, from, to) => Array.from({ length: Math.ceil((to - from) / n) }, (_, i) => from + i * n);
const STEPS = [
  { days: every(1, 1, 32), months: 1, years: 1, room: 62 },
  { days: every(2, 1, 30), months: 1, years: 1, room: 62 },
  { days: [1, 8, 15, 22], months: 1, years: 1, room: 62 },
  { days: [1, 15], months: 1, years: 1, room: 62 },
  ...[1, 2, 3, 6].map((months) => ({ days: [1], months, years: 1, room: 54 })),
  ...[1, 2, 5, 10, 20, 50, 100].map((years) => ({ days: [1], months: 12, years, room: 46 })),
];

function ticksOf(step, min, max) {
  const found = [];
  const first = new Date(min).getUTCFullYear();
  const last = new Date(max).getUTCFullYear();
  for (let year = Math.floor(first / step.years) * step.years; year <= last; year += step.years) {
    for (let month = 0; month < 12; month += step.months) {
      for (const day of step.days) {
        const t = Date.UTC(year, month, day);
        if (new Date(t).getUTCMonth() === month && t >= min && t <= max) found.push(t);
      }
    }
  }
  return found;
}

const fits = (step, min, max, width) => {
  const span = (max - min) / DAY;
  const perYear = (step.days.length * 12) / step.months / step.years;
  return Math.floor((span / 365.25) * perYear) * step.room <= width;
};

const CHARACTER = 6.8; // px, about

// roomForYear drops the second tick where the first one's label, which names the year, would run into its label.
function roomForYear(found, pxPerMs) {
  if (found.length < 2) return found;
  const letters = [tickLabel(found[0], true, 'de'), tickLabel(found[1], false, 'de')].join('').length;
  if ((found[1] - found[0]) * pxPerMs >= (letters / 2) * CHARACTER + 8) return found;
  return [found[0], ...found.slice(2)];
}

// ticks are the times at which an axis from min to max of that many pixels is labelled: at least one, never crowded.
export function ticks(min, max, width) {
  for (const step of STEPS) {
    if (!fits(step, min, max, width)) continue;
    const found = ticksOf(step, min, max);
    if (found.length === 0) break;
    return roomForYear(found, width / (max - min));
  }
  return [Math.ceil(min / DAY) * DAY];
}

// tickLabel names the year wherever a reader could not know it: at every new year and at the first tick.
export function tickLabel(t, first, lang) {
  const months = monthsOf(lang);
  const d = new Date(t);
  const [year, month, day] = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()];
  if (month === 0 && day === 1) return String(year);
  const name = day === 1 ? months.short[month] : `${day}${months.dot}\u00a0${months.short[month]}`;
  return first ? `${name} ${year}` : name;
}
