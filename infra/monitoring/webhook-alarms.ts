import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition } from './alarm-definition.ts';
import type { Readings } from './readings.ts';

const FIFTEEN_MINUTES = { seconds: 300, periods: 3 };
/**
 * After a 410 the next try comes within half an hour, so a 410 that lasts shows in each hour. The
 * periods are short, as CloudWatch looks some periods further back for data. With periods of an
 * hour the alarm would stay for three.
 */
const GONE_WINDOW = { seconds: 300, periods: 12 };

/** Alarms about what the webhook answers. */
export function webhookAlarms(readings: Readings): readonly AlarmDefinition[] {
  const { IGNORE, NOT_BREACHING } = TreatMissingData;
  return [
    {
      name: 'webhook-failing',
      sentence:
        'For 15 minutes at least half of the attempts have failed: the endpoint is down, refuses, or is too slow. Nothing is lost; each event is tried again for as long as the retry window says. The table of failed attempts on the dashboard has status and reason.',
      metric: readings.failedPercent,
      when: { atLeast: 50 },
      window: FIFTEEN_MINUTES,
      // Missing data keeps the alarm's state. Retries are up to half an hour apart, and only an
      // attempt can show that the webhook works again.
      missing: IGNORE,
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
  ];
}
