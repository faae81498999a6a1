/** @import { Widget } from '../pipeline-shapes.ts' */
import { html, nothing, svg } from '/lib/lit-html/lit-html.js';
import { short } from './text.js';
import { lookOf } from './thresholds.js';

const RADIUS = 40;
const LENGTH = Math.PI * RADIUS;
const ARC = `M 10 50 A ${RADIUS} ${RADIUS} 0 0 1 90 50`;

/**
 * A half circle, coloured by the dashboard's thresholds.
 * @param {Widget} widget
 */
export function gauge({ lines, thresholds, left }) {
  const value = lines[0]?.now ?? null;
  const { look, label } = lookOf(value, thresholds);
  const most = left.max ?? 100;
  const share = value === null ? 0 : Math.min(1, Math.max(0, value / most));
  const figure = short(value === null ? null : Math.round(value), '');
  return html`
    <svg viewBox="0 0 100 56" class="gauge ${look}" role="img" aria-label="${figure}: ${label}">
      ${svg`<path class="ground" d=${ARC}></path><path class="value" d=${ARC} stroke-dasharray="${share * LENGTH} ${LENGTH}"></path>
      <text x="50" y="46">${figure}</text>`}
    </svg>
    <p class="verdict ${look}">${label === '' ? nothing : label}</p>
  `;
}
