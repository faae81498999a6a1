import { html } from '/lib/lit-html/lit-html.js';
import { ask } from './dialog.js';
import { act } from './server.js';

/**
 * Asks whether to redrive one dead letter, or all of them.
 *
 * @param {string} [logId]
 */
export function askRedrive(logId) {
  ask({
    title: logId === undefined ? 'Send all dead letters again?' : 'Send this dead letter again?',
    body: () =>
      html`<p>It goes back to the queue, in order, and is tried for a whole retry window once more.</p>`,
    yes: 'redrive',
    onYes: async () => (await act('redrive', chosen(logId))).ok,
  });
}

/** @param {string} [logId] */
export function askDismiss(logId) {
  let why = '';
  ask({
    title: logId === undefined ? 'Give all dead letters up?' : 'Give this dead letter up?',
    body: () => html`
      <p>The webhook never gets it, and the checkpoint passes it.</p>
      <label>Why?
        <input name="why" maxlength="200" required .value=${why} @input=${(
          /** @type {InputEvent} */ { target },
        ) => {
          if (target instanceof HTMLInputElement) why = target.value;
        }}>
      </label>`,
    yes: 'dismiss',
    onYes: async () => (await act('dismiss', { ...chosen(logId), why })).ok,
  });
}

/** @param {string} logId */
export function askResend(logId) {
  ask({
    title: 'Send this event again?',
    body: () =>
      html`<p>The webhook gets it once more, under the same <code>webhook-id</code>: one that ignores duplicates does nothing.</p>`,
    yes: 'send again',
    onYes: async () => (await act('resend', { logId })).ok,
  });
}

/** @param {string | undefined} logId */
function chosen(logId) {
  return logId === undefined ? {} : { logId };
}
