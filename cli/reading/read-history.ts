import * as z from 'zod/mini';
import { createFilter } from '../../lambdas/poller/events/event-filter.ts';
import type { LogEvent } from '../../lambdas/shared/log-event.ts';
import type { FilterSettings } from '../../lambdas/shared/settings/filter-settings.ts';
import type { Connection } from '../connect/connection.ts';
import type { Placed } from './walk-log.ts';

const texts = z.array(z.string());
const readLine = z.object({
  from: z.string(),
  cursor: z.string(),
  filterTypes: texts,
  filterEndpoints: texts,
  filterMethods: texts,
  filterExcludes: texts,
});
const beganLine = z.object({ event: z.literal('reading.began'), from: z.string() });

const READING = ['poll.completed', 'poll.failed', 'reading.began'];

/** A stretch of the log that polls read by one filter. */
interface Stretch {
  readonly from: string;
  to: string;
  /** The filter as text. Neighbours with the same key become one stretch. */
  readonly key: string;
  readonly matches: (event: LogEvent) => boolean;
}

/** Which parts of the log polls have read, and by which filter, as their log lines tell. */
export interface ReadHistory {
  /**
   * True when the event was left out on purpose: it is from before reading began, or the filter of
   * every poll that read it left it out. Undefined when no line tells.
   */
  wasExcluded(placed: Placed): boolean | undefined;
}

export async function readHistory(
  { lines }: Pick<Connection, 'lines'>,
  since: number,
  until: number,
): Promise<ReadHistory> {
  const stretches: Stretch[] = [];
  let beganAt: string | undefined;
  for await (const { line } of lines({ from: ['poller'], since, until, events: READING })) {
    const began = beganLine.safeParse(line);
    if (began.success) beganAt = began.data.from;
    const read = readLine.safeParse(line);
    if (read.success) add(stretches, read.data);
  }
  return {
    wasExcluded({ event, position }) {
      const covering = stretches.filter(({ from, to }) => from < position && position <= to);
      if (covering.length > 0) return covering.every(({ matches }) => !matches(event));
      if (beganAt !== undefined && position <= beganAt) return true;
      // A poll that was killed has no line. It most likely had the filter of the next one.
      const next = stretches.find(({ to }) => position <= to);
      return next && !next.matches(event);
    },
  };
}

function add(stretches: Stretch[], { from, cursor, ...texts }: z.infer<typeof readLine>): void {
  if (cursor <= from) return;
  const key = JSON.stringify(texts);
  const last = stretches.at(-1);
  if (last?.key === key && last.to === from) {
    last.to = cursor;
    return;
  }
  const filter = createFilter(settingsOf(texts));
  stretches.push({ from, to: cursor, key, matches: (event) => filter(event) === 'matched' });
}

function settingsOf(texts: Omit<z.infer<typeof readLine>, 'from' | 'cursor'>): FilterSettings {
  return {
    logTypes: texts.filterTypes,
    endpoints: texts.filterEndpoints.map((pattern) => pattern.split('/')),
    methods: texts.filterMethods,
    excludedClients: texts.filterExcludes,
  };
}
