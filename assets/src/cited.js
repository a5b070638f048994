// Cited figures: which of them share a mark, and what a mark says.
import * as dates from './dates.js';
import * as numbers from './numbers.js';

const SINGLE = 12; // px across a mark of one figure
const SHARED = 24; // px across a mark of several

const sizeOf = (g) => (g.members && g.members.length > 1 ? SHARED : SINGLE);

// groups joins marks that would overlap: each goes to the nearest group it touches, in order of time.
function groups(marks) {
  const found = [];
  let open = 0; // groups before this one lie too far to the left to be touched
  for (const mark of [...marks].sort((a, b) => a.x - b.x || a.y - b.y)) {
    while (open < found.length && mark.x - found[open].x > 2 * SHARED) open++;
    let nearest = null;
    let distance = Infinity;
    for (let i = open; i < found.length; i++) {
      const d = Math.hypot(mark.x - found[i].x, mark.y - found[i].y);
      if (d < (sizeOf(mark) + sizeOf(found[i])) / 2 && d < distance) [nearest, distance] = [found[i], d];
    }
    const members = mark.members || [mark];
    if (nearest) join(nearest, members);
    else found.push({ x: mark.x, y: mark.y, members });
  }
  return found;
}

function join(group, members) {
  group.members = group.members.concat(members);
  const mean = (k) => group.members.reduce((sum, m) => sum + m[k], 0) / group.members.length;
  group.x = mean('x');
  group.y = mean('y');
}

// cluster repeats the joining until nothing overlaps any more: a group moves when it grows.
export function cluster(marks) {
  let found = groups(marks);
  for (let before = Infinity; found.length < before; ) {
    before = found.length;
    found = groups(found);
  }
  return found;
}

const countOf = (members) => members.reduce((sum, m) => sum + (m.data.cited.count || 1), 0);

// drawn is the data item of one group.
export function drawn(group, ctx) {
  const count = countOf(group.members);
  const mean = (i) => group.members.reduce((sum, m) => sum + m.data.value[i], 0) / group.members.length;
  const one = group.members[0].data;
  const urls = new Set(group.members.map((m) => m.data.cited.url));
  const off = group.members.every((m) => m.data.cited.off);
  const item = {
    value: [mean(0), mean(1)],
    symbol: off ? 'triangle' : 'diamond',
    symbolRotate: off && one.cited.off < 0 ? 180 : 0,
    symbolSize: count > 1 ? SHARED : SINGLE,
    off: off ? one.cited.off : 0,
    cited: {
      url: urls.size === 1 ? one.cited.url : ctx.citedURL,
      text: count > 1 ? summary(group.members, count, ctx) : describe(one.cited, ctx),
      count,
    },
  };
  if (group.members.length === 1) Object.assign(item.cited, { period: one.cited.period, value: one.cited.value });
  if (count > 1) item.label = { show: true, formatter: String(count) };
  return item;
}

// describe says what one figure states: as written, when, and where.
export function describe(cited, ctx) {
  const stated = cited.label || numbers.value(cited.value, ctx.lang, ctx.unit);
  const said = [stated, dates.period(cited.period, ctx.lang)].join(' · ');
  return cited.post ? `${said} – ${cited.post}` : said;
}

function summary(members, count, ctx) {
  const values = members.map((m) => m.data.cited.value);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((v) => numbers.tick(v, ctx.lang, ctx.unit));
  return `${count} ${ctx.words.figures}: ${low === high ? low : `${low} – ${high}`}`;
}
