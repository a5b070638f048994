// From the option that the server wrote to what ECharts draws: names become functions and colours, sizes follow the
// width, marks and labels find their places. Browser and server run this same code.
import * as cited from './cited.js';
import * as dates from './dates.js';
import * as numbers from './numbers.js';
import { asOption, asPixels, place } from './place.js';

const NARROW = 520; // px below which lines are named above the plot
const SLIDER = 600; // px from which there is room for a slider
const FONT = '12px ';

// The formatters by name. Each gets the chart's context and gives the function that ECharts calls.
const FORMATTERS = {
  '@tick': (ctx) => (v) => numbers.tick(v, ctx.lang, ctx.unit),
  '@time': (ctx) => (t) => dates.tickLabel(t, t === ctx.ticks[0], ctx.lang),
  '@value': (ctx) => (item) => numbers.value(item.value[1], ctx.lang, ctx.unit),
  '@name': () => (item) => item.seriesName,
  '@highlight': () => (item) => item.name,
  '@cited': (ctx) => (item) => item.data.cited.text ?? cited.describe(item.data.cited, ctx),
  '@tip': (ctx) => (items) => tip(items, ctx),
};

function tip(items, ctx) {
  const seen = new Map(); // a provisional stretch repeats the last final point
  for (const item of items) {
    if (item.value[1] != null) seen.set(item.seriesId.replace('-provisional', ''), item);
  }
  if (seen.size === 0) return '';
  const lines = [...seen.values()].map((item) => {
    const text = numbers.value(item.value[1], ctx.lang, ctx.unit);
    const named = ctx.lines > 1 ? `${item.seriesName}: ${text}` : text;
    return ctx.provisional.includes(item.value[0]) ? `${named} (${ctx.words.provisional})` : named;
  });
  return [dates.at(items[0].value[0], ctx.lang, ctx.length), ...lines].join('\n');
}

// resolve replaces "@formatter" and "$colour" everywhere but in data.
function resolve(node, ctx, colour) {
  for (const key of Object.keys(node)) {
    const v = node[key];
    if (v && typeof v === 'object') {
      if (key !== 'data') resolve(v, ctx, colour);
    } else if (typeof v !== 'string' || TEXTS.has(key)) {
      continue;
    } else if (Object.hasOwn(FORMATTERS, v)) {
      node[key] = FORMATTERS[v](ctx);
    } else if (v.startsWith('$')) {
      node[key] = colour(v.slice(1));
    }
  }
}

// Keys that hold somebody's text: never a name of ours, whatever it looks like.
const TEXTS = new Set(['name', 'text', 'description']);

const byId = (option, id) => option.series.find((s) => s.id === id);

// prepare turns the server's option into one that ECharts takes, and gives the context that refresh needs.
export function prepare(option, env) {
  const ctx = { ...option.beleg, width: env.width, height: env.height, measure: env.measure };
  delete option.beleg;
  ctx.range = [option.xAxis[0].min, option.xAxis[0].max];
  ctx.marks = byId(option, 'cited')?.data ?? [];
  ctx.focus = byId(option, 'highlight')?.data[0];
  ctx.ticks = dates.ticks(...ctx.range, env.width - 110);
  ctx.labelled = ['highlight', 'last'].map((id) => byId(option, id)).filter((series) => series?.label.show);
  ctx.points = option.series.filter((s) => s.type === 'line' && s.id.startsWith('line-')).flatMap((s) => s.data);
  for (const title of option.title ?? []) title.text = title.text.replace('{as_of}', dates.period(ctx.asOf ?? '', ctx.lang));
  resolve(option, ctx, env.colour);
  fit(option, ctx, env);
  return ctx;
}

