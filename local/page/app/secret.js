import { html } from '/lib/lit-html/lit-html.js';
import { copyButton } from './copy.js';
import { ask } from './dialog.js';
import { act } from './server.js';
import { changed } from './state.js';

/** Shows the signing secret. It stands nowhere on the page until somebody asks for it here. */
export function askSecret() {
  /** @type {readonly string[]} */
  let secrets = [];
  const show = async () => {
    const { data } = await act('secret');
    const given = typeof data === 'object' && data !== null && 'secrets' in data ? data.secrets : [];
    secrets = Array.isArray(given) ? given.map(String) : [];
    changed();
  };
  ask({
    title: 'The signing secret',
    body: () => html`
      <p>Your receiver checks each call with it. Whoever has it can sign calls of their own: show it only where nobody looks on.</p>
      ${
        secrets.length === 0
          ? html`<button type="button" @click=${show}>show the secret</button>`
          : secrets.map(
              (secret) =>
                html`<p class="secret"><code>${secret}</code> ${copyButton(secret, 'copy the secret')}</p>`,
            )
      }`,
  });
}
