import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { WebhookConfig } from '../config.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { pollWindows } from './alarm-window.ts';
import { math, type Readings } from './readings.ts';

const FIVE_MINUTES = { seconds: 300, periods: 1 };
const FIFTEEN_MINUTES = { seconds: 300, periods: 3 };
/**
 * After a 410 the next try comes within half an hour: one that goes on shows in each hour. In short periods, as CloudWatch
 * looks some periods further back for data, and would keep the alarm for three of an hour.
 */
const GONE_WINDOW = { seconds: 300, periods: 12 };
/** A crash hides its messages for 9 minutes: one that lasts shows in each 15. */
const CRASH_WINDOW = { seconds: 900, periods: 2 };
/** SQS keeps a message for 14 days. */
const EXPIRY_WARNING_SECONDS = 10 * 86_400;

/** From the queue to the webhook: does it arrive, how late, what is stuck? */
export function deliveryAlarms(
  { schedule, lagLimit }: Pick<WebhookConfig, 'schedule' | 'lagLimit'>,
  readings: Readings,
): readonly AlarmDefinition[] {
  const { lasting } = pollWindows(schedule);
  const { lag, oldestDeadLetter, pollThrottles: poller, deliveryThrottles: deliverer } = readings;
  const { IGNORE, NOT_BREACHING } = TreatMissingData;
  return [
    {
      name: 'webhook-failing',
      sentence:
        'For 15 minutes at least half of the attempts have failed: the endpoint is down, refuses, or is too slow. Nothing is lost; each event is tried again for as long as the retry window says. The table of failed attempts on the dashboard has status and reason.',
      metric: readings.failedPercent,
      when: { atLeast: 50 },
      window: FIFTEEN_MINUTES,
      missing: IGNORE, // retries are up to half an hour apart: only an attempt can tell that it works again
      fullOnly: true,
    },
    {
      name: 'webhook-gone',
      sentence:
        'The webhook has answered 410 Gone within the last hour: its owner says that nobody wants these events there any more. Nothing is lost; they are tried again about every half hour for as long as the retry window says. Point WEBHOOK_URL to where they are wanted, or destroy the stack if they are not.',
      metric: readings.gone,
      when: { atLeast: 1 },
      window: GONE_WINDOW,
      datapoints: 1,
      missing: NOT_BREACHING, // emitted for a 410 only
      fullOnly: true,
    },
    {
      name: 'lagging',
      sentence: `The oldest undelivered event is older than ${Duration.seconds(lagLimit).toHumanString()}: reading or delivering is stuck or too slow, or one event fails again and again. Another alarm most often says which; if there is none, look at the failed attempts and the queue.`,
      metric: lag,
      when: { atLeast: lagLimit },
      window: lasting,
      missing: IGNORE, // a poll that could not ask the ledger says nothing of it
    },
    {
      name: 'dead-letters',
      sentence:
        'Events were given up after the retry window and lie in the dead-letter queue; SQS deletes them after 14 days. Mend the webhook and redrive them, or dismiss them.',
      metric: readings.deadLetters,
      when: { atLeast: 1 },
      window: FIVE_MINUTES,
      missing: NOT_BREACHING, // SQS tells nothing of a queue that was empty and idle for hours
    },
    {
      name: 'events-expiring',
      sentence:
        'An undelivered event or a dead letter is 10 days old; SQS deletes messages after 14 days. Redrive or dismiss the dead letters now; if the events still wait, mend the webhook today.',
      // The ledger's age of the oldest event: SQS's own leaves out messages that were received again and again.
      metric: math('oldest event or dead letter', 'MAX([FILL(lag, 0), FILL(oldestDeadLetter, 0)])', {
        lag,
        oldestDeadLetter,
      }),
      when: { atLeast: EXPIRY_WARNING_SECONDS },
      window: { seconds: lasting.seconds, periods: 3 },
      datapoints: 1,
      missing: IGNORE,
    },
    {
      name: 'throttled',
      sentence:
        "Lambda has refused to run the poller or the deliverer for 15 minutes: the account's concurrency is used up, or what is reserved for them is too little. Ask for a larger quota, or find the function that takes it.",
      metric: math('throttles', 'FILL(poller, 0) + FILL(deliverer, 0)', { poller, deliverer }),
      when: { atLeast: 1 },
      window: FIFTEEN_MINUTES,
      missing: NOT_BREACHING,
    },
    {
      name: 'deliverer-crashing',
      sentence:
        'The delivery function itself fails (a time-out, too little memory, a fault in the code), which no answer of the webhook can cause. Its events are tried again after 9 minutes. Its log has the error; a roll-back mends a bad deploy.',
      metric: readings.deliveryErrors,
      when: { atLeast: 1 },
      window: CRASH_WINDOW,
      missing: NOT_BREACHING,
    },
  ];
}
