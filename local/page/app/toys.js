import { html } from '/lib/lit-html/lit-html.js';
import { act } from './state.js';

const ACTS = [
  ['create-user', 'create a user'],
  ['update-user', 'change a user'],
  ['delete-user', 'delete a user'],
  ['sign-up', 'a user signs up'],
  ['assign-role', 'assign a role'],
  ['change-connection', 'change a connection'],
];

const MODES = [
  ['ok', 'answers 204'],
  ['error', 'answers 500'],
  ['busy', 'answers 429'],
  ['slow', 'takes 3 s'],
  ['hang', 'hangs'],
  ['down', 'is down'],
  ['one-user', 'refuses one user'],
];

export function tenantToys({ simulated }, changed) {
  if (!simulated) return '';
  const run = async (input) => {
    await act('tenant', input);
    changed();
  };
  return html`
    <fieldset>
      <legend>In the tenant</legend>
      ${ACTS.map(([name, label]) => html`<button type="button" @click=${() => run({ act: name })}>${label}</button>`)}
      <button type="button" @click=${() => run({ act: 'update-user', times: 100 })}>100 changes</button>
    </fieldset>
  `;
}

export function webhookToys({ ours, webhookMode }, changed) {
  const run = async (mode) => {
    await act('webhook', { mode });
    changed();
  };
  const test = async () => {
    await act('test');
    changed();
  };
  return html`
    <fieldset>
      <legend>The webhook</legend>
      ${
        ours
          ? MODES.map(
              ([mode, label]) =>
                html`<button type="button" aria-pressed=${mode === webhookMode} @click=${() => run(mode)}>${label}</button>`,
            )
          : ''
      }
      <button type="button" @click=${test}>send a test event</button>
    </fieldset>
  `;
}
