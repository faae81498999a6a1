/** @import { Attempt, Row } from '../shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { why } from './reasons.js';
import { clock, exact, until } from './text.js';

/**
 * Every attempt with status, time, reason and what the webhook answered.
 * @param {readonly Attempt[]} attempts
 * @param {Row} row
 * @param {number} now
 */
export function attemptList(attempts, { state, nextAt }, now) {
  return html`
    <ol class="attempts" aria-label="Attempts">
      ${attempts.map(
        (attempt) => html`
          <li class=${attempt.outcome}>
            <b>${attempt.number}</b>
            <time title=${exact(attempt.at)}>${clock(attempt.at)}</time>
            <span>${attempt.outcome === 'delivered' ? `delivered, ${attempt.status}` : why(attempt)}</span>
            <small>${attempt.durationMs} ms</small>
            ${attempt.excerpt === undefined || attempt.excerpt === '' ? nothing : html`<q>${attempt.excerpt}</q>`}
          </li>`,
      )}
      ${state === 'retry' && nextAt !== undefined ? html`<li class="next"><b>…</b><span>${nextAt > now ? `again in ${until(nextAt, now)}` : 'due now'}</span></li>` : nothing}
    </ol>
  `;
}
