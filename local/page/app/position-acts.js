import { html, nothing } from '/lib/lit-html/lit-html.js';
import { ask } from './dialog.js';
import { act } from './server.js';
import { changed } from './state.js';
import { counted } from './text.js';

/** @param {'polls' | 'deliveries'} what */
export function askPause(what) {
  let reason = '';
  ask({
    title: `Pause ${what}?`,
    body: () => html`
      <p>${what === 'polls' ? 'The log is not read until you resume. Auth0 keeps it meanwhile: a day on the free plan.' : 'Events wait in the queue until you resume. None is lost.'}</p>
      <label>Reason, for whoever finds it paused
        <input name="reason" maxlength="200" required .value=${reason} @input=${(
          /** @type {InputEvent} */ { target },
        ) => {
          if (target instanceof HTMLInputElement) reason = target.value;
        }}>
      </label>`,
    yes: `pause ${what}`,
    onYes: async () => (await act('pause', { what, reason })).ok,
  });
}

/** @param {'polls' | 'deliveries'} what */
export function resume(what) {
  return act('resume', { what });
}

/** Shows first what would be sent again. It can then be done, and undone. */
export function askRewind() {
  let to = '15m';
  let isDone = false;
  /** @type {{ events: number, to: string } | undefined} */
  let plan;
  let notice = '';
  const look = async () => {
    const answer = await act('rewind', { to, dryRun: true });
    plan = answer.ok ? planOf(answer.data) : undefined;
    notice = answer.ok ? '' : answer.words;
    changed();
  };
  const undo = async () => {
    notice = (await act('undo-rewind')).words;
    isDone = false;
    plan = undefined;
    changed();
  };
  const question = () => ({
    title: 'Read the log again from an older position',
    body: () => html`
      <label>Back to: how long ago, an ISO time, or a log_id
        <input name="to" required .value=${to} ?disabled=${isDone} @input=${(
          /** @type {InputEvent} */ { target },
        ) => {
          if (target instanceof HTMLInputElement) to = target.value;
          plan = undefined;
          changed();
        }}>
      </label>
      ${plan ? html`<p class="plan"><b>${counted(plan.events, 'event')}</b> ${isDone ? 'are sent again' : 'would be sent again'}, under the same webhook-ids. <small>From <code>${plan.to}</code></small></p>` : nothing}
      ${notice === '' ? nothing : html`<p class="fault" role="alert">${notice}</p>`}
      ${isDone ? html`<p>The next poll reads on from there. <button type="button" @click=${undo}>take it back</button></p>` : html`<button type="button" @click=${look}>count what would be sent again</button>`}`,
    ...(plan && !isDone ? { yes: 'rewind' } : {}),
    onYes: async () => {
      if (!plan) return false;
      const answer = await act('rewind', { to: plan.to, dryRun: false });
      isDone = answer.ok;
      notice = answer.ok ? '' : answer.words;
      changed();
      return false;
    },
  });
  // The dialog's button depends on what was counted, so the question is made anew.
  ask(new Proxy(question(), { get: (_, key) => Reflect.get(question(), key) }));
}

/** @param {unknown} data */
function planOf(data) {
  if (typeof data !== 'object' || data === null || !('events' in data) || !('to' in data)) return undefined;
  return { events: Number(data.events), to: String(data.to) };
}
