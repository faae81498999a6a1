import type { Life } from './life.ts';
import type { TenantLog } from './tenant-log.ts';

/** How far back a history reaches, which is well inside the free plan's retention of a day. */
const SPAN_MS = 8 * 3600 * 1000;
/**
 * Age of the newest entry, so that a reader that waits for young ids to settle has nothing to wait
 * for.
 */
const NEWEST_MS = 90_000;

/** Fills the log with `count` entries of a believable past. */
export function writeHistory(log: TenantLog, life: Life, count: number, now: number): void {
  const first = now - NEWEST_MS - SPAN_MS;
  for (let index = 1; index <= count; index += 1) {
    const ingestedAt = first + (SPAN_MS * index) / count;
    log.append(life.next(ingestedAt), { ingestedAt });
  }
}
