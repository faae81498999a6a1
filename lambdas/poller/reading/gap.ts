import { logIdOf } from '../../shared/log-event.ts';
import { timeOf } from '../../shared/log-position.ts';
import type { PollDeps } from '../poll-deps.ts';
import type { LogPage } from './log-page.ts';
import { MARGIN_MS } from './start-position.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Looks at the first page of a poll; gives the number of gaps, 0 or 1. When the cursor is older than what Auth0 keeps,
 * Auth0 answers with the oldest entry that it has, and no error. A log that was read to its end at `caughtUpAt` has no
 * gap before that, however old its last entry.
 */
export function detectGap(
  cursor: string,
  page: LogPage,
  caughtUpAt: number | undefined,
  { settings, tell }: PollDeps,
): 0 | 1 {
  const retentionMs = settings.retentionDays * DAY_MS;
  const readUntil = Math.max(timeOf(cursor) ?? 0, caughtUpAt ?? 0);
  // A first position from START_FROM=earliest lies a margin before the oldest entry that there was.
  const age = page.readAt - readUntil - (caughtUpAt === undefined ? MARGIN_MS : 0);
  if (readUntil === 0 || age <= retentionMs / 2) return 0;
  const found = timeOf(logIdOf(page.entries[0]) ?? '') ?? page.readAt;
  // What it shows from before then, Auth0 still keeps: this tenant's retention is longer than the setting says.
  if (found < page.readAt - retentionMs) return 0;
  const fields = {
    from: new Date(readUntil).toISOString(),
    to: new Date(found).toISOString(),
    retentionDays: settings.retentionDays,
  };
  const isGap = age > retentionMs;
  if (isGap) tell('error', 'gap.detected', fields);
  else tell('warn', 'gap.near', fields);
  return isGap ? 1 : 0;
}
