// The server's side: an option in, SVG out. The host gives belegMeasure(text, font), the width of a text in px.
import './shim.js';
import './parts.js';
import { init, setPlatformAPI, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { arrange, prepare, retick } from './chart.js';
import { light } from './palette.js';

use([SVGRenderer, LabelLayout]);

const measure = (text, font) => globalThis.belegMeasure(text || '', font || '12px sans-serif');

setPlatformAPI({ measureText: (text, font) => ({ width: measure(text, font) }) });

const INTERACTIVE = ['tooltip', 'dataZoom', 'aria', 'axisPointer', 'toolbox'];

// What the host draws itself: marks as links, the highlight with what it states, and labels, which find their places
// only when the rest is drawn. Drawing all again would take twice as long.
const HOST = ['cited', 'highlight'];

// belegDraw gives {"svg", "marks", "focus", "labels"} as JSON.
globalThis.belegDraw = (json, width, height) => {
  const option = JSON.parse(json);
  for (const part of INTERACTIVE) delete option[part];
  const ctx = prepare(option, { width, height, colour: light, measure });
  for (const series of option.series) if (HOST.includes(series.id)) series.symbol = 'none';
  for (const { label } of ctx.labelled) label.show = false;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    let found = arrange(chart, ctx, ctx.range);
    const change = retick(ctx, found.ticks);
    if (change.xAxis) {
      chart.setOption(change);
      found = arrange(chart, ctx, ctx.range);
    }
    return JSON.stringify({
      svg: chart.renderToSVGString(),
      marks: found.marks.map(({ x, y, item }) => ({ x, y, size: item.symbolSize, off: item.off, ...item.cited })),
      focus: found.focus,
      labels: found.labels.map(({ text, x, y, align, size }) => ({ text, x, y, align, size })),
    });
  } finally {
    chart.dispose();
  }
};
