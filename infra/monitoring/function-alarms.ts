import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition } from './alarm-definition.ts';
import type { Readings } from './readings.ts';

const FIFTEEN_MINUTES = { seconds: 300, periods: 3 };
/**
 * A crash hides its messages for 9 minutes, and what could not start or be recorded comes back
 * later each time. A fault that lasts shows in two of three periods, so that the alarm comes within
 * 15 minutes.
 */
const CRASH_WINDOW = FIFTEEN_MINUTES;

/**
 * Alarms about whether Lambda runs the functions, and whether the delivery function survives it.
 */
export function functionAlarms(readings: Readings): readonly AlarmDefinition[] {
  const { NOT_BREACHING } = TreatMissingData;
  return [
    {
      name: 'throttled',
      sentence:
        "Lambda has refused to run the deliverer for 15 minutes: the account's concurrency is used up, or what is reserved for it is too little. Ask for a larger quota, or find the function that takes it.",
      // A poller that Lambda refuses to run has no invocations, and not-polling fires for that.
      metric: readings.deliveryThrottles,
      when: { atLeast: 1 },
      window: FIFTEEN_MINUTES,
      missing: NOT_BREACHING,
    },
    {
      name: 'deliverer-crashing',
      sentence:
        'The delivery function itself fails, which no answer of the webhook can cause: it cannot read its settings or its table, cannot record what it delivered, or crashes. Its events are tried again, later each time. Its log has the error; a roll-back mends a bad deploy.',
      metric: readings.deliveryErrors,
      when: { atLeast: 1 },
      window: CRASH_WINDOW,
      datapoints: 2,
      missing: NOT_BREACHING,
    },
  ];
}
