import { randomUUID } from 'node:crypto';
import type { HostedFunction } from '../host/function.ts';
import type { LogLine, PollCompleted } from '../output/log-line.ts';
import type { Printer } from '../output/printer.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../services/identity.ts';

/** Invokes the poller, and knows from its log what came of it. */
export interface Polls {
  /** Takes every line that the functions log. */
  take(line: LogLine): void;
  /** Makes one poll. Gives its log line, or undefined when it failed or another one was running. */
  poll(poller: HostedFunction, input: string | undefined): Promise<PollCompleted | undefined>;
}

export function createPolls(printer: Printer): Polls {
  let completed: PollCompleted | undefined;
  let isExplained = false;
  return {
    take(line) {
      if (line.event === 'poll.completed') completed = line;
      if (line.event === 'poll.failed' || line.event.startsWith('settings.')) isExplained = true;
    },
    async poll(poller, input) {
      completed = undefined;
      isExplained = false;
      const result = await poller.invoke(input ?? scheduledEvent(new Date()));
      if (result.kind === 'error' && !isExplained)
        printer.say(`poll broke off: ${result.errorType}: ${result.message}`);
      return completed;
    },
  };
}

/** The event that EventBridge sends by a schedule. */
function scheduledEvent(time: Date): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: LOCAL_ACCOUNT,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_REGION,
    resources: [`arn:aws:events:${LOCAL_REGION}:${LOCAL_ACCOUNT}:rule/local`],
    detail: {},
  });
}
