// The server's side: an option in, SVG out. The host gives belegMeasure(text, font), the width of a text in px.
import './shim.js';
import './parts.js';
import { init, setPlatformAPI, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { prepare, refresh } from './chart.js';
import { light } from './palette.js';

use([SVGRenderer, LabelLayout]);

const measure = (text, font) => globalThis.belegMeasure(text || '', font || '12px sans-serif');

setPlatformAPI({ measureText: (text, font) => ({ width: measure(text, font) }) });

const INTERACTIVE = ['tooltip', 'dataZoom', 'aria', 'axisPointer', 'toolbox'];

// belegDraw gives {"svg", "marks"} as JSON. The host draws the marks itself, as links; here they only make room.
globalThis.belegDraw = (json, width, height) => {
  const option = JSON.parse(json);
  for (const part of INTERACTIVE) delete option[part];
  const ctx = prepare(option, { width, height, colour: light, measure });
  for (const series of option.series) if (series.id === 'cited') series.symbol = 'none';
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    const marks = refresh(chart, ctx, ctx.range, false).map(({ x, y, item }) => ({ x, y, size: item.symbolSize, off: item.off, ...item.cited }));
    return JSON.stringify({ svg: chart.renderToSVGString(), marks });
  } finally {
    chart.dispose();
  }
};
