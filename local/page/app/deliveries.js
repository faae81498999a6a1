import { repeat } from '/lib/lit-html/directives/repeat.js';
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { opened } from './opened.js';
import { open, shown, state } from './state.js';
import { ago, clock, figure, happened, shortResource, until, why } from './text.js';

/** More rows than anybody scrolls through; the filters reach the rest. */
const ROWS = 200;

const OUTCOMES = [
  ['all', 'all'],
  ['delivered', 'delivered'],
  ['waiting', 'under way'],
  ['retry', 'failing'],
  ['dead-lettered', 'dead letters'],
];

export function deliveries(changed) {
  const all = shown();
  const now = Date.now();
  return html`
    <section class="deliveries" aria-label="Deliveries">
      <div class="bar">
        <h2>Deliveries</h2>
        <div role="group" aria-label="Outcome" class="choice">
          ${OUTCOMES.map(
            ([name, label]) =>
              html`<button type="button" aria-pressed=${name === state.filter.outcome} @click=${() => {
                state.filter.outcome = name;
                changed();
              }}>${label}</button>`,
          )}
        </div>
        <input type="search" placeholder="user, type, path, id" aria-label="Filter deliveries" .value=${state.filter.text}
          @input=${({ target }) => {
            state.filter.text = target.value;
            changed();
          }}>
      </div>
      ${all.length === 0 ? html`<p class="empty">Nothing here yet. Events appear a few seconds after they happen.</p>` : nothing}
      <ol class="rows">
        ${repeat(
          all.slice(0, ROWS),
          ({ logId }) => logId,
          (delivery) => row(delivery, now, changed),
        )}
      </ol>
      ${all.length > ROWS ? html`<p class="empty">${figure(all.length - ROWS)} older ones: narrow the filter to see them.</p>` : nothing}
    </section>
  `;
}

function row(delivery, now, changed) {
  const { logId, resource, state: outcome, seenAt, attempts } = delivery;
  const isOpen = state.open === logId;
  const toggle = async () => {
    const asked = open(isOpen ? undefined : logId);
    changed();
    await asked;
    changed();
  };
  return html`
    <li class=${isOpen ? 'open' : ''}>
      <button type="button" class="row" aria-expanded=${isOpen} @click=${toggle}>
        <time datetime=${new Date(seenAt).toISOString()} title=${ago(seenAt, now)}>${clock(seenAt)}</time>
        <span class="what">${happened(delivery)}</span>
        <span class="resource" title=${resource}>${shortResource(resource)}</span>
        <span class="outcome ${outcome}">${outcomeOf(delivery, now)}</span>
        <span class="tries">${attempts.length > 1 ? `${attempts.length} attempts` : (attempts[0]?.durationMs ?? '') + (attempts.length ? ' ms' : '')}</span>
      </button>
      ${isOpen ? opened(delivery, changed) : nothing}
    </li>
  `;
}

function outcomeOf({ state: outcome, attempts, nextAt }, now) {
  const last = attempts.at(-1);
  switch (outcome) {
    case 'delivered':
      return `delivered ${last?.status ?? ''}`;
    case 'retry':
      return `${last?.status ?? last?.reason ?? 'failed'} · ${nextAt > now ? `again in ${until(nextAt, now)}` : 'due'}`;
    case 'dead-lettered':
      return `given up: ${last ? why(last) : ''}`;
    default:
      return 'under way';
  }
}
