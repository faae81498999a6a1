import { html, nothing } from '/lib/lit-html/lit-html.js';
import { act, state } from './state.js';
import { clock, shortId, why } from './text.js';

/** One delivery, opened: what happened, every attempt, and the exact JSON. */
export function opened(delivery, changed) {
  const { logId, resource, attempts } = delivery;
  const run = (name, input) => async () => {
    await act(name, input);
    changed();
  };
  const copy = (text) => () => navigator.clipboard?.writeText(text);
  const json = state.detail?.logId === logId ? JSON.stringify(state.detail.body, null, 2) : undefined;
  return html`
    <div class="opened">
      <dl>
        <dt>log_id</dt>
        <dd><code>${shortId(logId)}</code> <button type="button" @click=${copy(logId)}>copy</button></dd>
        <dt>resource</dt>
        <dd><code>${resource}</code></dd>
      </dl>
      <ol class="attempts" aria-label="Attempts">
        ${attempts.map(
          (attempt) => html`<li class=${attempt.outcome}>
            <time>${clock(attempt.at)}</time> attempt ${attempt.number}: ${attempt.outcome === 'delivered' ? `delivered, ${attempt.status}` : why(attempt)} <small>${attempt.durationMs} ms</small>
          </li>`,
        )}
      </ol>
      <p class="actions">
        <button type="button" @click=${run('resend', { logId })}>send again</button>
        ${
          delivery.state === 'dead-lettered'
            ? html`<button type="button" @click=${run('redrive', { logId })}>redrive</button>
              <button type="button" @click=${run('dismiss', { logId })}>dismiss</button>`
            : nothing
        }
        ${json === undefined ? nothing : html`<button type="button" @click=${copy(json)}>copy JSON</button>`}
      </p>
      ${json === undefined ? html`<p class="empty">Loading…</p>` : html`<pre tabindex="0" aria-label="JSON">${json}</pre>`}
    </div>
  `;
}
