/** @import { Pipeline } from '../pipeline-shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { wordsOf } from './reasons.js';
import { counted, span, until } from './text.js';

/** Probes that are drawn, one beside the other. */
const MOST = 24;

/**
 * A webhook at which everything fails. It is left in peace, and one event is tried now and then.
 *
 * @param {Pipeline} pipeline
 * @param {number} now
 */
export function outage({ endpoint, waiting, hidden }, now) {
  if (!endpoint) return nothing;
  const { since, reason, probes, nextProbeAt, until: patience, perSecond } = endpoint;
  if (since === undefined)
    return html`
      <section class="outage asks card" aria-label="The webhook asks for patience">
        <h2>The webhook asks for patience</h2>
        <p>${patience === undefined ? `It takes about ${perSecond.toFixed(perSecond < 1 ? 2 : 1)} requests a second; that is kept to.` : `It wants no request for another ${until(patience, now)}.`}</p>
      </section>`;
  const next =
    nextProbeAt === undefined
      ? ''
      : nextProbeAt > now
        ? `the next in ${until(nextProbeAt, now)}`
        : 'the next one is due';
  return html`
    <section class="outage card" aria-label="The webhook is paused">
      <h2>The webhook is left in peace</h2>
      <p>Everything has failed there for ${span(Math.round((now - since) / 1000))} (${wordsOf(reason)}). <b>${counted(waiting + hidden, 'event')}</b> wait, none is lost; one is tried now and then, and the first success ends the pause.</p>
      <p class="probes"><span aria-hidden="true">${Array.from({ length: Math.min(MOST, probes) }, () => html`<i></i>`)}<i class="next"></i></span> ${counted(probes, 'probe')} so far, ${next}</p>
    </section>
  `;
}
