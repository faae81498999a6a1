import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { LOGICAL_IDS, pinLogicalId } from './logical-ids.ts';
import { addAlarm } from './monitoring/alarm-definition.ts';
import { addAlarmTopic } from './monitoring/alarm-topic.ts';
import { alarmsOf } from './monitoring/alarms.ts';
import { flowRows, machineRows } from './monitoring/flow-rows.ts';
import { glanceRow } from './monitoring/glance-row.ts';
import { linksWidget } from './monitoring/links-widget.ts';
import { logRows } from './monitoring/log-rows.ts';
import type { MonitoringProps } from './monitoring/monitoring-props.ts';
import { createReadings } from './monitoring/readings.ts';
import { createRunbook } from './monitoring/runbook.ts';
import { addSavedQueries } from './monitoring/saved-queries.ts';
import { dashboardNameOf } from './names.ts';

/** Dashboard, alarms and saved queries: what people look at when something is wrong at night. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { webhook, poller } = props;
    const readings = createReadings(props);
    const runbook = createRunbook(webhook.runbook);
    const surroundings = { webhook: webhook.name, runbook, topic: addAlarmTopic(this, webhook) };

    const alarms = alarmsOf(webhook, readings).map((definition) => addAlarm(this, surroundings, definition));
    // The alarms are made after the poller. One that is there before it would take the deploy for
    // silence.
    for (const alarm of alarms) alarm.node.addDependency(poller);
    addSavedQueries(this, webhook);
    if (webhook.monitoring !== 'full') return;

    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardNameOf(webhook.name, Stack.of(this).region),
      defaultInterval: Duration.hours(3),
      // "In 5 minutes" stays 5 minutes, whatever range somebody looks at.
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [...glanceRow(webhook, readings, alarms)],
        ...flowRows(readings).map((row) => [...row]),
        ...machineRows(readings).map((row) => [...row]),
        ...logRows(webhook).map((row) => [...row]),
        [linksWidget(this, props, runbook)],
      ],
    });
    pinLogicalId(dashboard, LOGICAL_IDS.dashboard);
  }
}
