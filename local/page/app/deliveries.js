import { repeat } from '/lib/lit-html/directives/repeat.js';
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { filters } from './filters.js';
import { groupRow } from './groups.js';
import { load, PAGE_SIZE, turnTo } from './list.js';
import { row } from './row.js';
import { state } from './state.js';
import { counted, figure } from './text.js';

/**
 * What was sent to the webhook, or is to be: newest first, a hundred at a time.
 * @param {number} now
 */
export function deliveries(now) {
  const { list, groups, byResource, filter } = state;
  const isEmpty = byResource ? groups.length === 0 : list.rows.length === 0;
  const isFiltered =
    filter.outcome !== 'all' || filter.text !== '' || filter.resource !== '' || filter.type !== '';
  return html`
    <section class="deliveries" aria-label="Deliveries">
      ${filters()}
      ${list.held > 0 ? html`<button type="button" class="held" @click=${load}>${counted(list.held, 'newer one')}: show</button>` : nothing}
      ${isEmpty ? html`<p class="empty">${isFiltered ? 'Nothing matches.' : 'Nothing here yet. Events appear a few seconds after they happen.'}</p>` : nothing}
      <ol class="rows" ?hidden=${isEmpty}>
        ${
          byResource
            ? repeat(
                groups,
                ({ resource }) => resource,
                (group) => groupRow(group, now),
              )
            : repeat(
                list.rows,
                ({ logId }) => logId,
                (each) => row(each, now),
              )
        }
      </ol>
      ${byResource ? nothing : pager(list.total)}
    </section>
  `;
}

/** @param {number} total */
function pager(total) {
  const { page } = state;
  if (total <= PAGE_SIZE) return nothing;
  const last = Math.ceil(total / PAGE_SIZE) - 1;
  return html`
    <nav class="pager" aria-label="Pages of deliveries">
      <button type="button" ?disabled=${page === 0} @click=${() => turnTo(page - 1)}>newer</button>
      <span>${figure(page * PAGE_SIZE + 1)} to ${figure(Math.min(total, (page + 1) * PAGE_SIZE))} of ${figure(total)}</span>
      <button type="button" ?disabled=${page >= last} @click=${() => turnTo(page + 1)}>older</button>
    </nav>
  `;
}
