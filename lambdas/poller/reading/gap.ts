import { timeOf } from '../../shared/log-position.ts';
import type { PollDeps } from '../poll-deps.ts';
import { isMadeUp, oldestOf } from './positions.ts';
import { MARGIN_MS } from './start-position.ts';

const DAY_MS = 24 * 3_600_000;
/**
 * The shortest retention of any plan of Auth0, the free one's. Younger entries are kept, whatever
 * the setting says.
 */
export const SHORTEST_RETENTION_MS = DAY_MS;

interface Stop {
  readonly cursor: string;
  /** When the log was last proven to be read to its end. */
  readonly caughtUpAt: number | undefined;
  /** True when an operator's rewind made up the cursor, perhaps from a time. */
  readonly isRewound: boolean;
  /** Auth0's clock. */
  readonly readAt: number;
}

/**
 * Counts the gaps where a poll goes on, 0 or 1. When Auth0 no longer keeps the entries after the
 * cursor, it answers with the oldest entry that it has, and no error. So the oldest entry of the
 * log is asked for. If it is younger than where reading stopped, what was between is gone. If the
 * log was read to its proven end at `caughtUpAt`, there is no gap before that, however old its last
 * entry is.
 */
export async function detectGap(
  { cursor, caughtUpAt, isRewound, readAt }: Stop,
  { settings, log, tell }: Pick<PollDeps, 'settings' | 'log' | 'tell'>,
): Promise<0 | 1> {
  const retentionMs = settings.retentionDays * DAY_MS;
  const readUntil = Math.max(timeOf(cursor) ?? 0, caughtUpAt ?? 0);
  // A first position by START_FROM=earliest lies a margin before the oldest entry of that time.
  const isFirst = caughtUpAt === undefined && !isRewound && isMadeUp(cursor);
  const age = readAt - readUntil - (isFirst ? MARGIN_MS : 0);
  if (readUntil === 0 || age <= SHORTEST_RETENTION_MS / 2) return 0;
  const { position } = await oldestOf(log);
  const oldest = timeOf(position ?? '') ?? readAt;
  const isGap = oldest > readUntil && age > SHORTEST_RETENTION_MS;
  // The tenant keeps the log longer than the setting says when the log shows entries from before
  // that.
  const isNear = age > retentionMs / 2 && oldest >= readAt - retentionMs;
  if (!isGap && !isNear) return 0;
  tell(isGap ? 'error' : 'warn', isGap ? 'gap.detected' : 'gap.near', {
    from: new Date(readUntil).toISOString(),
    to: new Date(oldest).toISOString(),
    retentionDays: settings.retentionDays,
  });
  return isGap ? 1 : 0;
}
