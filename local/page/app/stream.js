/**
 * @import { Changes, Place } from '../shapes.ts'
 * @import { Pipeline, Widgets } from '../pipeline-shapes.ts'
 */

import { pulse } from './lane.js';
import { load, take } from './list.js';
import { changed, state } from './state.js';

/** Connects to the server, which sends whatever happens. */
export function listen() {
  const source = new EventSource('/stream');
  source.addEventListener('open', () => {
    state.connected = true;
    void load();
  });
  source.addEventListener('error', () => {
    state.connected = false;
    changed();
  });
  source.addEventListener('place', ({ data }) => {
    /** @type {Place} */
    const place = JSON.parse(data);
    if (state.place && state.place.run !== place.run) location.reload();
    state.place = place;
    changed();
  });
  source.addEventListener('pipeline', ({ data }) => {
    /** @type {Pipeline} */
    const pipeline = JSON.parse(data);
    if (state.pipeline) pulse(state.pipeline, pipeline);
    state.pipeline = pipeline;
    changed();
  });
  source.addEventListener('widgets', ({ data }) => {
    /** @type {Widgets} */
    const widgets = JSON.parse(data);
    state.widgets = widgets;
    changed();
  });
  source.addEventListener('changes', ({ data }) => {
    /** @type {Changes} */
    const changes = JSON.parse(data);
    take(changes);
  });
}
