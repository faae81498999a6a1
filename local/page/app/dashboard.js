/** @import { Widget, Widgets } from '../pipeline-shapes.ts' */
import { repeat } from '/lib/lit-html/directives/repeat.js';
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { chart } from './chart.js';
import { gauge } from './gauge.js';
import { numbers } from './numbers.js';
import { state } from './state.js';

/**
 * True where there is room beside the deliveries. On a phone the dashboard is above them, and is
 * opened when it is wanted.
 */
const isWide = matchMedia('(min-width: 1081px)').matches;

/** The CloudWatch dashboard's widgets, with this run's figures. */
export function dashboard() {
  const { widgets } = state;
  if (!widgets || widgets.widgets.length === 0) return nothing;
  const minutes = Math.round((widgets.bucketSeconds * mostBuckets(widgets)) / 60);
  return html`
    <aside class="dashboard" aria-label="Dashboard">
      <details ?open=${isWide}>
      <summary><h2>Dashboard</h2></summary>
      <p class="quiet">What <code>cdk deploy</code> puts into CloudWatch, with this run’s figures: ${minutes} minutes, in steps of ${widgets.bucketSeconds} s.</p>
      <div class="widgets">${repeat(
        widgets.widgets,
        ({ title }) => title,
        (widget) => draw(widget, widgets),
      )}</div>
      </details>
    </aside>
  `;
}

/**
 * @param {Widget} widget
 * @param {Widgets} all
 */
function draw(widget, all) {
  const inner =
    widget.view === 'gauge'
      ? gauge(widget)
      : widget.view === 'singleValue'
        ? numbers(widget)
        : chart(widget, all);
  return html`
    <figure class="widget ${widget.view}" aria-label=${widget.title}>
      <figcaption>${widget.title}</figcaption>
      ${inner}
    </figure>
  `;
}

/** @param {Widgets} widgets */
function mostBuckets({ widgets }) {
  return Math.max(...widgets.flatMap(({ lines }) => lines.map(({ values }) => values.length)));
}
