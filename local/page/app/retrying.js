/** @import { Pipeline, Retrying } from '../pipeline-shapes.ts' */
import { repeat } from '/lib/lit-html/directives/repeat.js';
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { filterBy } from './list.js';
import { counted, shortResource, until } from './text.js';

/**
 * Events that failed, with the time until each is tried again.
 * @param {Pipeline} pipeline
 * @param {number} now
 */
export function retrying({ retrying: shown, retryingTotal, endpoint }, now) {
  // While everything fails, the pause decides what is tried next.
  if (retryingTotal === 0 || endpoint?.since !== undefined) return nothing;
  return html`
    <section class="retrying card" aria-label="Waiting for the next try">
      <h2>Waiting for the next try <span class="quiet">${counted(retryingTotal, 'event')}; those of other resources overtake them</span></h2>
      <ul>
        ${repeat(
          shown,
          ({ logId }) => logId,
          (each) => chip(each, now),
        )}
      </ul>
    </section>
  `;
}

/**
 * @param {Retrying} event
 * @param {number} now
 */
function chip({ resource, attempts, why, nextAt }, now) {
  const isDue = nextAt <= now;
  return html`
    <li><button type="button" @click=${() => filterBy({ resource, outcome: 'all' })} title=${resource}>
      <code>${shortResource(resource, 26)}</code>
      <span>${counted(attempts, 'attempt')} · ${why}</span>
      <b>${isDue ? 'now' : `in ${until(nextAt, now)}`}</b>
    </button></li>
  `;
}
