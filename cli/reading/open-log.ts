import { createFilter } from '../../lambdas/poller/events/event-filter.ts';
import { toMessages } from '../../lambdas/poller/events/event-message.ts';
import { createLogClient, type LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import { idOf, type LogEvent, textField } from '../../lambdas/shared/log-event.ts';
import { positionAt, positionBefore, prefixOf } from '../../lambdas/shared/log-position.ts';
import type { ReplayedEvent } from '../../lambdas/shared/operations/resend.ts';
import { refuseOtherTenant } from '../../lambdas/shared/operations/whose-log.ts';
import { type Auth0Settings, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Connection } from '../connect/connection.ts';
import { CliError } from '../errors.ts';
import { patiently } from './patiently.ts';
import { type Placed, walkLog } from './walk-log.ts';

/** Auth0's log with the filter in force, for commands that read the log themselves. */
export interface OpenLog {
  readonly settings: Auth0Settings;
  /** Matching log events after one position, up to and with another, a page at a time. */
  matching(after: string, until: string): AsyncGenerator<readonly Placed[]>;
  /** The same range, as the messages that would be sent. */
  range(after: string, until: string): AsyncGenerator<readonly ReplayedEvent[]>;
  /** Those of the ids that the log still has, in log order, whether they match or not. */
  named(logIds: readonly string[]): Promise<readonly ReplayedEvent[]>;
  /** The newest matching event among the hundred newest entries. */
  newest(): Promise<ReplayedEvent | undefined>;
  /** The position before everything that was logged at a time or later. */
  positionAt(time: number): Promise<string>;
}

/**
 * Opens the log. Throws a CliError while the settings are wrong, and an OperationError when they
 * name another tenant than the ledger: `verify` would find nothing missing in a log of which
 * nothing was ever read.
 */
export async function openLog({
  readSecret,
  operations,
}: Pick<Connection, 'readSecret' | 'operations'>): Promise<OpenLog> {
  const parsed = parseAuth0Settings(await readSecret('auth0'));
  if ('faults' in parsed) {
    const lines = parsed.faults.map(({ key, expected }) => `  ${key}: ${expected}`);
    throw new CliError(["the settings for reading Auth0's log are wrong:", ...lines].join('\n'));
  }
  const { settings } = parsed;
  refuseOtherTenant(await operations.ledger.readState(), settings.connection.tenant);
  const client = createLogClient(settings.connection);
  const filter = createFilter(settings.filter);
  const matches = (event: LogEvent) => filter(event) === 'matched';
  const replayed = (events: readonly LogEvent[]): readonly ReplayedEvent[] =>
    toMessages([...events.entries()], { ledger: '', batch: '' }, settings.body).messages;
  return {
    settings,
    async *matching(after, until) {
      for await (const entries of walkLog(client, after, until))
        yield entries.filter(({ event }) => matches(event));
    },
    async *range(after, until) {
      for await (const entries of walkLog(client, after, until))
        yield replayed(entries.map(({ event }) => event).filter(matches));
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
