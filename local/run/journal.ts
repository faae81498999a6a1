import type { OnLine } from '../host/bundle-process.ts';
import { describe } from '../output/describe.ts';
import { type LogLine, parseLine } from '../output/log-line.ts';
import type { Printer } from '../output/printer.ts';
import { count, newTally, type Tally } from '../output/tally.ts';

/** What the functions print, turned into lines for people, counts, and what a run acts on. */
export interface Journal {
  readonly tally: Readonly<Tally>;
  /** For the host: takes each line of the function of that name. */
  lineOf(functionName: string): OnLine;
}

export function createJournal(
  printer: Printer,
  act: (line: LogLine) => void,
  keep: (functionName: string, text: string) => void = () => {},
): Journal {
  const tally = newTally();
  return {
    tally,
    lineOf: (functionName) => (text, stream) => {
      keep(functionName, text);
      const printed = parseLine(text);
      const human = describe(printed, Date.now());
      if (human !== undefined)
        printer.say(printed.kind === 'text' ? `${functionName} ${stream}: ${human}` : human);
      if (printed.kind !== 'known') return;
      count(tally, printed.line);
      act(printed.line);
    },
  };
}
