export interface Printer {
  /** A line for people, with the time before it; nothing when quiet. */
  say(line: string): void;
  /** Errors, and the line of JSON, are printed even when quiet. */
  error(line: string): void;
  result(json: object): void;
}

export function createPrinter(quiet: boolean, now: () => Date = () => new Date()): Printer {
  return {
    say(line) {
      if (!quiet) process.stdout.write(`${now().toTimeString().slice(0, 8)} ${printable(line)}\n`);
    },
    error(line) {
      process.stderr.write(`${printable(line)}\n`);
    },
    result(json) {
      process.stdout.write(`${JSON.stringify(json)}\n`);
    },
  };
}

/** Names come from Auth0's log and from answers of others: none may steer the terminal. */
export function printable(line: string): string {
  return line.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}
