import { timeOf } from '../../shared/log-position.ts';
import { SHORTEST_RETENTION_MS } from '../reading/gap.ts';
import { isAfter, type Oldest } from '../reading/positions.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Tells whether Auth0 no longer keeps the entry at a position. The log's oldest entry says so. The
 * retention of the settings counts only while the log shows no position. An entry younger than a
 * day is kept on every plan, whatever one answer says.
 */
export function isGone(position: string, oldest: Oldest, retentionDays: number): boolean {
  const time = timeOf(position);
  if (time === undefined) return oldest.position !== undefined && isAfter(oldest.position, position);
  const age = oldest.readAt - time;
  if (oldest.position === undefined) return age > retentionDays * DAY_MS;
  return age > SHORTEST_RETENTION_MS && isAfter(oldest.position, position);
}
