/** @import { Opened } from '../shapes.ts' */
import { html } from '/lib/lit-html/lit-html.js';
import { copyButton } from './copy.js';

/** @type {Readonly<Record<Opened['signature']['verdict'], string>>} */
const VERDICTS = { valid: 'signature valid', invalid: 'signature invalid', unknown: 'signature not seen' };

/**
 * The headers as they were sent, and whether the signature is good.
 * @param {Opened} detail
 */
export function sentRequest({ headers, asReceived, signature }) {
  const all = headers.map(({ name, value }) => `${name}: ${value ?? '(kept secret)'}`).join('\n');
  return html`
    <p class="signature ${signature.verdict}"><b>${VERDICTS[signature.verdict]}</b> <span>${signature.why}</span></p>
    <details>
      <summary>Headers ${asReceived ? 'as our webhook got them' : 'as they are made'} (${headers.length})</summary>
      ${copyButton(all, 'copy the headers')}
      <dl class="headers">
        ${headers.map(({ name, value }) => html`<dt>${name}</dt><dd>${value === undefined ? html`<em>kept secret</em>` : html`<code>${value}</code>`}</dd>`)}
      </dl>
    </details>
  `;
}
