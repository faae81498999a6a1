import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { WebhookConfig } from '../config.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { pollWindows } from './alarm-window.ts';
import { math, type Readings } from './readings.ts';

/**
 * While settings are faulty a message waits 15 minutes at most. So the fault shows again within 20.
 */
const SETTINGS_MEMORY_SECONDS = 1_200;

/** The longest warm-up that CloudWatch has: two days. */
const LONGEST_WARM_UP_MINUTES = 2_880;

/** Alarms about whether Auth0's log is read. */
export function pollingAlarms(
  { schedule, monitoring }: Pick<WebhookConfig, 'schedule' | 'monitoring'>,
  readings: Readings,
): readonly AlarmDefinition[] {
  const { lasting, silence } = pollWindows(schedule);
  const { polled, polls, failedPollShare: failed, rateLimited: limited } = readings;
  const { BREACHING, IGNORE, NOT_BREACHING } = TreatMissingData;
  return [
    {
      name: 'not-polling',
      sentence:
        "Auth0's log is not being read: the schedule did not start the poller. Events wait in Auth0 and are lost when its retention is over. See whether the rule is enabled and the poller is throttled.",
      // Missing data becomes 0. Without that CloudWatch looks for data further back than the
      // window.
      metric: math('polls begun', 'FILL(polled, 0)', { polled }),
      when: { below: 1 },
      window: silence,
      missing: BREACHING, // silence is what it listens for
      warmUpMinutes: Math.min(LONGEST_WARM_UP_MINUTES, (silence.seconds * silence.periods) / 60),
    },
    {
      name: 'polls-failing',
      sentence:
        "At least half of the polls fail or are ended by Auth0's rate limit, so nothing or little is read. The poller's log says why: most often the credentials, the scope read:logs, or other callers that use up the limit.",
      metric:
        monitoring === 'full'
          ? // An invocation may make many polls; a poll that is not limited tells nothing of it.
            math('% of polls failed or rate-limited', '100 * (failed + FILL(limited, 0) / FILL(polls, 1))', {
              failed,
              limited,
              polls,
            })
          : math('% of polls failed', '100 * failed', { failed }),
      when: { atLeast: 50 },
      window: lasting,
      missing: IGNORE, // without polls nothing has changed; not-polling tells that
    },
    {
      name: 'settings-broken',
      sentence:
        'A secret is not filled in or a setting in it makes no sense, so nothing is read or nothing is delivered; nothing is lost meanwhile. The log names the secret and every faulty key. Correct them; it takes effect within a minute.',
      metric: readings.settingsFaults,
      when: { atLeast: 1 },
      window: {
        seconds: lasting.seconds,
        periods: Math.max(2, Math.ceil(SETTINGS_MEMORY_SECONDS / lasting.seconds)),
      },
      datapoints: 1,
      missing: NOT_BREACHING, // only faults are told
    },
  ];
}
