import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Logical ids of what has a fixed name. CloudFormation takes a new id for a new resource, and makes
 * it before it deletes the old one. So a deploy after a construct has moved would fail, as the name
 * is still taken. Deployed stacks have these ids: never change one. CDK derived those with a hash
 * from the constructs' first places.
 */
export const LOGICAL_IDS = {
  poller: 'PollerFunctionD1C91003',
  pollerLogs: 'PollerLogs034015E3',
  deliverer: 'DelivererFunctionC82CF0C5',
  delivererLogs: 'DelivererLogsAA1340D6',
  dashboard: 'MonitoringDashboard0C3675C6',
} as const;

/** Logical ids of the alarms, by their names. */
export const ALARM_IDS = {
  'not-polling': 'MonitoringNotPollingA4F19571',
  'polls-failing': 'MonitoringPollsFailing760B49BC',
  'settings-broken': 'MonitoringSettingsBroken9685ACB8',
  'retention-half-used': 'MonitoringRetentionHalfUsed9939EFA0',
  'gap-detected': 'MonitoringGapDetectedDD6BCB86',
  'webhook-failing': 'MonitoringWebhookFailing0DDFDEE9',
  'webhook-gone': 'MonitoringWebhookGone3DB352AA',
  'not-delivering': 'NotDeliveringAlarm',
  lagging: 'MonitoringLagging88CCDA48',
  'dead-letters': 'MonitoringDeadLettersD99D287D',
  'events-expiring': 'MonitoringEventsExpiring4CC7313E',
  'too-many-in-flight': 'TooManyInFlightAlarm',
  throttled: 'MonitoringThrottled547E2D6A',
  'deliverer-crashing': 'MonitoringDelivererCrashing51FF0152',
} as const;

export type AlarmName = keyof typeof ALARM_IDS;

/** Gives a resource a logical id that no later move of its construct changes. */
export function pinLogicalId(construct: Construct, logicalId: string): CfnResource {
  const resource = construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource))
    throw new TypeError(`${construct.node.path} has no resource of its own`);
  resource.overrideLogicalId(logicalId);
  return resource;
}
