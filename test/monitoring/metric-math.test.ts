import { describe, expect, it } from 'vitest';
import { type Alarm, type AlarmState, evaluateAlarm } from './support/alarm.ts';
import { evaluateMath } from './support/metric-math.ts';

describe('evaluateMath', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['100 * (a - b) / a', 50],
    ['FILL(gone, 0) + a', 4],
    ['gone + a', undefined],
    ['a / zero', undefined],
    ['MAX([a, gone, b])', 4],
    ['MAX([gone, gone])', undefined],
    ['10 - 2 - 3', 5],
    ['a > 0 AND zero == 0', 1],
    ['a > 0 AND b == 0', 0],
    ['zero > 0 AND zero == 0', 0],
    ['a > 4', 0],
    ['a > 1 + 2', 1],
    ['a > 0 AND gone == 0', undefined],
  ])('gives %s', (expression, value) => {
    expect(evaluateMath(expression, { a: 4, b: 2, zero: 0, gone: undefined })).toBe(value);
  });

  it.each(['RATE(a)', 'a b', 'a +', 'missing', 'a = 1', 'a >', 'a AND'])('refuses %s', (expression) => {
    expect(() => evaluateMath(expression, { a: 1 })).toThrow();
  });
});

/**
 * Examples of "Configuring how CloudWatch alarms treat missing data": oldest first, `-` missing,
 * `X` breaching.
 */
describe('evaluateAlarm', () => {
  it.each<[string, number, AlarmState, AlarmState, AlarmState]>([
    // Points, how many of 3 are needed, then the state with ignore, breaching, notBreaching. The
    // state before is INSUFFICIENT_DATA.
    ['0-X-X', 3, 'OK', 'OK', 'OK'],
    ['0----', 3, 'OK', 'OK', 'OK'],
    ['-----', 3, 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
    ['0XX-X', 3, 'ALARM', 'ALARM', 'ALARM'],
    ['--X--', 3, 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
    ['0-X-X', 2, 'ALARM', 'ALARM', 'ALARM'],
    ['00X0X', 2, 'ALARM', 'ALARM', 'ALARM'],
    ['0-X--', 2, 'OK', 'ALARM', 'OK'],
    ['----0', 2, 'OK', 'ALARM', 'OK'],
    ['---X-', 2, 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
  ])('makes of %s, %i needed: ignore %s, breaching %s, notBreaching %s', (points, needed, ...expected) => {
    const states = (['ignore', 'breaching', 'notBreaching'] as const).map((treatment) =>
      evaluateAlarm(
        alarmOf(needed, treatment),
        datapointsOf(points),
        points.length * 60,
        'INSUFFICIENT_DATA',
      ),
    );

    expect(states).toEqual(expected);
  });
});

const METRIC = { Namespace: 'Test', MetricName: 'Value', Dimensions: [] };

function alarmOf(needed: number, treatment: Alarm['TreatMissingData']): Alarm {
  return {
    AlarmName: 'test',
    AlarmDescription: '',
    AlarmActions: [],
    OKActions: [],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    EvaluationPeriods: 3,
    DatapointsToAlarm: needed,
    TreatMissingData: treatment,
    Metrics: [{ Id: 'm', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Maximum' }, ReturnData: true }],
  };
}

function datapointsOf(points: string) {
  return [...points].flatMap((point, minute) =>
    point === '-'
      ? []
      : [{ namespace: 'Test', name: 'Value', dimensions: {}, value: point === 'X' ? 1 : 0, at: minute * 60 }],
  );
}
