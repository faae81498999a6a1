import type { Narrate } from './calm.ts';
import { describe } from './describe.ts';
import type { Printer } from './printer.ts';

/** Prints a line for everything that the functions print. */
export function createVerbose({ say }: Pick<Printer, 'say'>): Narrate {
  return (printed, functionName, stream) => {
    const text = describe(printed, Date.now());
    if (text !== undefined) say(printed.kind === 'text' ? `${functionName} ${stream}: ${text}` : text);
  };
}
