import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  SessionStreamingException,
  SessionTimeoutException,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CliError } from '../errors.ts';
import type { LoggedLine } from './connection.ts';
import { type Functions, groupOf } from './log-lines.ts';
import { parseLogged } from './logged-line.ts';

/**
 * New lines as they are written, until the signal, by CloudWatch's live tail ($0.01 a minute after
 * the first 1,800 of a month). CloudWatch ends a session after three hours, or breaks it off
 * earlier; another one is begun then.
 */
export async function* followLines(
  client: CloudWatchLogsClient,
  functions: Functions,
  signal: AbortSignal,
): AsyncGenerator<LoggedLine> {
  const found = await Promise.all(
    [functions.poller, functions.deliverer].map((name) => arnOf(client, groupOf(name))),
  );
  const logGroupIdentifiers = found.flatMap((arn) => arn ?? []);
  if (logGroupIdentifiers.length === 0)
    throw new CliError('there is nothing to follow: neither function has a log group yet');
  while (!signal.aborted) yield* session(client, logGroupIdentifiers, functions, signal);
}

async function* session(
  client: CloudWatchLogsClient,
  logGroupIdentifiers: readonly string[],
  functions: Functions,
  signal: AbortSignal,
): AsyncGenerator<LoggedLine> {
  const command = new StartLiveTailCommand({ logGroupIdentifiers: [...logGroupIdentifiers] });
  try {
    const { responseStream } = await client.send(command, { abortSignal: signal });
    for await (const part of responseStream ?? []) {
      if (signal.aborted) return;
      for (const { message = '', timestamp = 0, logGroupIdentifier = '' } of part.sessionUpdate
        ?.sessionResults ?? []) {
        const from = logGroupIdentifier.endsWith(groupOf(functions.poller)) ? 'poller' : 'deliverer';
        const line = parseLogged(from, message, timestamp);
        if (line) yield line;
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof SessionTimeoutException || error instanceof SessionStreamingException) return;
    throw error;
  }
}

async function arnOf(client: CloudWatchLogsClient, name: string): Promise<string | undefined> {
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.find(({ logGroupName }) => logGroupName === name)?.logGroupArn;
}
