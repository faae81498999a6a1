import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type MathExpression,
  type Metric,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ALARM_IDS, type AlarmName, pinLogicalId } from '../logical-ids.ts';
import type { AlarmWindow } from './alarm-window.ts';
import type { Runbook } from './runbook.ts';

export interface AlarmDefinition {
  /** The alarm's name, which is also the anchor of its article in docs/operations.md. */
  readonly name: AlarmName;
  /** What the alarm means and what to do, for the e-mail that somebody reads at night. */
  readonly sentence: string;
  readonly metric: Metric | MathExpression;
  readonly when: { readonly atLeast: number } | { readonly below: number };
  readonly window: AlarmWindow;
  /** How many of the periods must meet the condition; by default all. */
  readonly datapoints?: number;
  readonly missing: TreatMissingData;
  /**
   * Minutes after its creation in which the alarm does not fire, as what it watches has yet to
   * begin.
   */
  readonly warmUpMinutes?: number;
  /**
   * True for an alarm that exists with `monitoring: full` only. It needs metrics that `essential`
   * saves, or another alarm fires for the same later.
   */
  readonly fullOnly?: boolean;
}

/** What all alarms of a webhook have in common. */
export interface AlarmSurroundings {
  /** Name of the webhook. */
  readonly webhook: string;
  readonly runbook: Runbook;
  readonly topic: ITopic;
}

/** Makes the alarm in CloudWatch. It publishes to the topic when it fires and when it goes back. */
export function addAlarm(
  scope: Construct,
  { webhook, runbook, topic }: AlarmSurroundings,
  definition: AlarmDefinition,
): Alarm {
  const { name, sentence, metric, when, window, datapoints = window.periods, missing } = definition;
  const isFloor = 'below' in when;
  const alarm = new Alarm(scope, pascalCase(name), {
    alarmName: `${webhook}-${name}`,
    alarmDescription: runbook.descriptionOf(name, sentence),
    metric: metric.with({ period: Duration.seconds(window.seconds) }),
    threshold: isFloor ? when.below : when.atLeast,
    comparisonOperator: isFloor
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: window.periods,
    datapointsToAlarm: datapoints,
    treatMissingData: missing,
  });
  const resource = pinLogicalId(alarm, ALARM_IDS[name]);
  if (definition.warmUpMinutes !== undefined)
    resource.addPropertyOverride('WarmUpConfiguration', {
      WarmUpPeriodDurationInMinutes: definition.warmUpMinutes,
      // Without this the warm-up ends as soon as the window is full of data, and FILL fills it at
      // once.
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
    });
  const tell = new SnsAction(topic);
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
  return alarm;
}

function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
