/** @import { OpenBatch, Pipeline } from '../pipeline-shapes.ts' */
import { repeat } from '/lib/lit-html/directives/repeat.js';
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { ago, counted, timeOfId } from './text.js';

/**
 * The log as a line. Up to the checkpoint everything is delivered. Then come the open batches,
 * which fill. Up to the cursor everything is read.
 *
 * @param {Pipeline} pipeline
 * @param {number} now
 */
export function strip({ cursor, checkpoint, batches, pending, oldestAt }, now) {
  const read = timeOfId(cursor);
  const done = timeOfId(checkpoint);
  const open = batches.filter(({ pending: left }) => left > 0);
  const waits =
    pending > 0
      ? `${counted(pending, 'event')} under way${oldestAt === undefined ? '' : `, the oldest from ${ago(oldestAt, now)}`}`
      : 'nothing is under way';
  return html`
    <section class="strip card" aria-label="The log: where reading and delivering stand">
      <h2>The log</h2>
      <p class="quiet">${waits}</p>
      <div class="line" role="img" aria-label="${waits}; ${counted(open.length, 'open batch')}">
        <span class="done"></span>
        <i class="mark checkpoint"></i>
        ${repeat(open, ({ id }) => id, batch)}
        <i class="mark cursor"></i>
        <span class="unread"></span>
      </div>
      <p class="label"><b>Checkpoint</b> ${done === undefined ? 'not yet' : html`all delivered up to <time title=${checkpoint}>${ago(done, now)}</time>`}</p>
      <p class="label end"><b>Cursor</b> ${read === undefined ? 'nothing read yet' : html`all read up to <time title=${cursor}>${ago(read, now)}</time>`}</p>
      ${open.length > 0 ? html`<p class="label batches">${counted(open.length, 'batch').replace('batchs', 'batches')} open</p>` : nothing}
    </section>
  `;
}

/** @param {OpenBatch} batch */
function batch({ size, pending, failing }) {
  const share = Math.round(100 * (1 - pending / Math.max(1, size)));
  return html`<span class="batch ${failing > 0 ? 'failing' : ''}" title="${size - pending} of ${size} delivered${failing > 0 ? `, ${failing} failing` : ''}"><i .style=${`width:${share}%`}></i></span>`;
}
