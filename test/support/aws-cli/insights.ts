import { insightsFilter, type LogLine } from './insights-filter.ts';

export interface ResultField {
  readonly field: string;
  readonly value: string;
}
export type ResultRow = readonly ResultField[];

/** Flattens objects and arrays to dotted names, as Logs Insights finds the fields of JSON lines. */
export function flat(line: object, prefix = ''): LogLine {
  return Object.fromEntries(
    Object.entries(line).flatMap(([key, value]) => {
      const name = `${prefix}${key}`;
      if (typeof value === 'object' && value !== null) return Object.entries(flat(value, `${name}.`));
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/**
 * Answers a query over these lines as Logs Insights does: `filter`, `fields`, `stats ... by`,
 * `sort`, `limit`.
 *
 * @throws {Error} for a command or function that our queries do not use
 */
export function askInsights(query: string, lines: readonly LogLine[]): readonly ResultRow[] {
  let left = lines;
  let rows: readonly ResultRow[] | undefined;
  let fields: readonly string[] = ['@timestamp', '@message'];
  for (const command of splitOutside(query, '|')) {
    const [, name = '', rest = ''] = /^(\w+)\s+([\s\S]*)$/.exec(command.trim()) ?? [];
    if (name === 'filter') left = left.filter(insightsFilter(rest));
    else if (name === 'fields') fields = splitOutside(rest, ',').map((field) => field.trim());
    else if (name === 'stats') rows = stats(rest, left);
    else if (name === 'limit') left = left.slice(0, Number(rest));
    else if (name !== 'sort') throw new Error(`a command that the stand-in does not know: ${command}`);
  }
  return rows ?? left.map((line) => [...row(line, fields), { field: '@ptr', value: 'opaque' }]);
}

/** Makes a row. A field that the line does not have is left out. */
function row(line: LogLine, fields: readonly string[]): ResultRow {
  return fields.flatMap((field) =>
    line[field] === undefined ? [] : [{ field, value: String(line[field]) }],
  );
}

function stats(text: string, lines: readonly LogLine[]): readonly ResultRow[] {
  const [functions = '', by = ''] = text.split(/\sby\s/);
  const keys = splitOutside(by, ',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const groups = Map.groupBy(lines, (line) => JSON.stringify(keys.map((key) => line[key])));
  return [...groups.values()].map((group) => [
    ...row(group[0] ?? {}, keys),
    ...splitOutside(functions, ',').map((each) => statistic(each.trim(), group)),
  ]);
}

function statistic(text: string, group: readonly LogLine[]): ResultField {
  const [, name = '', field = '', as] = /^(\w+)\(([^,)]*)[^)]*\)(?:\s+as\s+(\w+))?$/.exec(text) ?? [];
  const values = group.flatMap((line) => (line[field] === undefined ? [] : [String(line[field])])).toSorted();
  const value = { count: String(group.length), min: values[0], earliest: values[0], pct: values[0] }[name];
  const last = ['max', 'latest'].includes(name) ? values.at(-1) : value;
  if (!/^(count|min|max|earliest|latest|pct)$/.test(name)) {
    throw new Error(`a function that the stand-in does not know: ${text}`);
  }
  return { field: as ?? text, value: last ?? '' };
}

/** Splits at a character outside of quotes, brackets and patterns. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)+\/|[\s\S]/g)) {
    if (token === '(' || token === '[') depth++;
    if (token === ')' || token === ']') depth--;
    if (token === separator && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${token}`);
  }
  return parts;
}
