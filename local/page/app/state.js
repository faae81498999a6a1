/**
 * @import { Counts, Group, Opened, Place, Row } from '../shapes.ts'
 * @import { Pipeline, Widgets } from '../pipeline-shapes.ts'
 */

/**
 * @typedef {object} Filter
 * @property {'all' | Row['state']} outcome
 * @property {string} text
 * @property {string} resource
 * @property {string} type
 */

/**
 * @typedef {object} List
 * @property {readonly Row[]} rows Newest first.
 * @property {number} total That match.
 * @property {Counts} counts
 * @property {Readonly<Record<string, number>>} types
 * @property {number} held New ones that wait until nobody reads.
 */

/** @type {Counts} */
const NO_COUNTS = { all: 0, waiting: 0, delivered: 0, retry: 0, 'dead-lettered': 0, dismissed: 0 };

/** What the page knows. Its server sends most of it, by server-sent events. */
export const state = {
  connected: false,
  /** @type {Place | undefined} */
  place: undefined,
  /** @type {Pipeline | undefined} */
  pipeline: undefined,
  /** @type {Widgets | undefined} */
  widgets: undefined,
  /** @type {Filter} */
  filter: { outcome: 'all', text: '', resource: '', type: '' },
  /** Of a hundred rows, from 0. */
  page: 0,
  byResource: false,
  /** @type {List} */
  list: { rows: [], total: 0, counts: NO_COUNTS, types: {}, held: 0 },
  /** @type {readonly Group[]} */
  groups: [],
  /** The opened delivery's log_id. @type {string | undefined} */
  open: undefined,
  /** @type {Opened | undefined} */
  opened: undefined,
  notice: '',
};

let isAsked = false;
let draw = () => {};

/** @param {() => void} render */
export function onChange(render) {
  draw = render;
}

/** Draws the page, at most once a frame, however much comes in. */
export function changed() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    draw();
  });
}
