/** @import { Group } from '../shapes.ts' */
import { html, nothing } from '/lib/lit-html/lit-html.js';
import { filterBy } from './list.js';
import { outcomeOf } from './row.js';
import { state } from './state.js';
import { ago, counted, exact, happened, shortResource } from './text.js';

/**
 * All events of one resource; a click shows them.
 * @param {Group} group
 * @param {number} now
 */
export function groupRow({ resource, events, failing, deadLettered, newest }, now) {
  const show = () => {
    state.byResource = false;
    return filterBy({ resource });
  };
  return html`
    <li>
      <button type="button" class="row group" @click=${show}>
        <time title="${exact(newest.seenAt)}">${ago(newest.seenAt, now)}</time>
        <code class="resource" title=${resource}>${shortResource(resource, 44)}</code>
        <span class="what">${happened(newest)}</span>
        <span class="outcome ${newest.state}">${outcomeOf(newest, now)}</span>
        <span class="tries">${counted(events, 'event')}${failing > 0 ? html`, <b class="warn">${failing} failing</b>` : nothing}${deadLettered > 0 ? html`, <b class="bad">${deadLettered} dead</b>` : nothing}</span>
      </button>
    </li>
  `;
}
