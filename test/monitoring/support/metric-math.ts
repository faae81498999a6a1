/** A value of one period; undefined when there is no data. */
export type Value = number | undefined;

type Combine = (a: number, b: number) => number;
/** Operators, those that bind least first. */
const OPERATORS: readonly ReadonlyMap<string | undefined, Combine>[] = [
  new Map<string | undefined, Combine>([['AND', (a, b) => Number(a !== 0 && b !== 0)]]),
  new Map<string | undefined, Combine>([
    ['>', (a, b) => Number(a > b)],
    ['==', (a, b) => Number(a === b)],
  ]),
  new Map<string | undefined, Combine>([
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
  ]),
  new Map<string | undefined, Combine>([
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
  ]),
];

/**
 * Evaluates a CloudWatch math expression for one period. It knows the part of the language that our
 * alarms use: arithmetic, `>`, `==` and AND (which give 1 or 0), FILL(x, number) and MAX([...]). An
 * operand without data, or a division by zero, gives no data.
 *
 * @throws {Error} for any other expression
 */
export function evaluateMath(expression: string, values: Readonly<Record<string, Value>>): Value {
  const tokens = expression.match(/[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|==|[-+*/(),[\]>]/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(
        `${expected ?? 'an operand'} expected before "${tokens.slice(at - 1).join(' ')}" in ${expression}`,
      );
    return token;
  };

  function value(binding = 0): Value {
    const operators = OPERATORS[binding];
    if (!operators) return operand();
    let left = value(binding + 1);
    for (let combine = operators.get(peek()); combine; combine = operators.get(peek())) {
      take();
      left = both(left, value(binding + 1), combine);
    }
    return left;
  }
  function operand(): Value {
    const token = take();
    if (token === '(') return closed(value(), ')');
    if (/^\d/.test(token)) return Number(token);
    if (token === 'FILL') return fill();
    if (token === 'MAX') return largest();
    if (!Object.hasOwn(values, token)) throw new Error(`${token} is no metric of ${expression}`);
    return values[token];
  }
  function fill(): Value {
    take('(');
    const filled = value();
    take(',');
    const otherwise = value();
    return closed(filled ?? otherwise, ')');
  }
  function largest(): Value {
    take('(');
    take('[');
    const given = [value()];
    while (peek() === ',') {
      take();
      given.push(value());
    }
    take(']');
    const known = given.filter((value) => value !== undefined);
    return closed(known.length > 0 ? Math.max(...known) : undefined, ')');
  }
  function closed(inner: Value, bracket: string): Value {
    take(bracket);
    return inner;
  }

  const result = value();
  if (at < tokens.length) throw new Error(`"${tokens.slice(at).join(' ')}" is left over in ${expression}`);
  return result;
}

function both(left: Value, right: Value, combine: Combine): Value {
  if (left === undefined || right === undefined) return undefined;
  const result = combine(left, right);
  return Number.isFinite(result) ? result : undefined;
}
