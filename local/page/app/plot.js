/** @import { Widget, Widgets } from '../pipeline-shapes.ts' */
import uPlot from '/lib/uplot/dist/uPlot.esm.js';
import { short } from './text.js';
import { meaningOf } from './thresholds.js';

const HEIGHT = 120;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** @type {WeakMap<Element, { chart: uPlot, scheme: boolean, shape: string, end: number }>} */
const charts = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries)
    charts.get(target)?.chart.setSize({ width: Math.floor(contentRect.width), height: HEIGHT });
});

/**
 * Draws a widget into its element, or gives the chart that is there its newest figures.
 * @param {Element | undefined} element
 * @param {Widget} widget
 * @param {Widgets} all
 */
export function plot(element, widget, all) {
  if (!(element instanceof HTMLElement)) return;
  if (!element.isConnected) {
    // It stands in the page, with a size and its colours, once drawing has ended.
    queueMicrotask(() => element.isConnected && plot(element, widget, all));
    return;
  }
  const known = charts.get(element);
  const shape = widget.lines.map(({ label }) => label).join();
  if (known && known.scheme === dark.matches && known.shape === shape) {
    if (known.end === all.end) return;
    known.end = all.end;
    known.chart.setData(dataOf(widget, all));
    return;
  }
  known?.chart.destroy();
  const chart = new uPlot(optionsOf(element, widget), dataOf(widget, all), element);
  charts.set(element, { chart, scheme: dark.matches, shape, end: all.end });
  sizes.observe(element);
}

/**
 * @param {Widget} widget
 * @param {Widgets} all
 * @returns {uPlot.AlignedData}
 */
function dataOf({ lines }, { end, bucketSeconds }) {
  const count = lines[0]?.values.length ?? 0;
  const times = Array.from({ length: count }, (_, index) => end - (count - index) * bucketSeconds);
  return [times, ...lines.map(({ values }) => [...values])];
}

/**
 * @param {HTMLElement} element
 * @param {Widget} widget
 * @returns {uPlot.Options}
 */
function optionsOf(element, { lines, thresholds, left, right }) {
  const colour = (/** @type {string} */ name) => resolved(element, name);
  const axis = {
    stroke: colour('--axis'),
    grid: { stroke: colour('--grid'), width: 1 },
    ticks: { show: false },
    font: '11px Inter, sans-serif',
  };
  const upright = {
    size: 36,
    space: 34,
    values: (/** @type {unknown} */ _, /** @type {number[]} */ marks) => marks.map((mark) => short(mark, '')),
  };
  const hasRight = lines.some(({ isRight }) => isRight);
  return {
    width: Math.max(120, element.clientWidth),
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, hasRight ? 0 : 8, 0, 0],
    scales: {
      x: { time: true },
      left: { range: (_, __, most) => [left.min ?? 0, ceiling(most)] },
      right: { range: (_, __, most) => [right.min ?? 0, ceiling(most)] },
    },
    axes: [
      {
        ...axis,
        size: 22,
        space: 70,
        values: (_, times) => times.map((at) => new Date(at * 1000).toTimeString().slice(0, 5)),
      },
      { ...axis, ...upright, scale: 'left' },
      ...(hasRight ? [{ ...axis, ...upright, scale: 'right', side: 1, grid: { show: false } }] : []),
    ],
    series: [
      {},
      ...lines.map(({ label, isRight }, index) => ({
        label,
        scale: isRight ? 'right' : 'left',
        stroke: colour(`--line-${index % 6}`),
        width: 1.6,
        spanGaps: true,
        points: { show: false },
        ...(isRight ? { dash: [4, 3] } : {}),
      })),
    ],
    hooks: { draw: [(chart) => drawThresholds(chart, thresholds, colour)] },
  };
}

/**
 * A colour of the style sheet as a canvas understands it: it knows no variables, and no light-dark().
 * @param {HTMLElement} element
 * @param {string} name
 */
function resolved(element, name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {number | null} most */
function ceiling(most) {
  return most === null || most <= 0 ? 1 : most * 1.15;
}

/**
 * The dashboard's annotations: a line each, in the colour of what it means.
 * @param {uPlot} chart
 * @param {Widget['thresholds']} thresholds
 * @param {(name: string) => string} colour
 */
function drawThresholds(chart, thresholds, colour) {
  const { ctx, bbox } = chart;
  for (const { value, color } of thresholds) {
    const y = chart.valToPos(value, 'left', true);
    if (y < bbox.top) continue;
    ctx.save();
    ctx.strokeStyle = colour(`--${meaningOf(color)}`);
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }
}
