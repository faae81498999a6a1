/** @import { Line, Widget } from '../pipeline-shapes.ts' */
import { html, svg } from '/lib/lit-html/lit-html.js';
import { short } from './text.js';

/**
 * Numbers as they are now, each with its past as a thin line.
 *
 * @param {Widget} widget
 */
export function numbers({ lines }) {
  return html`<dl class="numbers">${lines.map((line) => html`<div><dd>${short(line.now, '')}</dd><dt>${line.label}</dt>${spark(line)}</div>`)}</dl>`;
}

/** @param {Line} line */
function spark({ values }) {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const points = values.map(
    (value, index) => `${(100 * index) / (values.length - 1)},${19 - (17 * (value ?? 0)) / most}`,
  );
  return html`<svg viewBox="0 0 100 20" preserveAspectRatio="none" class="spark" aria-hidden="true">${svg`<polyline points=${points.join(' ')}></polyline>`}</svg>`;
}
