import type { PollDeps } from '../poll-deps.ts';
import type { LogPage } from './log-page.ts';
import { futureIds } from './page-part.ts';

/**
 * Reports the first entry whose id lies in the future. Such an entry is read when its time comes;
 * until then it is neither delivered nor lost. It counts once as a gap, which has an alarm.
 * @returns the gaps to count, 0 or 1
 */
export async function tellFuture(
  page: LogPage,
  { ledger, tell }: Pick<PollDeps, 'ledger' | 'tell'>,
): Promise<0 | 1> {
  const [first, ...more] = futureIds(page);
  if (first === undefined) return 0;
  const isNew = (await ledger.readCheckpoint()).toldFuture !== first;
  tell(isNew ? 'error' : 'warn', 'entries.future', { first, entries: 1 + more.length });
  if (isNew) await ledger.writeToldFuture(first);
  return isNew ? 1 : 0;
}
