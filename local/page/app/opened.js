/** @import { Row } from '../shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { attemptList } from './attempts.js';
import { copyButton } from './copy.js';
import { prettyJson } from './json.js';
import { askDismiss, askRedrive, askResend } from './letter-acts.js';
import { filterBy } from './list.js';
import { sentRequest } from './request.js';
import { state } from './state.js';
import { story } from './story.js';
import { exact, shortId } from './text.js';

/**
 * One delivery, opened: what happened in words, every attempt, and what was sent.
 * @param {Row} row
 * @param {number} now
 */
export function opened(row, now) {
  const { logId, resource, seenAt } = row;
  const detail = state.opened?.row.logId === logId ? state.opened : undefined;
  return html`
    <div class="opened">
      <div class="side">
        <p class="story">${story(row, detail, now)}</p>
        <dl>
          <dt>webhook-id</dt>
          <dd><code title=${logId}>${shortId(logId)}</code> ${copyButton(logId, 'copy the webhook-id')}</dd>
          <dt>resource</dt>
          <dd><code>${resource}</code> ${copyButton(resource, 'copy the resource')}
            <button type="button" class="small" @click=${() => filterBy({ resource, outcome: 'all' })}>only this</button></dd>
          <dt>first seen</dt>
          <dd><time>${exact(seenAt)}</time></dd>
        </dl>
        ${detail ? attemptList(detail.attempts, row, now) : html`<p class="empty">Loading…</p>`}
        <p class="acts">
          <button type="button" @click=${() => askResend(logId)}>send again…</button>
          ${
            row.state === 'dead-lettered'
              ? html`<button type="button" @click=${() => askRedrive(logId)}>redrive…</button>
                <button type="button" @click=${() => askDismiss(logId)}>dismiss…</button>`
              : nothing
          }
        </p>
      </div>
      ${detail ? html`<div class="side">${sentRequest(detail)}${prettyJson(detail.body)}</div>` : nothing}
    </div>
  `;
}
