import { ref } from '/lib/lit-html/directives/ref.js';
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { changed } from './state.js';

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {() => unknown} body Drawn anew with the page.
 * @property {string} [yes] The button that does it; without it there is only "close".
 * @property {() => Promise<boolean>} [onYes] True: done, the dialog closes.
 */

/** @type {Question | undefined} */
let question;

/** Asks before something is changed, or shows what is shown on purpose only. @param {Question} next */
export function ask(next) {
  question = next;
  changed();
}

export function close() {
  question = undefined;
  changed();
}

export function dialog() {
  if (!question) return nothing;
  const { title, body, yes, onYes } = question;
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (await onYes?.()) close();
  };
  return html`
    <dialog aria-labelledby="dialog-title" @close=${close} ${ref(show)}>
      <form method="dialog" @submit=${submit}>
        <h2 id="dialog-title">${title}</h2>
        ${body()}
        <p class="acts">
          ${yes === undefined ? nothing : html`<button type="submit" class="main">${yes}</button>`}
          <button type="button" @click=${close}>${yes === undefined ? 'close' : 'cancel'}</button>
        </p>
      </form>
    </dialog>
  `;
}

/** It can be shown once it stands in the page, which is when drawing has ended. @param {Element | undefined} element */
function show(element) {
  if (!(element instanceof HTMLDialogElement)) return;
  queueMicrotask(() => {
    if (!element.open) element.showModal();
  });
}
