import { html } from '/lib/lit-html/lit-html.js';
import { copyButton } from './copy.js';

/** The longest text in colours. For a longer one they would cost more than a frame. */
const MOST_COLOURED = 20_000;
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\b(?:true|false|null)\b/g;

/** The JSON that the webhook gets, indented. @param {unknown} body */
export function prettyJson(body) {
  const text = JSON.stringify(body, null, 2) ?? '';
  return html`
    <div class="json">
      ${copyButton(text, 'copy the JSON')}
      <pre tabindex="0" aria-label="JSON">${text.length > MOST_COLOURED ? text : coloured(text)}</pre>
    </div>
  `;
}

/** @param {string} text */
function coloured(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    parts.push(text.slice(at, match.index));
    const look = string === undefined ? 'literal' : colon === undefined ? 'string' : 'key';
    parts.push(html`<span class=${look}>${string ?? whole}</span>${colon ?? ''}`);
    at = match.index + whole.length;
  }
  return [...parts, text.slice(at)];
}
