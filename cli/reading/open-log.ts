import { setTimeout as sleep } from 'node:timers/promises';
import { createFilter } from '../../lambdas/poller/events/event-filter.ts';
import { toMessages } from '../../lambdas/poller/events/event-message.ts';
import { createLogClient, type LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import { idOf, type LogEvent, logIdOf, textField } from '../../lambdas/shared/log-event.ts';
import { positionAt, positionBefore, prefixOf } from '../../lambdas/shared/log-position.ts';
import type { ReplayedEvent } from '../../lambdas/shared/operations/resend.ts';
import { type Auth0Settings, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Connection } from '../connect/connection.ts';
import { CliError } from '../errors.ts';

/** Auth0's log with the filter in force, for commands that read the log themselves. */
export interface OpenLog {
  readonly settings: Auth0Settings;
  /** Matching log events after one position, up to and with another, a page at a time. */
  matching(after: string, until: string): AsyncGenerator<readonly LogEvent[]>;
  /** The same range, as the messages that would be sent. */
  range(after: string, until: string): AsyncGenerator<readonly ReplayedEvent[]>;
  /** Those of the ids that the log still has, in log order, whether they match or not. */
  named(logIds: readonly string[]): Promise<readonly ReplayedEvent[]>;
  /** The newest matching event among the hundred newest entries. */
  newest(): Promise<ReplayedEvent | undefined>;
  /** The position before everything that was logged at a time or later. */
  positionAt(time: number): Promise<string>;
}

/** How long to wait between tries while Auth0's rate limit is reached, and how often to try. */
const RATE_LIMIT_MS = 1_000;
const RATE_LIMIT_TRIES = 60;

/** Opens the log. Throws a CliError while the settings are wrong. */
export async function openLog({ readSecret }: Pick<Connection, 'readSecret'>): Promise<OpenLog> {
  const parsed = parseAuth0Settings(await readSecret('auth0'));
  if ('faults' in parsed) {
    const lines = parsed.faults.map(({ key, expected }) => `  ${key}: ${expected}`);
    throw new CliError(["the settings for reading Auth0's log are wrong:", ...lines].join('\n'));
  }
  const { settings } = parsed;
  const client = createLogClient(settings.connection);
  const filter = createFilter(settings.filter);
  const matches = (event: LogEvent) => filter(event) === 'matched';
  const replayed = (events: readonly LogEvent[]): readonly ReplayedEvent[] =>
    toMessages([...events.entries()], { ledger: '', batch: '' }, settings.body).messages;
  return {
    settings,
    async *matching(after, until) {
      for await (const entries of pages(client, after, until)) yield entries.filter(matches);
    },
    async *range(after, until) {
      for await (const entries of pages(client, after, until)) yield replayed(entries.filter(matches));
    },
    async named(logIds) {
      const found: LogEvent[] = [];
      for (const logId of logIds.toSorted()) {
        const before = positionBefore(logId);
        const entries = before === undefined ? [] : await entriesAfter(client, before);
        const event = entries.find((entry) => idOf(entry) === logId);
        if (event !== undefined) found.push(event);
      }
      return replayed(found);
    },
    async newest() {
      const { entries } = await patiently(() => client.search('newest'));
      const newest = entries.filter(matches).toSorted((a, b) => (idOf(a) < idOf(b) ? 1 : -1))[0];
      return newest === undefined ? undefined : replayed([newest])[0];
    },
    async positionAt(time) {
      const { entries } = await patiently(() => client.search('newest'));
      const prefix = entries
        .map((entry) => prefixOf(textField(entry, 'log_id') ?? ''))
        .find((known) => known !== undefined);
      if (prefix === undefined)
        throw new CliError("Auth0's log is empty, or its ids tell no time: give log_ids instead");
      return positionAt(time, prefix);
    },
  };
}

/** Reads a page. It is empty after a position that Auth0 does not know, such as a mistyped id. */
async function entriesAfter(client: LogClient, position: string): Promise<LogPage['entries']> {
  try {
    return (await patiently(() => client.page(position))).entries;
  } catch (error) {
    if (error instanceof LogReadError && error.status === 400) return [];
    throw error;
  }
}

/** Entries after one position, up to and with another. */
async function* pages(client: LogClient, after: string, until: string): AsyncGenerator<readonly LogEvent[]> {
  for (let position = after; ; ) {
    const { entries } = await patiently(() => client.page(position));
    const within = entries.filter((entry) => idOf(entry) <= until);
    if (within.length > 0) yield within;
    const end = entries.map(logIdOf).findLast((id) => id !== undefined);
    if (end === undefined || end <= position || end > until) return;
    position = end;
  }
}

/**
 * Reads again while Auth0's rate limit is reached. The poller draws on the same limit, and goes
 * first.
 */
async function patiently(read: () => Promise<LogPage>): Promise<LogPage> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LogReadError)) throw error;
      if (error.reason !== 'auth0.rate-limit' || tries === RATE_LIMIT_TRIES) throw error;
      await sleep(Math.max(RATE_LIMIT_MS, (error.retryAt ?? 0) - Date.now()));
    }
  }
}
