/** @import { Place } from '../shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { act } from './server.js';

const MODES = [
  ['ok', 'answers 204'],
  ['error', 'answers 500'],
  ['busy', 'answers 429'],
  ['slow', 'is slow'],
  ['hang', 'hangs'],
  ['one-user', 'refuses one user'],
  ['down', 'is down'],
];

/**
 * Ways in which our own webhook can be made to behave. They show order, retries, pause and
 * recovery.
 *
 * @param {Place} place
 */
export function webhookToys({ ours, webhookMode }) {
  if (!ours) return nothing;
  return html`
    <section class="toy card" aria-label="Have the webhook misbehave">
      <h2>Have the webhook misbehave</h2>
      <div class="choice">
        ${MODES.map(
          ([mode, label]) =>
            html`<button type="button" aria-pressed=${mode === webhookMode} @click=${() => act('webhook', { mode })}>${label}</button>`,
        )}
      </div>
      <p class="hint">${HINTS[webhookMode]}</p>
    </section>
  `;
}

/** What there is to see. @type {Readonly<Record<Place['webhookMode'], string>>} */
const HINTS = {
  ok: 'All is well: each event arrives within seconds, and those of one resource in order.',
  error:
    'Each event is tried again, later each time; after ten failures over three resources the webhook is left in peace.',
  busy: 'It says when to come back (Retry-After), and is called no sooner; then at the pace that it takes.',
  slow: 'Each answer takes 3 s: at most five calls at the same time, and the queue grows.',
  hang: 'No answer comes: after the time-out the attempt has failed.',
  'one-user': 'One resource waits and is tried again; all others overtake it.',
  down: 'Connections break: events wait, and one is tried now and then until it is back.',
};
