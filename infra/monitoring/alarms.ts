import type { WebhookConfig } from '../config.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { backlogAlarms } from './backlog-alarms.ts';
import { functionAlarms } from './function-alarms.ts';
import { pollingAlarms } from './polling-alarms.ts';
import type { Readings } from './readings.ts';
import { retentionAlarms } from './retention-alarms.ts';
import { webhookAlarms } from './webhook-alarms.ts';

/** Every alarm of a webhook, in the order of their articles: where two fire, the first leads. */
export function alarmsOf(webhook: WebhookConfig, readings: Readings): readonly AlarmDefinition[] {
  return [
    ...pollingAlarms(webhook, readings),
    ...retentionAlarms(webhook, readings),
    ...webhookAlarms(readings),
    ...backlogAlarms(webhook, readings),
    ...functionAlarms(readings),
  ].filter(({ fullOnly = false }) => webhook.monitoring === 'full' || !fullOnly);
}
