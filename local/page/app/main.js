import { html, nothing, render } from '/lib/lit-html/lit-html.js';
import { dashboard } from './dashboard.js';
import { deliveries } from './deliveries.js';
import { dialog } from './dialog.js';
import { letters } from './letters.js';
import { outage } from './outage.js';
import { picture } from './picture.js';
import { retrying } from './retrying.js';
import { changed, onChange, state } from './state.js';
import { listen } from './stream.js';
import { strip } from './strip.js';
import { tenantToys } from './tenant-toys.js';
import { webhookToys } from './webhook-toys.js';

const root = document.getElementById('app') ?? document.body;

function page() {
  const { place, pipeline, connected, notice } = state;
  const now = Date.now();
  return html`
    <header>
      <img src="/icon.svg" alt="" width="38" height="38">
      <div>
        <h1>Webhooks for Auth0’s Management API</h1>
        <p class="quiet">Every change in the tenant becomes a signed call of your webhook: in order, tried until it arrives, never lost.</p>
      </div>
      <p class="live ${connected ? 'on' : 'off'}" role="status">${connected ? 'live' : 'the run has ended'}</p>
    </header>
    <main>
      ${
        place && pipeline
          ? html`
            ${picture(place, pipeline, now)}
            <div class="ground">${strip(pipeline, now)}${letters(pipeline)}</div>
            ${place.simulated || place.ours ? html`<section class="toys" aria-label="Try it">${tenantToys(place, now)}${webhookToys(place)}</section>` : nothing}
            `
          : html`<p class="loading">Connecting…</p>`
      }
      <p class="notice" role="status" aria-live="polite">${notice}</p>
      ${pipeline ? html`${outage(pipeline, now)}${retrying(pipeline, now)}` : nothing}
      <div class="columns">
        ${deliveries(now)}
        ${dashboard()}
      </div>
    </main>
    ${dialog()}
  `;
}

root.replaceChildren();
onChange(() => render(page(), root));
changed();
listen();
setInterval(changed, 1000); // times go on
