import { html, render } from '/lib/lit-html/lit-html.js';
import { deliveries } from './deliveries.js';
import { picture } from './picture.js';
import { listen, state } from './state.js';
import { tenantToys, webhookToys } from './toys.js';

const root = document.getElementById('app');
let isAsked = false;

/** Once a frame at most, however much arrives. */
function changed() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    render(page(), root);
  });
}

function page() {
  const { place, pipeline, connected, told } = state;
  return html`
    <header>
      <h1>Webhooks for Auth0’s Management API</h1>
      <p class="live ${connected ? 'on' : 'off'}" role="status">${connected ? 'live' : 'the run has ended'}</p>
    </header>
    <main>
      ${place && pipeline ? picture(place, pipeline, Date.now()) : html`<p class="loading">Connecting…</p>`}
      ${
        place?.simulated || place?.ours
          ? html`<section class="toys" aria-label="Try it">${tenantToys(place, changed)}${webhookToys(place, changed)}</section>`
          : ''
      }
      <p class="told" role="status" aria-live="polite">${told}</p>
      ${deliveries(changed)}
    </main>
  `;
}

root.replaceChildren();
changed();
listen(changed);
setInterval(changed, 1000); // times go on