function fit(option, ctx, env) {
  const narrow = env.width < NARROW;
  const head = (option.title?.length ?? 0) > 0;
  const legend = option.legend?.show !== false && option.legend?.data?.length > 0;
  const rows = narrow ? Number(head) + Number(legend) : Number(head || legend);
  if (legend) Object.assign(option.legend, narrow && head ? { top: 22, left: 0, right: undefined } : {});
  const grid = option.grid[0];
  grid.top = 10 + rows * 22;
  grid.right = ctx.lines > 1 ? nameLines(option, ctx, env.width) : 10;
  option.yAxis[0].splitNumber = Math.max(2, Math.round((env.height - grid.top - 30) / 82));
  setTicks(option.xAxis[0], ctx.ticks);
  if (option.dataZoom) fitZoom(option, env);
}

function setTicks(axis, ticks) {
  axis.axisLabel.customValues = ticks;
  axis.axisTick.customValues = ticks;
}

function fitZoom(option, env) {
  if (env.width >= SLIDER) {
    option.grid[0].bottom += 38;
    return;
  }
  option.dataZoom = option.dataZoom.filter((z) => z.type !== 'slider');
}

// nameLines gives the lines' names room at the right and cuts those that would take more than a third of the width.
function nameLines(option, ctx, width) {
  const most = Math.round(width * 0.32);
  let room = 0;
  for (const series of option.series) {
    if (!series.endLabel) continue;
    room = Math.max(room, ctx.measure(series.name, FONT + ctx.font));
    Object.assign(series.endLabel, { width: most, overflow: 'truncate', ellipsis: '…' });
  }
  return Math.min(Math.ceil(room), most) + 12;
}

// refresh finds where ticks, marks and labels belong for the range that is shown now, and hands them to the chart.
export function refresh(chart, ctx, range = ctx.range) {
  const found = arrange(chart, ctx, range);
  const series = found.labels.map(({ id, side }) => ({ id, label: asOption(side) }));
  if (ctx.marks.length > 0) series.push({ id: 'cited', data: found.marks.map((mark) => mark.item) });
  const change = { series, ...retick(ctx, found.ticks) };
  if (series.length > 0 || change.xAxis) chart.setOption(change);
  return found;
}

// arrange finds where ticks, marks and labels belong, in pixels.
export function arrange(chart, ctx, range) {
  const px = (point) => {
    const [x, y] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, point);
    return { x, y };
  };
  const shown = (point) => point[1] != null && point[0] >= range[0] && point[0] <= range[1];
  const [left, right] = range.map((t) => px([t, 0]).x);
  const marks = ctx.marks.filter((data) => shown(data.value)).map((data) => ({ ...px(data.value), data }));
  return {
    ticks: dates.ticks(...range, right - left),
    marks: cited.cluster(marks).map((group) => ({ x: group.x, y: group.y, item: cited.drawn(group, ctx) })),
    focus: ctx.focus && { ...px(ctx.focus.value), text: cited.describe(ctx.focus.cited, ctx), ...ctx.focus.cited },
    labels: placeLabels(ctx, px, shown, { left, right: ctx.width, top: 0, bottom: ctx.height - 24 }),
  };
}

// retick is the change of the time axis, if there is one.
export function retick(ctx, ticks) {
  if (ticks.join() === ctx.ticks.join()) return {};
  ctx.ticks = ticks;
  return { xAxis: [{ axisLabel: { customValues: ticks }, axisTick: { customValues: ticks } }] };
}

const LINE_HEIGHT = 16; // px

// placeLabels finds for each label beside a point the side on which it covers the least.
function placeLabels(ctx, px, shown, box) {
  if (ctx.labelled.length === 0) return [];
  const obstacles = [...ctx.points, ...ctx.marks.map((mark) => mark.value)].filter(shown).map(px);
  return ctx.labelled.map(({ id, data: [item], label }) => {
    const text = id === 'highlight' ? item.name : numbers.value(item.value[1], ctx.lang, ctx.unit);
    const size = { width: ctx.measure(text, `600 ${label.fontSize}px ${ctx.font}`), height: LINE_HEIGHT };
    const at = px(item.value);
    const side = place(at, size, box, obstacles);
    return { id, side, text, size: label.fontSize, ...asPixels(side, at, LINE_HEIGHT) };
  });
}
