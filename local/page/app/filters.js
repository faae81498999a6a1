import { html, nothing } from '/lib/lit-html/lit-html.js';
import { filterBy, load } from './list.js';
import { state } from './state.js';
import { figure, shortResource } from './text.js';

/** @type {readonly (readonly ['all' | import('../shapes.ts').DeliveryState, string])[]} */
const OUTCOMES = [
  ['all', 'all'],
  ['delivered', 'delivered'],
  ['waiting', 'under way'],
  ['retry', 'failing'],
  ['dead-lettered', 'dead letters'],
  ['dismissed', 'dismissed'],
];

/** Which deliveries are shown. */
export function filters() {
  const { filter, list, byResource } = state;
  return html`
    <div class="bar">
      <h2>Deliveries</h2>
      <div role="group" aria-label="Outcome" class="choice">
        ${OUTCOMES.filter(([name]) => name !== 'dismissed' || list.counts.dismissed > 0).map(
          ([name, label]) =>
            html`<button type="button" aria-pressed=${name === filter.outcome} @click=${() => filterBy({ outcome: name })}>${label}<small>${figure(list.counts[name])}</small></button>`,
        )}
      </div>
    </div>
    <div class="bar second">
      <input type="search" placeholder="user, path, id" aria-label="Filter deliveries" .value=${filter.text} @input=${(
        /** @type {InputEvent} */ { target },
      ) => {
        if (target instanceof HTMLInputElement) void filterBy({ text: target.value });
      }}>
      <select aria-label="Type of the log event" @change=${(/** @type {Event} */ { target }) => {
        if (target instanceof HTMLSelectElement) void filterBy({ type: target.value });
      }}>
        <option value="" ?selected=${filter.type === ''}>every type</option>
        ${Object.entries(list.types).map(([type, count]) => html`<option value=${type} ?selected=${filter.type === type}>${type} (${count})</option>`)}
      </select>
      <button type="button" aria-pressed=${byResource} @click=${group}>by resource</button>
      ${
        filter.resource === ''
          ? nothing
          : html`<button type="button" class="chosen" title="${filter.resource}: show all resources again" @click=${() => filterBy({ resource: '' })}><code>${shortResource(filter.resource, 30)}</code> ×</button>`
      }
    </div>
  `;
}

function group() {
  state.byResource = !state.byResource;
  return load();
}
