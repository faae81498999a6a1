/** @import { Widget, Widgets } from '../pipeline-shapes.ts' */

import { ref } from '/lib/lit-html/directives/ref.js';
import { html } from '/lib/lit-html/lit-html.js';
import { plot } from './plot.js';
import { short } from './text.js';

/**
 * A chart over the last minutes, with what each line is at now.
 * @param {Widget} widget
 * @param {Widgets} all
 */
export function chart(widget, all) {
  const { lines, left, right } = widget;
  return html`
    <div class="plot" ${ref((element) => plot(element, widget, all))}></div>
    <ul class="legend">
      ${lines.map(({ label, isRight, values }, index) => html`<li class="line-${index % 6}"><i></i>${label} <b>${short(values.findLast((value) => value !== null) ?? null, isRight ? right.label : left.label)}</b></li>`)}
    </ul>
  `;
}
