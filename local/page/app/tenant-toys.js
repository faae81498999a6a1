/** @import { Place } from '../shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { askCurl } from './curl.js';
import { act } from './server.js';
import { until } from './text.js';

const ACTS = [
  ['create-user', 'create a user'],
  ['change-email', 'change an e-mail'],
  ['assign-role', 'assign a role'],
  ['delete-user', 'delete the user'],
  ['sign-up', 'a user signs up'],
  ['change-connection', 'change a connection'],
];
const RATES = [1, 5, 20];
const FLOW_SECONDS = 30;

/**
 * What can be made to happen in the simulated tenant.
 * @param {Place} place
 * @param {number} now
 */
export function tenantToys({ simulated, rate }, now) {
  if (!simulated) return nothing;
  return html`
    <section class="toy card" aria-label="Make something happen in the tenant">
      <h2>Make something happen in the tenant</h2>
      <div class="choice">
        ${ACTS.map(([name, label]) => html`<button type="button" @click=${() => act('tenant', { act: name })}>${label}</button>`)}
        <button type="button" @click=${() => act('tenant', { act: 'call', times: 100 })}>100 calls</button>
        <button type="button" @click=${askCurl}>by curl or SDK…</button>
      </div>
      <div class="choice by-clock" role="group" aria-label="Calls a second, for ${FLOW_SECONDS} seconds">
        <span>for ${FLOW_SECONDS} s:</span>
        ${RATES.map((perSecond) => html`<button type="button" aria-pressed=${rate?.perSecond === perSecond} @click=${() => act('rate', { perSecond, seconds: FLOW_SECONDS })}>${perSecond} a second</button>`)}
        ${rate ? html`<button type="button" @click=${() => act('rate', { perSecond: 0, seconds: 1 })}>stop (${until(rate.until, now)})</button>` : nothing}
      </div>
    </section>
  `;
}
