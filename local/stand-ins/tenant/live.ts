import { createRandom } from './life/random.ts';
import type { Life } from './life.ts';
import type { TenantLog } from './tenant-log.ts';

/** One pause in so many ends in a burst, as when a script walks over a tenant's users. */
const BURST_EVERY = 15;

/** Appends a few entries a second or fewer, now and then a burst, until it is stopped. */
export function startLiving(log: TenantLog, life: Life, seed: number, now: () => number): () => void {
  const random = createRandom(seed + 1);
  let timer: NodeJS.Timeout;
  const rest = () => {
    timer = setTimeout(live, random.between(300, 2_500));
  };
  const live = () => {
    const entries = random.between(1, BURST_EVERY) === 1 ? random.between(5, 20) : random.between(1, 3);
    for (let count = 0; count < entries; count += 1) log.append(life.next(now()));
    rest();
  };
  rest();
  return () => clearTimeout(timer);
}
