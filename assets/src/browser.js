// The reader's side: turns each [data-chart] into an interactive chart once it is drawn; until then, and where
// anything fails, the SVG that the server drew stays.
import './parts.js';
import { init, use } from 'echarts/core';
import { DataZoomComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { getWidth } from 'zrender/lib/contain/text.js';
import { prepare, refresh } from './chart.js';
import { themed } from './palette.js';

use([CanvasRenderer, LabelLayout, DataZoomComponent, TooltipComponent]);

const dark = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

// A page may set its theme itself; else the reader's scheme decides.
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);

class Chart {
  constructor(element, source) {
    this.element = element;
    this.source = source;
    this.drawn = [...element.children]; // what the server drew
    this.stage = document.createElement('div');
    this.stage.className = 'chart-stage';
  }

  // start draws out of sight, and shows the chart only when that has worked.
  start() {
    const { width, height } = this.element.getBoundingClientRect();
    if (width < 1 || height < 1) return;
    Object.assign(this.stage.style, { width: `${width}px`, height: `${height}px`, position: 'absolute', visibility: 'hidden' });
    this.element.append(this.stage);
    try {
      this.draw();
    } catch (error) {
      this.stage.remove();
      throw error;
    }
    for (const child of this.drawn) child.hidden = true;
    for (const svg of this.drawn) svg.style.display = 'none'; // SVG knows no hidden attribute
    Object.assign(this.stage.style, { position: 'relative', visibility: 'visible', width: '100%' });
    this.element.dataset.chartState = 'interactive';
  }

  draw() {
    const { width, height } = this.stage.getBoundingClientRect();
    const option = JSON.parse(this.source);
    this.echart?.dispose();
    this.echart = init(this.stage, null, { renderer: 'canvas', width, height });
    this.element.belegChart = this.echart;
    this.ctx = prepare(option, { width, height, colour: themed(this.element, isDark()), measure: getWidth });
    this.echart.setOption(option);
    this.refresh();
    this.echart.on('datazoom', () => this.refresh());
    this.echart.on('click', (event) => follow(event));
  }

  refresh() {
    const zoom = this.echart.getOption().dataZoom?.[0];
    refresh(this.echart, this.ctx, zoom ? [zoom.startValue, zoom.endValue] : undefined);
    this.link();
  }

  // link lays a link over each mark for keyboards and screen readers; the pointer goes to the chart below.
  link() {
    this.links?.remove();
    this.links = document.createElement('div');
    this.links.className = 'chart-links';
    for (const { x, y, item } of this.ctx.drawn) {
      if (!item.cited.url) continue;
      const a = document.createElement('a');
      a.href = item.cited.url;
      a.setAttribute('aria-label', item.cited.text);
      Object.assign(a.style, { position: 'absolute', left: `${x - 12}px`, top: `${y - 12}px`, width: '24px', height: '24px', pointerEvents: 'none' });
      this.links.append(a);
    }
    this.stage.append(this.links);
  }

  resize() {
    const { width } = this.stage.getBoundingClientRect();
    if (width > 0 && Math.abs(width - this.ctx.width) > 1) this.draw();
  }
}

function follow(event) {
  const url = event.data?.cited?.url;
  if (!url) return;
  const pressed = event.event?.event ?? {};
  if (pressed.ctrlKey || pressed.metaKey || pressed.shiftKey) open(url, '_blank', 'noopener');
  else location.assign(url);
}

function boot() {
  const charts = [];
  for (const element of document.querySelectorAll('[data-chart]')) {
    const source = document.getElementById(element.dataset.chart)?.textContent;
    if (!source) continue;
    const chart = new Chart(element, source);
    chart.start();
    if (chart.ctx) charts.push(chart);
  }
  const redraw = () => charts.forEach((chart) => chart.draw());
  dark.addEventListener('change', redraw);
  new MutationObserver(redraw).observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) charts.find((chart) => chart.stage === target)?.resize();
  });
  for (const chart of charts) observer.observe(chart.stage);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', boot);
else boot();
