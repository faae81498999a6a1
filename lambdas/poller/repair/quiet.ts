import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Quiet } from '../../shared/ledger/quiet-note.ts';

/**
 * How long the queue must be empty. SQS's counts are approximate for about a minute; five minutes
 * over three polls are no accident of counting.
 */
const QUIET_MS = 5 * 60_000;
const QUIET_POLLS = 3;

/**
 * Reads the quiet that earlier polls noted, and takes the note away until this poll has counted,
 * too. A poll that counts messages and dies then leaves no quiet for the next one to go on with.
 */
export async function takeQuiet(ledger: Ledger): Promise<Quiet | undefined> {
  const quiet = await ledger.readQuiet();
  if (!quiet || quiet.looked) return quiet;
  return (await ledger.takeQuiet(quiet)) ? quiet : undefined; // else another poll counts
}

export function isLongEnough({ polls, since }: Quiet, now: number): boolean {
  return polls >= QUIET_POLLS && now - since >= QUIET_MS;
}
