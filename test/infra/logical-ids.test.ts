import { describe, expect, it } from 'vitest';
import { webhookTemplate } from './template.ts';

const template = webhookTemplate();

/** Logical ids by fixed names, as deployed stacks have them. */
const DEPLOYED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Lambda::Function': {
    'auth0-webhooks-poller': 'PollerFunctionD1C91003',
    'auth0-webhooks-deliverer': 'DelivererFunctionC82CF0C5',
  },
  'AWS::Logs::LogGroup': {
    '/aws/lambda/auth0-webhooks-poller': 'PollerLogs034015E3',
    '/aws/lambda/auth0-webhooks-deliverer': 'DelivererLogsAA1340D6',
  },
  'AWS::CloudWatch::Alarm': {
    'auth0-webhooks-dead-letters': 'MonitoringDeadLettersD99D287D',
    'auth0-webhooks-deliverer-crashing': 'MonitoringDelivererCrashing51FF0152',
    'auth0-webhooks-events-expiring': 'MonitoringEventsExpiring4CC7313E',
    'auth0-webhooks-gap-detected': 'MonitoringGapDetectedDD6BCB86',
    'auth0-webhooks-lagging': 'MonitoringLagging88CCDA48',
    'auth0-webhooks-not-delivering': 'NotDeliveringAlarm',
    'auth0-webhooks-not-polling': 'MonitoringNotPollingA4F19571',
    'auth0-webhooks-polls-failing': 'MonitoringPollsFailing760B49BC',
    'auth0-webhooks-retention-half-used': 'MonitoringRetentionHalfUsed9939EFA0',
    'auth0-webhooks-settings-broken': 'MonitoringSettingsBroken9685ACB8',
    'auth0-webhooks-throttled': 'MonitoringThrottled547E2D6A',
    'auth0-webhooks-too-many-in-flight': 'TooManyInFlightAlarm',
    'auth0-webhooks-webhook-failing': 'MonitoringWebhookFailing0DDFDEE9',
    'auth0-webhooks-webhook-gone': 'MonitoringWebhookGone3DB352AA',
  },
};
const NAME: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
};

describe('logical ids', () => {
  it.each(Object.entries(DEPLOYED))(
    'of every %s with a fixed name stay: its name would be taken',
    (type, ids) => {
      const found = Object.entries(template.findResources(type)).map(([id, { Properties }]) => [
        Properties[NAME[type] ?? ''],
        id,
      ]);

      expect(Object.fromEntries(found)).toEqual(ids);
    },
  );

  it('of the dashboard stays', () => {
    expect(Object.keys(template.findResources('AWS::CloudWatch::Dashboard'))).toEqual([
      'MonitoringDashboard0C3675C6',
    ]);
  });
});
