import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { WebhookConfig } from '../config.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { pollWindows } from './alarm-window.ts';
import { math, type Readings } from './readings.ts';

const FIVE_MINUTES = { seconds: 300, periods: 1 };
const FIFTEEN_MINUTES = { seconds: 300, periods: 3 };
/** When the alarm fires; SQS keeps a message for 14 days. */
const EXPIRY_WARNING_SECONDS = 10 * 86_400;

/**
 * SQS holds at most 120,000 messages of a FIFO queue in flight, and looks through no more for a
 * free resource. Then it hands out nothing, without an error.
 */
const MANY_IN_FLIGHT = 100_000;

/** Alarms about what waits, and for how long. */
export function backlogAlarms(
  { schedule, lagLimit, monitoring }: Pick<WebhookConfig, 'schedule' | 'lagLimit' | 'monitoring'>,
  readings: Readings,
): readonly AlarmDefinition[] {
  const { lasting } = pollWindows(schedule);
  const { lag, leastWaiting: waiting, inFlight } = readings;
  const { IGNORE, NOT_BREACHING } = TreatMissingData;
  return [
    {
      name: 'not-delivering',
      sentence:
        "Events wait, and nothing has taken any of them for 15 minutes: most likely the event source mapping that hands the queue to the delivery function is disabled, or its role may not receive. Nothing is lost for 14 days. See the mapping's state and enable it.",
      // Something waits all the time, and nothing is in flight at any time. Counting invocations
      // would not tell: there are none while events behind a failed one wait visibly for its next
      // try.
      metric: math('events wait and none is taken', 'waiting > 0 AND inFlight == 0', { waiting, inFlight }),
      when: { atLeast: 1 },
      window: FIFTEEN_MINUTES,
      missing: NOT_BREACHING, // SQS tells nothing of a queue that was empty and idle for hours
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
      metric: oldest(monitoring, readings),
      when: { atLeast: EXPIRY_WARNING_SECONDS },
      window: { seconds: lasting.seconds, periods: 3 },
      datapoints: 1,
      missing: IGNORE,
    },
    {
      name: 'too-many-in-flight',
      sentence:
        'More than 100,000 events are with the delivery function or wait for their next try. At 120,000 SQS hands out nothing more, also not what could be delivered. Mend the webhook, or dead-letter sooner by a shorter retryWindow.',
      metric: readings.inFlight,
      when: { atLeast: MANY_IN_FLIGHT },
      window: FIFTEEN_MINUTES,
      missing: IGNORE,
      fullOnly: true,
    },
  ];
}

/**
 * The age of the oldest event by the ledger, as SQS's own leaves out messages that were received
 * again and again. `essential` leaves events to `lagging`, which has fired for them since the lag
 * limit.
 */
function oldest(monitoring: WebhookConfig['monitoring'], { lag, oldestDeadLetter }: Readings) {
  return monitoring === 'full'
    ? math('oldest event or dead letter', 'MAX([FILL(lag, 0), FILL(oldestDeadLetter, 0)])', {
        lag,
        oldestDeadLetter,
      })
    : math('oldest dead letter', 'FILL(oldestDeadLetter, 0)', { oldestDeadLetter });
}
