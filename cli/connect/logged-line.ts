import { isObject, jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { FunctionKind, LineQuery, LoggedLine } from './connection.ts';

/** Parses a line. Undefined for what is no JSON object, such as Lambda's lines of text. */
export function parseLogged(from: FunctionKind, text: string, receivedAt: number): LoggedLine | undefined {
  const line = jsonOrUndefined(text);
  if (!isObject(line)) return undefined;
  const own = typeof line.time === 'string' ? Date.parse(line.time) : Number.NaN;
  return { from, line, at: Number.isNaN(own) ? receivedAt : own };
}

export function matchesQuery({ line, from, at }: LoggedLine, query: LineQuery): boolean {
  return (
    query.from.includes(from) &&
    at >= query.since &&
    at <= query.until &&
    (query.events.length === 0 || query.events.some((event) => line.event === event)) &&
    (query.logId === undefined || line.logId === query.logId) &&
    (query.resource === undefined || line.resource === query.resource)
  );
}

/** Collects a search that can find only a few lines. */
export async function allOf(lines: AsyncIterable<LoggedLine>): Promise<readonly LoggedLine[]> {
  const all: LoggedLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

/** A text field of the line; empty when the line has none of that name. */
export function textOf({ line }: Pick<LoggedLine, 'line'>, key: string): string {
  const value = line[key];
  return typeof value === 'string' ? value : '';
}

export function numberOf({ line }: LoggedLine, key: string): number | undefined {
  const value = line[key];
  return typeof value === 'number' ? value : undefined;
}
