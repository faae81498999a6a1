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
import type { WebhookConfig } from '../config.ts';
import type { AlarmWindow } from './alarm-window.ts';

export interface AlarmDefinition {
  /** Also the anchor of its article in docs/operations.md. */
  readonly name: string;
  /** What it means and what to do, for the e-mail that somebody reads at night. */
  readonly sentence: string;
  readonly metric: Metric | MathExpression;
  readonly when: { readonly atLeast: number } | { readonly below: number };
  readonly window: AlarmWindow;
  /** So many of the periods; default all. */
  readonly datapoints?: number;
  readonly missing: TreatMissingData;
  /**
   * Only with `monitoring: full`: it needs metrics that `essential` saves, or another alarm tells
   * the same later.
   */
  readonly fullOnly?: boolean;
}

/** The alarm in CloudWatch; it tells the topic when it fires and when it goes back. */
export function addAlarm(
  scope: Construct,
  { name: webhook, runbook }: Pick<WebhookConfig, 'name' | 'runbook'>,
  topic: ITopic,
  { name, sentence, metric, when, window, datapoints = window.periods, missing }: AlarmDefinition,
): Alarm {
  const isFloor = 'below' in when;
  const alarm = new Alarm(scope, pascalCase(name), {
    alarmName: `${webhook}-${name}`,
    alarmDescription: `${sentence} Runbook: ${runbook}#${name}`,
    metric: metric.with({ period: Duration.seconds(window.seconds) }),
    threshold: isFloor ? when.below : when.atLeast,
    comparisonOperator: isFloor
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: window.periods,
    datapointsToAlarm: datapoints,
    treatMissingData: missing,
  });
  const tell = new SnsAction(topic);
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
  return alarm;
}

function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
