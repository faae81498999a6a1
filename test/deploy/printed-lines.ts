import type { Outputs } from './cdk.ts';
import type { Emulator } from './emulator.ts';

/** Writes what the functions printed to CloudWatch Logs, as Lambda does. */
export async function shipLines(
  { aws }: Emulator,
  outputs: Outputs,
  lines: readonly string[],
): Promise<void> {
  const parsed = lines
    .filter((line) => line.startsWith('{'))
    .map((message) => ({ message, ...timed(message) }));
  for (const [name, isOwn] of [
    [outputs.PollerName, (event: string) => /^(poll|reading|gap|batch)/.test(event)],
    [outputs.DelivererName, (event: string) => /^(delivery|endpoint)/.test(event)],
  ] as const) {
    const logEvents = parsed
      .filter(({ event }) => isOwn(event))
      .map(({ message, timestamp }) => ({ message, timestamp }))
      .toSorted((a, b) => a.timestamp - b.timestamp);
    const place = { logGroupName: `/aws/lambda/${name}`, logStreamName: `stream-${Date.now()}` };
    if (logEvents.length === 0) continue;
    await aws('logs', 'create_log_stream', place);
    await aws('logs', 'put_log_events', { ...place, logEvents });
  }
}

function timed(text: string): { readonly event: string; readonly timestamp: number } {
  const line: unknown = JSON.parse(text);
  const { event, time } = Object(line);
  return { event: String(event), timestamp: Date.parse(String(time)) };
}
