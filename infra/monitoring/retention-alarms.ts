import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { WebhookConfig } from '../config.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { pollWindows } from './alarm-window.ts';
import type { Readings } from './readings.ts';

const FIVE_MINUTES = 300;
/** Periods for which the alarm shows a gap: an hour. One poll finds it once. */
const GAP_MEMORY_PERIODS = 12;

/** Alarms about whether everything was read before Auth0 deleted it. */
export function retentionAlarms(
  { schedule }: Pick<WebhookConfig, 'schedule'>,
  readings: Readings,
): readonly AlarmDefinition[] {
  const { lasting } = pollWindows(schedule);
  const { IGNORE, NOT_BREACHING } = TreatMissingData;
  return [
    {
      name: 'retention-half-used',
      sentence:
        "Half of the time that Auth0 keeps its log has passed since it was last read to its end. What comes next is lost events. Mend what keeps the poller from reading; if the tenant's plan keeps logs for longer, say so in AUTH0_LOG_RETENTION_DAYS.",
      metric: readings.retentionUsed,
      when: { atLeast: 50 },
      window: lasting,
      missing: IGNORE,
      fullOnly: true,
    },
    {
      name: 'gap-detected',
      sentence:
        "Something is missing: log events that Auth0 did not keep until they were read, events that can't be read again, or messages that vanished from the queue. The poller's log says which and from when to when. Find out what the webhook missed and put it right there.",
      metric: readings.gaps,
      when: { atLeast: 1 },
      window: { seconds: FIVE_MINUTES, periods: GAP_MEMORY_PERIODS },
      datapoints: 1,
      missing: NOT_BREACHING,
    },
  ];
}
