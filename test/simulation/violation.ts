/** A line of the promise (docs/protocol.md) that a run broke. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** The line, such as `P3`, with a word where one line has several checks. */
  readonly line: string;

  constructor(line: string, message: string) {
    super(`${line}: ${message}`);
    this.line = line;
  }
}
