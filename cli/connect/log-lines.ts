import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  paginateFilterLogEvents,
  ResourceNotFoundException,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionKind, LineQuery, LoggedLine } from './connection.ts';
import { matchesQuery, parseLogged } from './logged-line.ts';
import type { DeployedStack } from './stack.ts';

type Functions = Pick<DeployedStack, 'poller' | 'deliverer'>;

/**
 * Lines of the past, oldest first. FilterLogEvents gives all of them; a Logs Insights query would
 * end at 10,000 rows, and an event whose line is beyond that would look as if it was never
 * delivered.
 */
export async function searchLines(
  client: CloudWatchLogsClient,
  functions: Functions,
  query: LineQuery,
): Promise<readonly LoggedLine[]> {
  const found = await Promise.all(
    query.from.map((from) => ofGroup(client, groupOf(functions[from]), from, query)),
  );
  return found.flat().toSorted((a, b) => a.at - b.at);
}

async function ofGroup(
  client: CloudWatchLogsClient,
  logGroupName: string,
  from: FunctionKind,
  query: LineQuery,
): Promise<readonly LoggedLine[]> {
  const lines: LoggedLine[] = [];
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
        if (line && matchesQuery(line, query)) lines.push(line);
      }
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error; // no function ever ran
  }
  return lines;
}

/** Narrows what CloudWatch sends; what it lets through is tested again. */
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

/**
 * Lines as they come, by CloudWatch's live tail ($0.01 a minute after the first 1,800 of a month).
 */
export async function* followLines(
  client: CloudWatchLogsClient,
  functions: Functions,
  signal: AbortSignal,
): AsyncIterable<LoggedLine> {
  const arns = await Promise.all(
    [functions.poller, functions.deliverer].map((name) => arnOf(client, groupOf(name))),
  );
  const { responseStream } = await client.send(
    new StartLiveTailCommand({ logGroupIdentifiers: arns.flatMap((arn) => arn ?? []) }),
    { abortSignal: signal },
  );
  for await (const { sessionUpdate } of responseStream ?? []) {
    if (signal.aborted) return;
    for (const { message = '', timestamp = 0, logGroupIdentifier = '' } of sessionUpdate?.sessionResults ??
      []) {
      const from = logGroupIdentifier.endsWith(groupOf(functions.poller)) ? 'poller' : 'deliverer';
      const line = parseLogged(from, message, timestamp);
      if (line) yield line;
    }
  }
}

async function arnOf(client: CloudWatchLogsClient, name: string): Promise<string | undefined> {
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.find(({ logGroupName }) => logGroupName === name)?.logGroupArn;
}

function groupOf(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
