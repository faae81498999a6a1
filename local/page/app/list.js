/**
 * @import { Changes, Row } from '../shapes.ts'
 * @import { Filter } from './state.js'
 */
import { fetchGroups, fetchList, fetchOpened } from './server.js';
import { changed, state } from './state.js';

/** Rows of a page, as many as the server gives at a time. */
export const PAGE_SIZE = 100;
/** How often the list is asked for at most, however many changes come. */
const RELOAD_MS = 1_000;

let isReloading = false;
/** @type {number | undefined} */
let asked;

/** Asks for the rows that the filter lets through. */
export async function load() {
  asked = (asked ?? 0) + 1;
  const mine = asked;
  const [list, groups] = await Promise.all([
    fetchList(state.filter, state.page),
    state.byResource ? fetchGroups(state.filter) : [],
  ]);
  if (mine !== asked) return; // another filter was chosen meanwhile
  if (list) state.list = { ...list, held: 0 };
  state.groups = groups ?? [];
  changed();
}

/** @param {Partial<Filter>} change */
export function filterBy(change) {
  state.filter = { ...state.filter, ...change };
  state.page = 0;
  return load();
}

/** @param {number} page */
export function turnTo(page) {
  state.page = page;
  return load();
}

/**
 * Takes what has changed. Rows that are shown change in place. New ones come on top, unless
 * somebody is reading.
 *
 * @param {Changes} changes
 */
export function take({ rows, counts, more }) {
  const shown = new Map(state.list.rows.map((row) => [row.logId, row]));
  /** @type {Row[]} */
  const fresh = [];
  for (const row of rows) {
    if (shown.has(row.logId)) shown.set(row.logId, row);
    else if (isNews(row)) fresh.unshift(row);
    if (row.logId === state.open) void refreshOpened(row.logId);
  }
  const isHeld = fresh.length > 0 && isRead();
  const after = isHeld ? [...shown.values()] : [...fresh, ...shown.values()].slice(0, PAGE_SIZE);
  const total = state.list.total + fresh.length;
  const held = state.list.held + (isHeld ? fresh.length : 0);
  state.list = { ...state.list, rows: after, counts, total, held };
  if (more || state.byResource) reloadSoon();
  changed();
}

/**
 * @param {string | undefined} logId
 */
export async function open(logId) {
  state.open = logId;
  state.opened = undefined;
  changed();
  if (logId !== undefined) await refreshOpened(logId);
}

/** @param {string} logId */
async function refreshOpened(logId) {
  const opened = await fetchOpened(logId);
  if (state.open === logId && opened) state.opened = opened;
  changed();
}

function reloadSoon() {
  if (isReloading) return;
  isReloading = true;
  setTimeout(() => {
    isReloading = false;
    if (isRead()) state.list = { ...state.list, held: Math.max(1, state.list.held) };
    else void load();
    changed();
  }, RELOAD_MS);
}

/**
 * True when somebody points at a row, has one open, or is among them by keyboard. No row moves
 * then.
 */
function isRead() {
  return state.open !== undefined || document.querySelector('.rows:hover, .rows:focus-within') !== null;
}

/** @param {Row} row */
function isNews(row) {
  const { outcome, text, resource, type } = state.filter;
  const newest = state.list.rows[0];
  return (
    state.page === 0 &&
    (outcome === 'all' ? newest === undefined || row.seenAt >= newest.seenAt : row.state === outcome) &&
    (resource === '' || row.resource === resource) &&
    (type === '' || row.type === type) &&
    (text === '' ||
      `${row.resource} ${row.description} ${row.path} ${row.logId}`
        .toLowerCase()
        .includes(text.toLowerCase()))
  );
}
