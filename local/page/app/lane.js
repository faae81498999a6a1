/** @import { Pipeline } from '../pipeline-shapes.ts' */
import { html } from '/lib/lit-html/lit-html.js';

/** Dots on a lane at the same time. More could not be told apart. */
const MOST = 7;
const TRAVEL_MS = 1_100;
const APART_MS = 110;
const isStill = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * The way from one part to the next, on which dots travel.
 * @param {string} name
 * @param {boolean} isBusy
 */
export function lane(name, isBusy) {
  return html`<span class="lane ${isBusy ? 'busy' : ''}" data-lane=${name} aria-hidden="true"></span>`;
}

/**
 * Sends dots along the lanes for what happened in between: read, matched, delivered, failed.
 * @param {Pipeline} before
 * @param {Pipeline} after
 */
export function pulse(before, after) {
  const delivered = after.delivered - before.delivered;
  const failed = after.attempts - before.attempts - delivered;
  travel('tenant', after.read - before.read, 'moves', 0);
  travel('poller', after.matched - before.matched, 'moves', 1);
  travel('queue', after.attempts - before.attempts, 'moves', 2);
  travel('webhook', delivered, 'good', 3);
  travel('webhook', failed, 'bad', 3);
}

/**
 * @param {string} name
 * @param {number} count
 * @param {'moves' | 'good' | 'bad'} look
 * @param {number} turn Later lanes come later: one sees the same event go on.
 */
function travel(name, count, look, turn) {
  const way = document.querySelector(`[data-lane="${name}"]`);
  if (!way || count <= 0 || isStill.matches || document.hidden) return;
  const free = MOST - way.childElementCount;
  for (let index = 0; index < Math.min(count, free); index += 1) {
    const dot = document.createElement('i');
    dot.className = look;
    way.append(dot);
    const there = { offsetDistance: '100%', opacity: 1 };
    const path = [{ offsetDistance: '0%', opacity: 0.3 }, there];
    // A failed event comes back, as it is tried again.
    const steps = look === 'bad' ? [...path, { offsetDistance: '0%', opacity: 0.2 }] : path;
    const duration = look === 'bad' ? TRAVEL_MS * 1.8 : TRAVEL_MS;
    const delay = index * APART_MS + turn * 160;
    const run = dot.animate(steps, { duration, delay, easing: 'ease-in-out', fill: 'backwards' });
    run.finished.finally(() => dot.remove());
  }
}
