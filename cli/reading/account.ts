import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import { timeOf } from '../../lambdas/shared/log-position.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { numberOf, textOf } from '../connect/logged-line.ts';
import type { OpenLog } from './open-log.ts';

export const FATES = ['delivered', 'waiting', 'dead', 'dismissed', 'excluded', 'missing'] as const;

/** What has become of an event that the filter lets through. */
export type Fate = (typeof FATES)[number];

export interface Accounted {
  readonly logId: string;
  readonly resource: string;
  readonly fate: Fate;
}

export interface Period {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly until: number;
  readonly now: number;
}

/**
 * Accounts for each matching event of a time: by the log lines of its attempts, by the ledger's
 * open batches, and by when the settings last changed. What none of these explains is missing.
 */
export async function* account(
  connection: Connection,
  log: OpenLog,
  { since, until, now }: Period,
): AsyncGenerator<Accounted> {
  const [attempts, front, settingsChangedAt] = await Promise.all([
    lastAttempts(connection, since, now),
    connection.operations.ledger.readState(),
    connection.settingsChangedAt(),
  ]);
  const cursor = front?.cursor ?? '';
  const open = await openBatches(connection);
  for await (const page of log.range(await log.positionAt(since), await log.positionAt(until))) {
    for (const { logId, resource } of page) {
      const attempt = attempts.get(logId);
      const fate = attempt ? byAttempt(attempt, open) : byPosition(logId, cursor, open, settingsChangedAt);
      yield { logId, resource, fate };
    }
  }
}

/**
 * The newest attempt of each event; one that was delivered stays so, whatever was sent again later.
 */
async function lastAttempts(
  connection: Connection,
  since: number,
  until: number,
): Promise<ReadonlyMap<string, LoggedLine>> {
  const lines = await connection.lines({
    from: ['deliverer'],
    since,
    until,
    events: ['delivery.attempted'],
  });
  const last = new Map<string, LoggedLine>();
  for (const line of lines) {
    const logId = textOf(line, 'logId');
    if (textOf(last.get(logId) ?? line, 'outcome') === 'delivered' && last.has(logId)) continue;
    last.set(logId, line);
  }
  return last;
}

function byAttempt(line: LoggedLine, open: readonly Batch[]): Fate {
  const outcome = textOf(line, 'outcome');
  if (outcome === 'delivered') return 'delivered';
  const batch = open.find(({ id }) => id === textOf(line, 'batch'));
  const isPending = batch?.pending.has(numberOf(line, 'ordinal') ?? -1) === true;
  if (outcome === 'dead-lettered') return isPending ? 'dead' : 'dismissed';
  // Recorded by an attempt whose line was lost: the ledger only ever takes out what was delivered
  // or dismissed.
  return isPending ? 'waiting' : 'delivered';
}

/**
 * No attempt is known of it: it may be unread, in a batch that is open, or have been none of ours
 * when it was read.
 */
function byPosition(
  logId: string,
  cursor: string,
  open: readonly Batch[],
  settingsChangedAt: number | undefined,
): Fate {
  if (logId > cursor) return 'waiting';
  if (open.some(({ from, to, pending }) => logId > from && logId <= to && pending.size > 0)) return 'waiting';
  // Settings that changed after it happened may have left it out when it was read. Later ones
  // cannot explain it.
  const happenedAt = timeOf(logId) ?? Number.POSITIVE_INFINITY;
  return settingsChangedAt !== undefined && settingsChangedAt > happenedAt ? 'excluded' : 'missing';
}

async function openBatches({ operations }: Connection): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (;;) {
    const page: readonly Batch[] = await operations.ledger.openBatchesAfter(batches.at(-1)?.id, PAGE);
    batches.push(...page);
    if (page.length < PAGE) return batches;
  }
}

const PAGE = 100;
