/**
 * One flat line of a log. `{"record":{"status":...}}` has the field `record.status`, as Logs
 * Insights finds it.
 */
export type LogLine = Readonly<Record<string, string | number | boolean>>;

type Test = (line: LogLine) => boolean;

const TOKEN = /"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)+\/|[<>!=]=?|[()[\],]|[^\s()[\],<>!=]+/g;

const COMPARISONS: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => Number(a) > Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
  '<': (a, b) => Number(a) < Number(b),
};

/**
 * Makes a test of the `filter` command of CloudWatch Logs Insights. It knows the part of the
 * language that our queries use: comparisons, `in`, `like /.../`, `ispresent()`, `and`, `or`,
 * `not`. A comparison with a field that a line does not have is false.
 *
 * @throws {Error} for anything else
 */
export function insightsFilter(condition: string): Test {
  const parser = new Parser(condition);
  const test = parser.either();
  parser.end();
  return test;
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(condition: string) {
    this.#tokens = condition.match(TOKEN) ?? [];
  }

  either(): Test {
    const tests = [this.#all()];
    while (this.#skip('or')) tests.push(this.#all());
    return (line) => tests.some((test) => test(line));
  }

  end(): void {
    if (this.#at < this.#tokens.length)
      throw new Error(`"${this.#tokens.slice(this.#at).join(' ')}" is left over`);
  }

  #all(): Test {
    const tests = [this.#one()];
    while (this.#skip('and')) tests.push(this.#one());
    return (line) => tests.every((test) => test(line));
  }

  #one(): Test {
    if (this.#skip('not')) {
      const test = this.#one();
      return (line) => !test(line);
    }
    if (this.#skip('(')) return this.#closed(this.either());
    if (this.#skip('ispresent')) {
      this.#take('(');
      const field = this.#take();
      return this.#closed((line) => line[field] !== undefined);
    }
    return this.#comparison(this.#take());
  }

  #comparison(field: string): Test {
    const operator = this.#take().toLowerCase();
    const matches = this.#operand(operator);
    return (line) => line[field] !== undefined && matches(String(line[field]));
  }

  #operand(operator: string): (value: string) => boolean {
    if (operator === 'in') {
      this.#take('[');
      const values = [literal(this.#take())];
      while (this.#skip(',')) values.push(literal(this.#take()));
      this.#take(']');
      return (value) => values.includes(value);
    }
    if (operator === 'like') {
      const pattern = new RegExp(this.#take().slice(1, -1));
      return (value) => pattern.test(value);
    }
    const compare = COMPARISONS[operator];
    if (compare === undefined) throw new Error(`an operator that the stand-in does not know: ${operator}`);
    const other = literal(this.#take());
    return (value) => compare(value, other);
  }

  #closed(test: Test): Test {
    this.#take(')');
    return test;
  }

  #skip(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  #take(expected?: string): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(
        `${expected ?? 'more'} expected after "${this.#tokens.slice(0, this.#at - 1).join(' ')}"`,
      );
    return token;
  }
}

function literal(token: string): string {
  if (/^-?\d+(\.\d+)?$/.test(token)) return token;
  if (!token.startsWith('"')) throw new Error(`a value in double quotes expected instead of ${token}`);
  return token.slice(1, -1);
}
