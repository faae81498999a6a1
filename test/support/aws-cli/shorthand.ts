import { UsageError } from './refusal.ts';

type Value = string | readonly Value[] | { readonly [key: string]: Value };

/**
 * Parses the CLI's shorthand (AWS CLI user guide, "Using shorthand syntax"): `Name=a,Value=b`,
 * `k={A=1,B=2}`, `k=[1,2]`, `k=1,2`. Numbers stay text, as only the shape says what they are.
 */
export function parseShorthand(text: string): { readonly [key: string]: Value } {
  const parser = new Parser(text);
  const value = parser.pairs('');
  if (!parser.atEnd()) parser.fail();
  return value;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  fail(): never {
    throw new UsageError(
      `Error parsing parameter: Expected: '=', received: '${this.#text[this.#at] ?? 'EOF'}' for input:\n${this.#text}`,
    );
  }

  pairs(end: string): { readonly [key: string]: Value } {
    const found: Record<string, Value> = {};
    do {
      const key = this.#match(/[0-9a-zA-Z_\-/.:#$]+/y);
      if (this.#next() !== '=') this.fail();
      this.#at++;
      found[key] = this.#value(end);
    } while (this.#skip(','));
    return found;
  }

  #value(end: string): Value {
    if (this.#skip('{')) return this.#closed(this.pairs('}'), '}');
    if (this.#skip('[')) return this.#closed(this.#list(']'), ']');
    const first = this.#word(end);
    // In `k=a,b` a word after a comma belongs to the list when no `=` follows it.
    const more: string[] = [];
    while (this.#next() === ',' && !/^,[0-9a-zA-Z_\-/.:#$]+=/.test(this.#text.slice(this.#at))) {
      this.#at++;
      more.push(this.#word(end));
    }
    return more.length === 0 ? first : [first, ...more];
  }

  #list(end: string): readonly Value[] {
    const found: Value[] = [];
    do {
      found.push(this.#skip('{') ? this.#closed(this.pairs('}'), '}') : this.#word(end));
    } while (this.#skip(','));
    return found;
  }

  #word(end: string): string {
    const quote = this.#next();
    if (quote === '"' || quote === "'") {
      const close = this.#text.indexOf(quote, this.#at + 1);
      if (close < 0) this.fail();
      const word = this.#text.slice(this.#at + 1, close);
      this.#at = close + 1;
      return word;
    }
    return this.#match(end === '' ? /[^,]*/y : end === '}' ? /[^,}]*/y : /[^,\]]*/y);
  }

  #closed<T extends Value>(value: T, bracket: string): T {
    if (!this.#skip(bracket)) this.fail();
    return value;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [word] = pattern.exec(this.#text) ?? this.fail();
    this.#at += word.length;
    return word;
  }

  #next(): string | undefined {
    return this.#text[this.#at];
  }

  #skip(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at++;
    return true;
  }
}
