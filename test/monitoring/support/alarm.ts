import * as z from 'zod';
import { type Datapoint, type MetricId, statistic } from './datapoints.ts';
import { evaluateMath, type Value } from './metric-math.ts';

const metricStat = z.object({
  Metric: z.object({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  }),
  Period: z.number(),
  Stat: z.string(),
});

/** An alarm as CloudFormation gets it, its references resolved. */
export const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()),
  OKActions: z.array(z.string()),
  ComparisonOperator: z.enum(['LessThanThreshold', 'GreaterThanOrEqualToThreshold']),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore']),
  WarmUpConfiguration: z
    .object({
      WarmUpPeriodDurationInMinutes: z.number().min(1).max(2_880),
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: z.literal(true),
    })
    .optional(),
  Metrics: z.array(
    z.object({
      Id: z.string(),
      Expression: z.string().optional(),
      MetricStat: metricStat.optional(),
      ReturnData: z.boolean().default(true),
    }),
  ),
});
export type Alarm = z.infer<typeof alarmSchema>;
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/**
 * Data points that are looked at besides: the documentation's examples look at five for an alarm
 * over three.
 */
const EXTRA_PERIODS = 2;

/**
 * The state after an evaluation at `now`, by CloudWatch's documentation ("Configuring how
 * CloudWatch alarms treat missing data"). The newest real data points count, of a range somewhat
 * longer than the evaluation periods. Only what is missing beyond that is treated as the alarm
 * says.
 */
export function evaluateAlarm(
  alarm: Alarm,
  datapoints: readonly Datapoint[],
  now: number,
  before: AlarmState,
): AlarmState {
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed, TreatMissingData: treatment } = alarm;
  const range = Array.from({ length: periods + EXTRA_PERIODS }, (_, back) =>
    periodValue(alarm, datapoints, now, back),
  );
  const real = range.filter((value) => value !== undefined).slice(0, periods);
  const breaching = real.filter((value) => isBreaching(alarm, value)).length;
  const missing = periods - real.length;

  if (breaching >= needed) return 'ALARM';
  if (treatment === 'breaching') return breaching + missing >= needed ? 'ALARM' : 'OK';
  if (treatment === 'notBreaching') return 'OK';
  // With no data points, or too few that are all breaching, the state is kept.
  return breaching === real.length ? before : 'OK';
}

/** True while the alarm is not evaluated yet, so soon after the deploy at 0. */
export function isWarmingUp({ WarmUpConfiguration: warmUp }: Alarm, now: number): boolean {
  return warmUp !== undefined && now < warmUp.WarmUpPeriodDurationInMinutes * 60;
}

export function metricsOf({ Metrics }: Alarm): readonly MetricId[] {
  return Metrics.flatMap(({ MetricStat }) => (MetricStat ? [idOf(MetricStat)] : []));
}

/** The value of the period `back` periods ago, which is compared with the threshold. */
function periodValue(alarm: Alarm, datapoints: readonly Datapoint[], now: number, back: number): Value {
  const period = Math.max(...alarm.Metrics.map(({ MetricStat }) => MetricStat?.Period ?? 0));
  const to = now - back * period;
  const values: Record<string, Value> = {};
  for (const { Id, MetricStat } of alarm.Metrics) {
    if (MetricStat) values[Id] = statistic(datapoints, idOf(MetricStat), MetricStat.Stat, to - period, to);
  }
  const returned = alarm.Metrics.find(({ ReturnData }) => ReturnData);
  if (returned === undefined) throw new Error(`${alarm.AlarmName} returns no metric`);
  return returned.Expression === undefined ? values[returned.Id] : evaluateMath(returned.Expression, values);
}

function isBreaching({ ComparisonOperator: operator, Threshold }: Alarm, value: number): boolean {
  return operator === 'LessThanThreshold' ? value < Threshold : value >= Threshold;
}

function idOf({ Metric: { Namespace, MetricName, Dimensions } }: z.infer<typeof metricStat>): MetricId {
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  };
}
