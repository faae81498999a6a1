/**
 * @import { Group, Listed, Opened, ActionResult } from '../shapes.ts'
 * @import { Filter } from './state.js'
 */
import { changed, state } from './state.js';

// What is answered is of this very version: a page of another run loads itself anew (stream.js).

/**
 * @param {Filter} filter
 * @param {number} page
 * @returns {Promise<Listed | undefined>}
 */
export const fetchList = (filter, page) =>
  get(`/deliveries?${new URLSearchParams({ ...filter, page: String(page) })}`);

/**
 * @param {Filter} filter
 * @returns {Promise<readonly Group[] | undefined>}
 */
export const fetchGroups = (filter) => get(`/groups?${new URLSearchParams({ ...filter })}`);

/**
 * @param {string} logId
 * @returns {Promise<Opened | undefined>}
 */
export const fetchOpened = (logId) => get(`/deliveries/${encodeURIComponent(logId)}`);

/** @param {string} path */
async function get(path) {
  const response = await fetch(path).catch(() => undefined);
  return response?.ok ? await response.json() : undefined;
}

/**
 * Does something, and tells what came of it.
 * @param {string} name
 * @param {object} [input]
 * @returns {Promise<ActionResult & { readonly ok: boolean }>}
 */
export async function act(name, input = {}) {
  const response = await fetch(`/actions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-page': '1' },
    body: JSON.stringify(input),
  }).catch(() => undefined);
  /** @type {ActionResult} */
  const result = response ? await response.json() : { words: 'The run has ended.' };
  state.notice = result.words;
  changed();
  return { ...result, ok: response?.ok === true };
}
