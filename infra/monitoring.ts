import { Duration } from 'aws-cdk-lib';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { WebhookConfig } from './config.ts';
import type { Deliverer } from './deliverer.ts';
import { addAlarm } from './monitoring/alarm-definition.ts';
import { addAlarmTopic } from './monitoring/alarm-topic.ts';
import { deliveryAlarms } from './monitoring/delivery-alarms.ts';
import { flowRows, machineRows } from './monitoring/flow-rows.ts';
import { glanceRow } from './monitoring/glance-row.ts';
import { linksWidget } from './monitoring/links-widget.ts';
import { logRows } from './monitoring/log-rows.ts';
import { pollingAlarms } from './monitoring/polling-alarms.ts';
import { createReadings } from './monitoring/readings.ts';
import { addSavedQueries } from './monitoring/saved-queries.ts';
import type { Poller } from './poller.ts';
import type { EventQueue } from './queue.ts';
import type { State } from './state.ts';

export interface MonitoringProps {
  readonly webhook: WebhookConfig;
  readonly state: State;
  readonly events: EventQueue;
  readonly poller: Poller;
  readonly deliverer: Deliverer;
}

/** Dashboard, alarms and saved queries: what people look at when something is wrong at night. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { webhook, poller } = props;
    const isFull = webhook.monitoring === 'full';
    const readings = createReadings(props);
    const topic = addAlarmTopic(this, webhook);

    const alarms = [...pollingAlarms(webhook, readings), ...deliveryAlarms(webhook, readings)]
      .filter(({ fullOnly = false }) => isFull || !fullOnly)
      .map((definition) => addAlarm(this, webhook, topic, definition));
    for (const alarm of alarms) alarm.node.addDependency(poller); // made first, or it would take the deploy for silence
    addSavedQueries(this, webhook);
    if (!isFull) return;

    new Dashboard(this, 'Dashboard', {
      dashboardName: webhook.name,
      defaultInterval: Duration.hours(3),
      periodOverride: PeriodOverride.INHERIT, // "in 5 minutes" stays 5 minutes, whatever range is looked at
      widgets: [
        [...glanceRow(webhook, readings, alarms)],
        ...flowRows(readings).map((row) => [...row]),
        ...machineRows(readings).map((row) => [...row]),
        ...logRows(webhook).map((row) => [...row]),
        [linksWidget(this, props)],
      ],
    });
  }
}
