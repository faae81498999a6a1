import { styleText } from 'node:util';

/** Colours by meaning, for the mark at a line's beginning, and on a terminal only. */
export type Tone = 'good' | 'warn' | 'bad';

const COLOURS = { good: 'green', warn: 'yellow', bad: 'red' } as const;

export interface Printer {
  /** Prints a line for people, with the time before it; nothing when quiet. */
  say(line: string, tone?: Tone): void;
  /** Prints an error or the line of JSON, also when quiet. */
  error(line: string): void;
  result(json: object): void;
}

export function createPrinter(quiet: boolean, now: () => Date = () => new Date()): Printer {
  return {
    say(line, tone) {
      if (quiet) return;
      const time = styleText('gray', now().toTimeString().slice(0, 8), { stream: process.stdout });
      process.stdout.write(`${time} ${coloured(printable(line), tone)}\n`);
    },
    error(line) {
      process.stderr.write(`${printable(line)}\n`);
    },
    result(json) {
      process.stdout.write(`${JSON.stringify(json)}\n`);
    },
  };
}

function coloured(line: string, tone: Tone | undefined): string {
  if (tone === undefined) return line;
  const [mark = ''] = line.split(' ', 1);
  return styleText(COLOURS[tone], mark, { stream: process.stdout }) + line.slice(mark.length);
}

/**
 * Makes a text safe to print. Names come from Auth0's log and from answers of others, and none may
 * steer the terminal.
 */
export function printable(line: string): string {
  return line.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}
