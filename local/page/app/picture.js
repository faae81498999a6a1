/**
 * @import { Place } from '../shapes.ts'
 * @import { Pipeline } from '../pipeline-shapes.ts'
 */
import { html } from '/lib/lit-html/lit-html.js';
import { lane } from './lane.js';
import { askPause, askRewind, resume } from './position-acts.js';
import { askSecret } from './secret.js';
import { act } from './server.js';
import { stage } from './stage.js';
import { ago, counted, figure } from './text.js';

/**
 * The pipeline, left to right: who hands what to whom, and how much waits where.
 * @param {Place} place
 * @param {Pipeline} pipeline
 * @param {number} now
 */
export function picture(place, pipeline, now) {
  const { read, readRate, waiting, hidden, delivering, attempts } = pipeline;
  return html`
    <section class="picture" aria-label="The pipeline">
      ${stage({
        name: 'tenant',
        title: 'Auth0 tenant',
        does: 'keeps a log',
        number: figure(read),
        unit: 'log entries read',
        small: place.simulated ? 'simulated on this machine' : place.domain,
        rate: readRate,
      })}
      ${lane('tenant', pipeline.polling)}
      ${pollerStage(pipeline, now)}
      ${lane('poller', pipeline.polling)}
      ${stage({
        name: 'queue',
        title: 'Queue',
        does: 'keeps the order',
        number: figure(waiting + hidden),
        unit: 'waiting',
        small:
          waiting + hidden > 0
            ? `${figure(waiting)} ready, ${figure(hidden)} held or in flight`
            : 'FIFO, in order per resource',
        look: waiting + hidden > 0 ? 'waits' : undefined,
      })}
      ${lane('queue', delivering > 0)}
      ${stage({
        name: 'delivery',
        title: 'Delivery',
        does: 'signs and sends',
        number: figure(delivering),
        unit: 'at work now',
        small:
          pipeline.deliveriesPaused === undefined
            ? counted(attempts, 'attempt')
            : `paused: ${pipeline.deliveriesPaused}`,
        look: pipeline.deliveriesPaused === undefined ? undefined : 'waits',
        acts: pauseButton('deliveries', pipeline.deliveriesPaused),
      })}
      ${lane('webhook', delivering > 0)}
      ${webhookStage(place, pipeline)}
    </section>
  `;
}

/**
 * @param {Pipeline} pipeline
 * @param {number} now
 */
function pollerStage({ matched, lastPoll, pollsPaused }, now) {
  const small = lastPoll ? `polled ${ago(lastPoll.at, now)}` : 'has not polled yet';
  return stage({
    name: 'poller',
    title: 'Poller',
    does: 'reads the log',
    number: figure(matched),
    unit: 'events matched',
    small: pollsPaused === undefined ? small : `paused: ${pollsPaused}`,
    look: pollsPaused === undefined ? undefined : 'waits',
    acts: html`${pauseButton('polls', pollsPaused)}<button type="button" class="small" @click=${askRewind}>rewind…</button>`,
  });
}

/**
 * @param {Place} place
 * @param {Pipeline} pipeline
 */
function webhookStage({ ours, webhookUrl, webhookMode }, { delivered, rate, endpoint }) {
  const isDown = endpoint?.since !== undefined;
  const host = ours ? 'our own, on this machine' : webhookUrl;
  const state = isDown
    ? 'paused: everything fails there'
    : ours && webhookMode !== 'ok'
      ? 'made to misbehave'
      : host;
  return stage({
    name: 'webhook',
    title: 'Webhook',
    does: 'your code',
    number: figure(delivered),
    unit: 'delivered',
    small: state,
    rate,
    look: isDown ? 'fails' : state === host ? 'well' : 'waits',
    acts: html`
      <button type="button" class="small" @click=${() => act('test')}>test event</button>
      <button type="button" class="small" @click=${askSecret}>secret…</button>`,
  });
}

/**
 * @param {'polls' | 'deliveries'} what
 * @param {string | undefined} paused
 */
function pauseButton(what, paused) {
  return paused === undefined
    ? html`<button type="button" class="small" aria-label="pause… ${what}" @click=${() => askPause(what)}>pause…</button>`
    : html`<button type="button" class="small pressed" aria-label="resume ${what}" @click=${() => resume(what)}>resume</button>`;
}
