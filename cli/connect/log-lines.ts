import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionKind, LineQuery, LoggedLine } from './connection.ts';
import { inTimeOrder } from './in-time-order.ts';
import { matchesQuery, parseLogged } from './logged-line.ts';
import type { DeployedStack } from './stack.ts';

export type Functions = Pick<DeployedStack, 'poller' | 'deliverer'>;

/**
 * Past lines, oldest first, a page at a time. They come from FilterLogEvents. A query of Logs
 * Insights ends at 10,000 rows, and an event whose line comes after those would look undelivered
 * (docs/decisions/0009).
 */
export function searchLines(
  client: CloudWatchLogsClient,
  functions: Functions,
  query: LineQuery,
): AsyncGenerator<LoggedLine> {
  return inTimeOrder(query.from.map((from) => ofGroup(client, groupOf(functions[from]), from, query)));
}

async function* ofGroup(
  client: CloudWatchLogsClient,
  logGroupName: string,
  from: FunctionKind,
  query: LineQuery,
): AsyncGenerator<LoggedLine> {
  const filterPattern = patternOf(query);
  const input = {
    logGroupName,
    startTime: query.since,
    endTime: query.until,
    ...(filterPattern === undefined ? {} : { filterPattern }),
  };
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, input)) {
      for (const { message = '', timestamp = 0 } of events) {
        const line = parseLogged(from, message, timestamp);
        if (line && matchesQuery(line, query)) yield line;
      }
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error; // no function ever ran
  }
}

/**
 * Makes a filter pattern, so that CloudWatch sends less. The caller tests each line again, as the
 * pattern lets through too many.
 */
function patternOf({ events, logId, resource }: LineQuery): string | undefined {
  const quoted = (text: string) => JSON.stringify(text);
  const anyOf = events.map((event) => `$.event = ${quoted(event)}`).join(' || ');
  const parts = [
    ...(anyOf === '' ? [] : [events.length > 1 ? `(${anyOf})` : anyOf]),
    ...(logId === undefined ? [] : [`$.logId = ${quoted(logId)}`]),
    ...(resource === undefined ? [] : [`$.resource = ${quoted(resource)}`]),
  ];
  return parts.length === 0 ? undefined : `{ ${parts.map((part) => `(${part})`).join(' && ')} }`;
}

export function groupOf(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
