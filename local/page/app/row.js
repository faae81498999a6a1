/** @import { Row } from '../shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { open } from './list.js';
import { opened } from './opened.js';
import { shortWhy } from './reasons.js';
import { state } from './state.js';
import { ago, clock, exact, happened, shortResource, until } from './text.js';

/**
 * One delivery; a click opens it.
 * @param {Row} delivery
 * @param {number} now
 */
export function row(delivery, now) {
  const { logId, resource, seenAt } = delivery;
  const isOpen = state.open === logId;
  return html`
    <li class=${isOpen ? 'open' : ''}>
      <button type="button" class="row" aria-expanded=${isOpen} @click=${() => open(isOpen ? undefined : logId)}>
        <time datetime=${new Date(seenAt).toISOString()} title="${exact(seenAt)}">${when(seenAt, now)}</time>
        <span class="what">${happened(delivery)}</span>
        <code class="resource" title=${resource}>${shortResource(resource)}</code>
        <span class="outcome ${delivery.state}">${outcomeOf(delivery, now)}</span>
        <span class="tries">${tries(delivery)}</span>
      </button>
      ${isOpen ? opened(delivery, now) : nothing}
    </li>
  `;
}

/**
 * How long ago it was, or after a minute the time of the day.
 *
 * @param {number} at
 * @param {number} now
 */
function when(at, now) {
  return now - at < 60_000 ? ago(at, now) : clock(at);
}

/**
 * @param {Row} row
 * @param {number} now
 */
export function outcomeOf({ state: outcome, last, nextAt, dismissedFor }, now) {
  switch (outcome) {
    case 'delivered':
      return `delivered ${last?.status ?? ''}`;
    case 'retry':
      return `${shortWhy(last)} · ${nextAt !== undefined && nextAt > now ? `again in ${until(nextAt, now)}` : 'due'}`;
    case 'dead-lettered':
      return `dead letter ${last ? `· ${shortWhy(last)}` : ''}`;
    case 'dismissed':
      return `dismissed: ${dismissedFor ?? ''}`;
    default:
      return 'under way';
  }
}

/** @param {Row} row */
function tries({ attempts, last }) {
  if (attempts > 1) return `${attempts} attempts`;
  return last ? `${last.durationMs} ms` : '';
}
