// What numbers, dates and marks look like. Run by `npm test`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cluster, describe, drawn } from './cited.js';
import * as dates from './dates.js';
import * as numbers from './numbers.js';
import { place } from './place.js';

const DAY = 86400000;
const dollarDE = { before: '', after: '\u00a0$' };
const dollarEN = { before: '$', after: '' };
const plain = (s) => s.replaceAll('\u00a0', ' ');

test('numbers on an axis', () => {
  for (const [v, de, en] of [
    [0, '0 $', '$0'],
    [300e9, '300 Mrd. $', '$300bn'],
    [2.5e9, '2,5 Mrd. $', '$2.5bn'],
    [1e12, '1 Bio. $', '$1tn'],
    [3e15, '3 Brd. $', '$3qn'],
    [1.5e6, '1,5 Mio. $', '$1.5m'],
    [450000, '450.000 $', '$450,000'],
    [0.00025, '0,00025 $', '$0.00025'],
    [-5e9, '−5 Mrd. $', '−$5bn'],
    [999999.9999, '1 Mio. $', '$1m'],
  ]) {
    assert.equal(plain(numbers.tick(v, 'de', dollarDE)), de);
    assert.equal(plain(numbers.tick(v, 'en', dollarEN)), en);
  }
});

test('numbers to read have four significant digits', () => {
  for (const [v, de, en] of [
    [305696913148, '305,7 Mrd. $', '$305.7bn'],
    [999960000, '1 Mrd. $', '$1bn'],
    [1234.56, '1.235 $', '$1,235'],
    [0.99951, '0,9995 $', '$0.9995'],
    [42, '42 $', '$42'],
    [-0.5, '−0,5 $', '−$0.5'],
  ]) {
    assert.equal(plain(numbers.value(v, 'de', dollarDE)), de);
    assert.equal(plain(numbers.value(v, 'en', dollarEN)), en);
  }
});

test('periods', () => {
  for (const [period, de, en] of [
    ['2026-02-10', '10. Februar 2026', '10 February 2026'],
    ['2026-03', 'März 2026', 'March 2026'],
    ['2025-Q3', 'Q3 2025', 'Q3 2025'],
    ['2025-H1', 'H1 2025', 'H1 2025'],
    ['2025', '2025', '2025'],
    ['', '', ''],
  ]) {
    assert.equal(plain(dates.period(period, 'de')), de);
    assert.equal(plain(dates.period(period, 'en')), en);
  }
  const t = Date.UTC(2026, 7, 15);
  assert.deepEqual(
    ['day', 'month', 'quarter', 'half', 'year'].map((length) => plain(dates.at(t, 'de', length))),
    ['15. August 2026', 'August 2026', 'Q3 2026', 'H2 2026', '2026'],
  );
});

test('a time axis names the year and is never crowded', () => {
  const from = Date.UTC(2025, 1, 11);
  for (const days of [1, 5, 12, 40, 100, 300, 800, 4000, 20000]) {
    for (const width of [120, 250, 650, 1200]) {
      const to = from + days * DAY;
      const ticks = dates.ticks(from, to, width);
      const labels = ticks.map((t, i) => dates.tickLabel(t, i === 0, 'en'));
      const where = `${days} days on ${width} px: ${labels}`;
      assert.ok(ticks.length >= 1 && ticks.every((t) => t >= from && t <= to), where);
      assert.match(labels[0], /\b\d{4}$/, where);
      const px = width / (to - from);
      ticks.slice(1).forEach((t, i) => assert.ok((t - ticks[i]) * px >= 7 * Math.min(labels[i].length, labels[i + 1].length), where));
    }
  }
});

test('ticks stand on round days', () => {
  const labels = (days, width) =>
    dates.ticks(Date.UTC(2025, 9, 25), Date.UTC(2025, 9, 25) + days * DAY, width).map((t, i) => plain(dates.tickLabel(t, i === 0, 'de')));
  assert.deepEqual(labels(120, 250), ['Nov. 2025', 'Dez.', '2026', 'Feb.']);
  assert.deepEqual(labels(21, 650), ['25. Okt. 2025', '29. Okt.', 'Nov.', '3. Nov.', '5. Nov.', '7. Nov.', '9. Nov.', '11. Nov.', '13. Nov.', '15. Nov.']);
  assert.deepEqual(labels(1000, 250), ['2026', '2027', '2028']);
  assert.deepEqual(labels(4000, 250), ['2026', '2028', '2030', '2032', '2034', '2036']);
});

const mark = (x, y, cited = {}) => ({ x, y, data: { value: [x, y], cited: { period: '2026', value: y, url: `/${x}-${y}`, ...cited } } });
const ctx = { lang: 'en', unit: dollarEN, words: { figures: 'cited figures' }, citedURL: '#cited' };

test('marks that would overlap become one', () => {
  const marks = [mark(0, 0), mark(5, 5), mark(9, 0), mark(100, 0), mark(100, 60)];
  const found = cluster(marks);
  assert.deepEqual(found.map((g) => g.members.length), [3, 1, 1]);
  const items = found.map((g) => drawn(g, ctx));
  assert.equal(items[0].cited.url, '#cited');
  assert.equal(items[0].cited.count, 3);
  assert.equal(items[1].cited.url, '/100-0');
});

test('after joining nothing overlaps and nothing is lost', () => {
  let seed = 7;
  const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 50; round++) {
    const marks = Array.from({ length: random(300) }, () => mark(random(600), random(300)));
    const found = cluster(marks);
    assert.equal(found.reduce((n, g) => n + g.members.length, 0), marks.length);
    found.forEach((a, i) => found.slice(i + 1).forEach((b) => {
      const size = (g) => (g.members.length > 1 ? 24 : 12);
      assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= (size(a) + size(b)) / 2, `round ${round}`);
    }));
  }
});

test('figures of one post that share a mark lead to that post', () => {
  const [group] = cluster([mark(0, 0, { url: '/p' }), mark(1, 1, { url: '/p' })]);
  assert.equal(drawn(group, ctx).cited.url, '/p');
});

test('a mark says what, when and where', () => {
  assert.equal(plain(describe({ label: '$5bn', period: '2026-02', post: 'A post' }, ctx)), '$5bn · February 2026 – A post');
  assert.equal(plain(describe({ value: 5e9, period: '2026' }, ctx)), '$5bn · 2026');
});

test('a label keeps off the line and inside the box', () => {
  const box = { left: 0, right: 200, top: 0, bottom: 100 };
  const above = Array.from({ length: 40 }, (_, i) => ({ x: 60 + 2 * i, y: 35 }));
  assert.equal(place({ x: 100, y: 50 }, { width: 60, height: 16 }, box, above).position, 'bottom');
  assert.equal(place({ x: 198, y: 50 }, { width: 60, height: 16 }, box, []).align, 'right');
});
