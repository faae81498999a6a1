import { html, nothing } from '/lib/lit-html/lit-html.js';

/**
 * One part of the pipeline: its number, what it counts, and what can be done there.
 * @param {object} part
 * @param {string} part.name
 * @param {string} part.title
 * @param {string} part.does In two or three words, for who sees it the first time.
 * @param {string} part.number
 * @param {string} part.unit
 * @param {string} part.small
 * @param {number} [part.rate] A second.
 * @param {'well' | 'waits' | 'fails'} [part.look]
 * @param {unknown} [part.acts]
 */
export function stage({ name, title, does, number, unit, small, rate, look, acts }) {
  return html`
    <article class="stage ${name} ${look ?? ''}">
      <h2>${title} <span>${does}</span></h2>
      <p class="number">${number}</p>
      <p class="unit">${unit}${rate === undefined ? nothing : html` <span class="rate">${rate.toFixed(1)}/s</span>`}</p>
      <p class="small" title=${small}>${small}</p>
      ${acts === undefined ? nothing : html`<p class="acts">${acts}</p>`}
    </article>
  `;
}
