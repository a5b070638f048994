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
    this.stage = document.createElement('div');
    this.stage.className = 'chart-stage';
  }

  // place lays the stage over the SVG, out of sight. The SVG keeps its room: it still decides how high the chart is.
  place() {
    this.drawn = [...this.element.children];
    if (getComputedStyle(this.element).position === 'static') this.element.style.position = 'relative';
    Object.assign(this.stage.style, { position: 'absolute', inset: '0', visibility: 'hidden' });
    this.element.append(this.stage);
  }

  // fit draws for the size that the stage has now, and hides the SVG when that has worked for the first time.
  fit() {
    const { width, height } = this.stage.getBoundingClientRect();
    if (width < 1 || height < 1) return;
    if (this.ctx && Math.abs(width - this.ctx.width) < 1 && Math.abs(height - this.ctx.height) < 1) return;
    this.redraw();
  }

  redraw() {
    try {
      this.draw();
    } catch (error) {
      this.fail(error);
      return;
    }
    for (const child of this.drawn) child.style.visibility = 'hidden';
    this.stage.style.visibility = 'visible';
    this.element.dataset.chartState = 'interactive';
  }

  fail(error) {
    console.error('chart', this.element.dataset.chart, error);
    for (const child of this.drawn) child.style.visibility = '';
    this.echart?.dispose();
    this.stage.remove();
  }

  draw() {
    const { width, height } = this.stage.getBoundingClientRect();
    const option = JSON.parse(this.source);
    this.echart?.dispose();
    this.echart = init(this.stage, null, { renderer: 'canvas', width, height });
    this.element.belegChart = this.echart;
    this.describe(option.beleg);
    this.ctx = prepare(option, { width, height, colour: themed(this.element, isDark()), measure: getWidth });
    this.echart.setOption(option);
    this.refresh();
    this.echart.on('datazoom', () => this.refresh());
    this.echart.on('click', (event) => follow(event));
  }

  describe({ label }) {
    this.stage.setAttribute('role', 'group');
    this.stage.setAttribute('aria-label', label);
  }

  refresh() {
    const zoom = this.echart.getOption().dataZoom?.[0];
    const [from, to] = this.ctx.range;
    const { marks } = refresh(this.echart, this.ctx, [zoom?.startValue ?? from, zoom?.endValue ?? to]);
    this.link(marks);
  }

  // link lays a link over each mark for keyboards and screen readers; the pointer goes to the chart below.
  link(marks) {
    this.links?.remove();
    this.links = document.createElement('div');
    this.links.className = 'chart-links';
    for (const { x, y, item } of marks) {
      if (!item.cited.url) continue;
      const a = document.createElement('a');
      a.href = item.cited.url;
      a.setAttribute('aria-label', item.cited.text);
      Object.assign(a.style, { position: 'absolute', left: `${x - 12}px`, top: `${y - 12}px`, width: '24px', height: '24px', pointerEvents: 'none' });
      this.links.append(a);
    }
    this.stage.append(this.links);
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
  const charts = new Map(); // stage → chart
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => charts.get(target).fit()));
  for (const element of document.querySelectorAll('[data-chart]')) {
    const source = document.getElementById(element.dataset.chart)?.textContent;
    if (!source) continue;
    const chart = new Chart(element, source);
    charts.set(chart.stage, chart);
    chart.place();
    chart.fit();
    observer.observe(chart.stage);
  }
  const redraw = () => charts.forEach((chart) => chart.ctx && chart.redraw());
  dark.addEventListener('change', redraw);
  new MutationObserver(redraw).observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  if (document.fonts.status === 'loading') document.fonts.ready.then(redraw);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', boot);
else boot();
