import type { OnLine } from '../host/bundle-process.ts';
import type { Narrate } from '../output/calm.ts';
import { type LogLine, parseLine } from '../output/log-line.ts';
import { count, newTally, type Tally } from '../output/tally.ts';

/**
 * Makes lines for people and counts of what the functions print, and hands on what a run acts on.
 */
export interface Journal {
  readonly tally: Readonly<Tally>;
  /** Makes the host's callback for each line of the function of that name. */
  lineOf(functionName: string): OnLine;
}

export function createJournal(
  narrate: Narrate,
  act: (line: LogLine) => void,
  keep: (functionName: string, text: string) => void = () => {},
): Journal {
  const tally = newTally();
  return {
    tally,
    lineOf: (functionName) => (text, stream) => {
      keep(functionName, text);
      const printed = parseLine(text);
      narrate(printed, functionName, stream);
      if (printed.kind !== 'known') return;
      count(tally, printed.line);
      act(printed.line);
    },
  };
}
