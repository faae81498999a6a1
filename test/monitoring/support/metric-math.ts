/** A value of one period; undefined = no data. */
export type Value = number | undefined;

/**
 * What a CloudWatch math expression gives for one period, for the part of the language that our
 * alarms use: arithmetic, FILL(x, number) and MAX([...]). An operand without data, or a division by
 * zero, gives no data.
 *
 * @throws {Error} for any other expression.
 */
export function evaluateMath(expression: string, values: Readonly<Record<string, Value>>): Value {
  const tokens = expression.match(/[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|[-+*/(),[\]]/g) ?? [];
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

  function sum(): Value {
    let left = product();
    for (let sign = peek(); sign === '+' || sign === '-'; sign = peek()) {
      take();
      const right = product();
      left = both(left, right, (a, b) => (sign === '+' ? a + b : a - b));
    }
    return left;
  }
  function product(): Value {
    let left = operand();
    for (let sign = peek(); sign === '*' || sign === '/'; sign = peek()) {
      take();
      const right = operand();
      left = both(left, right, (a, b) => (sign === '*' ? a * b : a / b));
    }
    return left;
  }
  function operand(): Value {
    const token = take();
    if (token === '(') return closed(sum(), ')');
    if (/^\d/.test(token)) return Number(token);
    if (token === 'FILL') return fill();
    if (token === 'MAX') return largest();
    if (!Object.hasOwn(values, token)) throw new Error(`${token} is no metric of ${expression}`);
    return values[token];
  }
  function fill(): Value {
    take('(');
    const value = sum();
    take(',');
    const otherwise = sum();
    return closed(value ?? otherwise, ')');
  }
  function largest(): Value {
    take('(');
    take('[');
    const given = [sum()];
    while (peek() === ',') {
      take();
      given.push(sum());
    }
    take(']');
    const known = given.filter((value) => value !== undefined);
    return closed(known.length > 0 ? Math.max(...known) : undefined, ')');
  }
  function closed(value: Value, bracket: string): Value {
    take(bracket);
    return value;
  }

  const result = sum();
  if (at < tokens.length) throw new Error(`"${tokens.slice(at).join(' ')}" is left over in ${expression}`);
  return result;
}

function both(left: Value, right: Value, combine: (a: number, b: number) => number): Value {
  if (left === undefined || right === undefined) return undefined;
  const result = combine(left, right);
  return Number.isFinite(result) ? result : undefined;
}
