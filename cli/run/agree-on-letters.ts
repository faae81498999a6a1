import type { DeadLetterList } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { deadLetterRows, howMany, matchingLines, refuseUnknown, repeatedLines } from './dead-letter-rows.ts';

const SHOWN = 20;

export interface Proposal {
  readonly logIds: readonly string[];
  readonly dryRun: boolean | undefined;
  /** What `--json` says of a command that did nothing, such as `{ moved: 0 }`. */
  readonly nothing: object;
  /** The question, about dead letters in words such as `these 3 dead letters (3 status)`. */
  readonly question: (letters: string) => string;
}

/**
 * Shows the dead letters that match, and asks whether to go on. It also asks when none of those
 * that were looked at matches but others lie behind them.
 * @returns false when there are none, with `--dry-run`, and when the answer was no
 * @throws CliError when a log_id that was named is no dead letter
 */
export async function agreeOnLetters(
  context: Context,
  list: DeadLetterList,
  { logIds, dryRun, nothing, question }: Proposal,
): Promise<boolean> {
  const { terminal, now } = context;
  const { letters, seen, total } = list;
  if (letters.length === 0) refuseUnknown(logIds, list);
  if (dryRun === true || (letters.length === 0 && seen >= total)) {
    answer(context, { matching: letters, total, ...nothing }, matchingLines(list, now()));
    return false;
  }
  const rows = letters.length > 0 ? deadLetterRows(letters.slice(0, SHOWN), now()) : [];
  for (const row of rows) terminal.note(row);
  for (const line of repeatedLines(letters)) terminal.note(line);
  return await confirm(context, question(howMany(list)));
}
