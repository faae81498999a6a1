import { Duration } from 'aws-cdk-lib';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { addAlarm } from './monitoring/alarm-definition.ts';
import { addAlarmTopic } from './monitoring/alarm-topic.ts';
import { alarmsOf } from './monitoring/alarms.ts';
import { flowRows, machineRows } from './monitoring/flow-rows.ts';
import { glanceRow } from './monitoring/glance-row.ts';
import { linksWidget } from './monitoring/links-widget.ts';
import { logRows } from './monitoring/log-rows.ts';
import type { MonitoringProps } from './monitoring/monitoring-props.ts';
import { createReadings } from './monitoring/readings.ts';
import { addSavedQueries } from './monitoring/saved-queries.ts';

/** Dashboard, alarms and saved queries: what people look at when something is wrong at night. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { webhook, poller } = props;
    const readings = createReadings(props);
    const topic = addAlarmTopic(this, webhook);

    const alarms = alarmsOf(webhook, readings).map((definition) =>
      addAlarm(this, webhook, topic, definition),
    );
    // Made after the poller: an alarm without one would take the deploy for silence.
    for (const alarm of alarms) alarm.node.addDependency(poller);
    addSavedQueries(this, webhook);
    if (webhook.monitoring !== 'full') return;

    new Dashboard(this, 'Dashboard', {
      dashboardName: webhook.name,
      defaultInterval: Duration.hours(3),
      // "In 5 minutes" stays 5 minutes, whatever range is looked at.
      periodOverride: PeriodOverride.INHERIT,
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
