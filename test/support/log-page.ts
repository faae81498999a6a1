import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import type { LogEvent } from '../../lambdas/shared/log-event.ts';

/** Makes a page of 100 entries that was asked for at `readAt` (epoch milliseconds). */
export function logPage(entries: readonly LogEvent[], readAt: number): LogPage {
  return { entries, readAt, taken: 100, most: 100, bytes: entries.length * 2_000 };
}
