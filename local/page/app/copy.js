import { html } from '/lib/lit-html/lit-html.js';
import { changed, state } from './state.js';

const SHOWN_MS = 1_500;
let copied = '';

/**
 * A button that copies the whole text, however much of it is shown.
 *
 * @param {string} text
 * @param {string} label for those who do not see what stands beside it
 */
export function copyButton(text, label) {
  return html`<button type="button" class="small copy" aria-label=${label} @click=${() => copy(text)}>${copied === text ? 'copied' : 'copy'}</button>`;
}

/** @param {string} text */
async function copy(text) {
  await navigator.clipboard?.writeText(text).catch(() => {
    state.notice = 'The browser lets nothing be copied.';
  });
  copied = text;
  changed();
  setTimeout(() => {
    copied = '';
    changed();
  }, SHOWN_MS);
}
