/** Gives the value of an id; undefined when its metric has none in a period. */
export type Known = (id: string) => number | undefined;

const TOKEN = /\s*(FILL\(\s*(\w+)\s*,\s*(-?[\d.]+)\s*\)|[\d.]+|\w+|[-+*/()])/y;

/**
 * Evaluates a metric math expression, as far as the dashboard uses them: numbers, ids, the four
 * operations, brackets and `FILL(id, number)`. Undefined when an id has no value, as in CloudWatch.
 */
export function evaluate(expression: string, known: Known): number | undefined {
  const tokens = tokensOf(expression);
  let at = 0;

  function sum(): number | undefined {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const isPlus = tokens[at++] === '+';
      value = both(value, product(), (a, b) => (isPlus ? a + b : a - b));
    }
    return value;
  }

  function product(): number | undefined {
    let value = factor();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const isTimes = tokens[at++] === '*';
      value = both(value, factor(), (a, b) => (isTimes ? a * b : a / b));
    }
    return value;
  }

  function factor(): number | undefined {
    const token = tokens[at++] ?? '';
    if (token === '(') {
      const value = sum();
      at += 1; // the closing bracket
      return value;
    }
    const [, id, fill] = /^FILL\(\s*(\w+)\s*,\s*(-?[\d.]+)\s*\)$/.exec(token) ?? [];
    if (id !== undefined) return known(id) ?? Number(fill);
    return /^[\d.]+$/.test(token) ? Number(token) : known(token);
  }

  const value = sum();
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

function tokensOf(expression: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined) throw new Error(`The page cannot read the expression "${expression}".`);
    tokens.push(token);
  }
  return tokens;
}

function both(
  a: number | undefined,
  b: number | undefined,
  operation: (a: number, b: number) => number,
): number | undefined {
  return a === undefined || b === undefined ? undefined : operation(a, b);
}
