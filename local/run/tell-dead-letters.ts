import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { Printer } from '../output/printer.ts';

/**
 * How many are named. More would hide everything else, and the dead-letter queue itself has them
 * all.
 */
const MOST_NAMED = 10;

/** Names what an earlier run could not deliver, as only an operator's act brings it further. */
export async function tellDeadLetters(deps: OperationsDeps, printer: Printer): Promise<void> {
  const { letters, total } = await listDeadLetters(deps);
  if (total === 0) return;
  printer.say(`${countOfLetters(total)} on the dead-letter queue, not delivered by an earlier run:`);
  for (const { logId, resource, reason, status, attempts } of letters.slice(0, MOST_NAMED)) {
    const why = [status, reason === 'status' ? undefined : reason]
      .filter((part) => part !== undefined)
      .join(' ');
    printer.say(`  ${resource} ${logId} (${why}, ${attempts ?? '?'} attempts)`);
  }
  if (letters.length > MOST_NAMED) printer.say(`  and ${total - MOST_NAMED} more`);
}

export function countOfLetters(count: number): string {
  return count === 1 ? 'One event is' : `${count} events are`;
}
