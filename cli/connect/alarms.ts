import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { FiringAlarm } from './connection.ts';

/**
 * Alarms of this webhook that fire, the longest first. They are found by the webhook's name, with
 * which their names begin.
 */
export async function firingAlarms(client: CloudWatchClient, name: string): Promise<readonly FiringAlarm[]> {
  const found: FiringAlarm[] = [];
  const pages = paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${name}-`, StateValue: 'ALARM' });
  for await (const { MetricAlarms = [] } of pages) {
    for (const { AlarmName = '', StateUpdatedTimestamp, AlarmDescription = '' } of MetricAlarms) {
      found.push({
        name: AlarmName.slice(name.length + 1),
        since: StateUpdatedTimestamp?.getTime() ?? 0,
        description: AlarmDescription,
      });
    }
  }
  return found.toSorted((a, b) => a.since - b.since);
}
