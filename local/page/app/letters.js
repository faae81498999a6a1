/** @import { Pipeline } from '../pipeline-shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { askDismiss, askRedrive } from './letter-acts.js';
import { filterBy } from './list.js';
import { figure } from './text.js';

/**
 * Dead letters: nobody tries them any more until somebody decides.
 *
 * @param {Pipeline} pipeline
 */
export function letters({ deadLettered }) {
  return html`
    <section class="letters card ${deadLettered > 0 ? 'fails' : ''}" aria-label="Dead letters">
      <h2>Dead letters</h2>
      <p class="number">${figure(deadLettered)}</p>
      <p class="small">${deadLettered > 0 ? 'tried for the whole retry window; they wait for you' : 'no dead letters'}</p>
      ${
        deadLettered > 0
          ? html`<p class="acts">
            <button type="button" class="small" @click=${() => filterBy({ outcome: 'dead-lettered' })}>show</button>
            <button type="button" class="small" @click=${() => askRedrive()}>redrive all…</button>
            <button type="button" class="small" @click=${() => askDismiss()}>dismiss all…</button>
          </p>`
          : nothing
      }
    </section>
  `;
}
