import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Color,
  GaugeWidget,
  type GaugeWidgetProps,
  type IWidget,
  LogQueryVisualizationType,
  Shading,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { WebhookConfig } from '../config.ts';
import { pollWindows } from './alarm-window.ts';
import { logWidget } from './log-rows.ts';
import { WIDGET_QUERIES } from './queries.ts';
import type { Readings } from './readings.ts';

const HEIGHT = 6;
/** Full scale of the gauge. Beyond it the number tells. */
const MANY_DEAD_LETTERS = 10;

/**
 * Answers three questions: are events flowing, how far behind are they, what is stuck? Each is one
 * number with its colour, beside all alarms.
 */
export function glanceRow(
  { name, schedule, lagLimit }: Pick<WebhookConfig, 'name' | 'schedule' | 'lagLimit'>,
  readings: Readings,
  alarms: readonly Alarm[],
): readonly IWidget[] {
  const { seconds } = pollWindows(schedule).lasting;
  const period = Duration.seconds(seconds);
  return [
    gauge(`Flowing? Polls in ${period.toHumanString()}`, {
      metrics: [readings.polls.with({ period })],
      leftYAxis: { min: 0, max: seconds / 60 },
      annotations: [
        { value: 1, color: Color.GREEN, fill: Shading.ABOVE, label: 'polling' },
        { value: 1, color: Color.RED, fill: Shading.BELOW, label: 'not polling' },
      ],
    }),
    gauge('How far behind? Seconds', {
      metrics: [readings.lag.with({ period })],
      leftYAxis: { min: 0, max: 2 * lagLimit },
      annotations: [
        { value: lagLimit / 2, color: Color.GREEN, fill: Shading.BELOW, label: 'fresh' },
        { value: lagLimit / 2, color: Color.ORANGE, fill: Shading.ABOVE, label: 'late' },
        { value: lagLimit, color: Color.RED, fill: Shading.ABOVE, label: 'lagging' },
      ],
    }),
    gauge('What is stuck? Dead letters', {
      metrics: [readings.deadLetters],
      leftYAxis: { min: 0, max: MANY_DEAD_LETTERS },
      annotations: [
        { value: 1, color: Color.GREEN, fill: Shading.BELOW, label: 'none' },
        { value: 1, color: Color.RED, fill: Shading.ABOVE, label: 'given up' },
      ],
    }),
    new SingleValueWidget({
      title: 'Now',
      metrics: [readings.delivered, readings.waiting, readings.failedPercent],
      sparkline: true,
      width: 5,
      height: HEIGHT,
    }),
    logWidget(name, WIDGET_QUERIES.endpoint, LogQueryVisualizationType.TABLE, 5),
    new AlarmStatusWidget({
      title: 'Alarms (each opens its description and its article)',
      alarms: [...alarms],
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: 5,
      height: HEIGHT,
    }),
  ];
}

function gauge(title: string, props: GaugeWidgetProps): GaugeWidget {
  return new GaugeWidget({ title, width: 3, height: HEIGHT, ...props });
}
