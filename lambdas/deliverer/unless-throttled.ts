import { isThrottle } from '../shared/throttle.ts';
import type { DeliverDeps } from './deliver-deps.ts';

/** What must be left after a throttled table's last try: time to return the records. */
const RESERVE_MS = 4_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

type Deps = Pick<DeliverDeps, 'sleep' | 'random' | 'remainingMs'>;

/**
 * Waits for a throttled table. The event source mapping limits how many invocations run, so they
 * slow down until the table follows. A partition key takes 1,000 writes a second.
 */
export async function unlessThrottled<T>(
  call: () => Promise<T>,
  { sleep, random, remainingMs }: Deps,
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!isThrottle(error) || remainingMs() < pauseMs + RESERVE_MS) throw error;
      await sleep(pauseMs * (0.5 + random() / 2));
    }
  }
}
