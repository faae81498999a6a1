import { randomUUID } from 'node:crypto';
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Connection } from './connection.ts';
import { groupOf } from './log-lines.ts';

/** Writes into a log stream of this command's own, which begins with the first line. */
export function lineWriter(client: CloudWatchLogsClient, functionName: string): Connection['writeLines'] {
  const place = { logGroupName: groupOf(functionName), logStreamName: `operator/${randomUUID()}` };
  let created: Promise<unknown> | undefined;
  return async (lines) => {
    if (lines.length === 0) return;
    created ??= client.send(new CreateLogStreamCommand(place));
    await created;
    const timestamp = Date.now();
    const logEvents = lines.map((message) => ({ message, timestamp }));
    await client.send(new PutLogEventsCommand({ ...place, logEvents }));
  };
}
