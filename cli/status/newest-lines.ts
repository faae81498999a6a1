import type { Connection, FunctionKind, LoggedLine } from '../connect/connection.ts';

/**
 * The windows that are searched, newest first. The first is enough while all is well. Lines older
 * than the last one are not looked for.
 */
const WINDOWS_MS = [2 * 60_000, 15 * 60_000, 60 * 60_000];

export interface NewestLines {
  readonly newest: LoggedLine | undefined;
  readonly newestGood: LoggedLine | undefined;
}

/**
 * Finds the newest line of the named events, and the newest good one. It goes back in windows,
 * because CloudWatch gives the oldest line first: an hour of a busy webhook would take minutes.
 */
export async function newestLines(
  { lines }: Pick<Connection, 'lines'>,
  now: number,
  { from, events }: { readonly from: FunctionKind; readonly events: readonly string[] },
  isGood: (line: LoggedLine) => boolean,
): Promise<NewestLines> {
  let newest: LoggedLine | undefined;
  let newestGood: LoggedLine | undefined;
  let until = now;
  for (const window of WINDOWS_MS) {
    const found: { newest?: LoggedLine; good?: LoggedLine } = {};
    for await (const line of lines({ from: [from], events, since: now - window, until })) {
      found.newest = line;
      if (isGood(line)) found.good = line;
    }
    newest ??= found.newest;
    newestGood ??= found.good;
    if (newestGood) break;
    until = now - window;
  }
  return { newest, newestGood };
}
