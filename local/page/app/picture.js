import { html, nothing } from '/lib/lit-html/lit-html.js';
import { ago, figure, timeOfId } from './text.js';

/** The pipeline, left to right: who hands what to whom, and how much waits where. */
export function picture(place, pipeline, now) {
  const { read, matched, waiting, hidden, delivered, rate, delivering, lastPoll, deadLettered } = pipeline;
  return html`
    <section class="picture" aria-label="The pipeline">
      ${stage('tenant', 'Auth0 tenant', place.simulated ? 'simulated here' : place.domain, figure(read), 'log entries read')}
      ${arrow(pipeline.polling)}
      ${stage('poller', 'Poller', lastPoll ? `polled ${ago(lastPoll.at, now)}` : 'has not polled yet', figure(matched), 'events matched', pipeline.pollsPaused ? 'paused' : undefined)}
      ${arrow(waiting + hidden > 0)}
      ${stage('queue', 'Queue', hidden > 0 ? `${figure(hidden)} put off or in flight` : 'FIFO, in order per resource', figure(waiting + hidden), 'waiting')}
      ${arrow(delivering > 0)}
      ${stage('delivery', 'Delivery', `${figure(pipeline.attempts)} attempts`, figure(delivering), 'at work now', pipeline.deliveriesPaused ? 'paused' : undefined)}
      ${arrow(rate > 0)}
      ${stage('webhook', 'Webhook', place.ours ? 'our own' : place.webhookUrl, figure(delivered), `delivered · ${rate.toFixed(1)}/s`, webhookState(pipeline, place))}
    </section>
    ${strip(pipeline, now)}
    ${deadLettered > 0 ? html`<p class="alarm">${figure(deadLettered)} on the dead-letter queue: nobody tries these any more.</p>` : nothing}
  `;
}

function webhookState({ webhookPausedSince }, { ours, webhookMode }) {
  if (webhookPausedSince !== undefined) return 'down: left in peace, probed now and then';
  return ours && webhookMode !== 'ok' ? 'made to fail' : undefined;
}

function stage(name, title, small, number, unit, problem) {
  return html`
    <article class="stage ${name} ${problem ? 'problem' : ''}">
      <h2>${title}</h2>
      <p class="number">${number}</p>
      <p class="unit">${unit}</p>
      <p class="small" title=${small}>${problem ?? small}</p>
    </article>
  `;
}

function arrow(moves) {
  return html`<span class="arrow ${moves ? 'moves' : ''}" aria-hidden="true"><i></i><i></i><i></i></span>`;
}

/** The log as a line of time: up to the checkpoint all is delivered, up to the cursor all is read. */
function strip({ cursor, checkpoint, pending, oldestAt }, now) {
  const read = timeOfId(cursor);
  const done = timeOfId(checkpoint);
  if (read === undefined || done === undefined) return nothing;
  const open = Math.max(0, read - done);
  const share = open === 0 ? 100 : Math.max(4, 100 - Math.min(90, Math.sqrt(open / 1000)));
  return html`
    <section class="strip" aria-label="Where reading and delivering stand">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="unread" x="0" y="2" width="100" height="2"></rect>
        <rect class="open" x="0" y="2" width="98" height="2"></rect>
        <rect class="done" x="0" y="2" width=${Math.min(98, share)} height="2"></rect>
      </svg>
      <p><b>Checkpoint</b> all delivered up to ${ago(done, now)}${pending > 0 ? html` · <b>${figure(pending)}</b> on their way${oldestAt === undefined ? '' : `, the oldest from ${ago(oldestAt, now)}`}` : ''}</p>
      <p class="end"><b>Cursor</b> all read up to ${ago(read, now)}</p>
    </section>
  `;
}
