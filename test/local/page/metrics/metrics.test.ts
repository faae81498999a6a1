import { describe, expect, it } from 'vitest';
import { drawWidgets } from '../../../../local/page/metrics/draw.ts';
import { evaluate } from '../../../../local/page/metrics/expression.ts';
import { createSamples } from '../../../../local/page/metrics/samples.ts';
import { takeInvocation, takeLine } from '../../../../local/page/metrics/sources.ts';
import { statistic } from '../../../../local/page/metrics/statistics.ts';
import type { WidgetDefinition } from '../../../../local/template/dashboard.ts';

const NOW = 1_800_000_000_000;
const AXIS = { label: '', min: undefined, max: undefined };

function line(at: number, values: Record<string, number | number[]>): string {
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: 'Count' }));
  const CloudWatchMetrics = [{ Namespace: 'Ours', Dimensions: [['Webhook']], Metrics }];
  return JSON.stringify({ Webhook: 'hook', ...values, _aws: { Timestamp: at, CloudWatchMetrics } });
}

function series(name: string, stat: string, id?: string, isVisible = true) {
  return {
    label: name,
    id,
    isVisible,
    isRight: false,
    source: { namespace: 'Ours', name, of: 'hook', stat },
  };
}

function widget(changes: Partial<WidgetDefinition>): WidgetDefinition {
  const empty = { title: 't', view: 'gauge', series: [], thresholds: [], periodSeconds: 300 } as const;
  return { ...empty, left: AXIS, right: AXIS, ...changes };
}

describe('statistic', () => {
  it.each([
    ['Sum', 10],
    ['SampleCount', 4],
    ['Average', 2.5],
    ['Maximum', 4],
    ['Minimum', 1],
    ['p50', 3],
    ['p99', 4],
  ])('%s', (stat, expected) => {
    expect(statistic(stat, [4, 1, 3, 2])).toBe(expected);
  });

  it('tells nothing of nothing, and knows no other', () => {
    expect(statistic('Sum', [])).toBeUndefined();
    expect(() => statistic('Mode', [1])).toThrow('no statistic Mode');
  });
});

describe('evaluate', () => {
  const known = (id: string) => ({ attempts: 8, delivered: 6 })[id];

  it.each([
    ['attempts - FILL(delivered, 0)', 2],
    ['100 * (attempts - FILL(delivered, 0)) / attempts', 25],
    ['attempts - FILL(gone, 0)', 8],
    ['attempts - gone', undefined],
    ['delivered / (attempts - 8)', undefined],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, known)).toBe(expected);
  });

  it('refuses what it cannot read', () => {
    expect(() => evaluate('attempts ^ 2', known)).toThrow('cannot read');
  });
});

describe('drawWidgets', () => {
  it('counts over the period, and tells the newest of what is measured', () => {
    const samples = createSamples();
    takeLine(samples, line(NOW - 200_000, { Lag: 900, Read: 5, Old: 1 }));
    takeLine(samples, line(NOW - 20_000, { Lag: 700, Took: 9 }));
    takeLine(samples, line(NOW - 11_000, { Lag: 3, Read: 7, Took: 8 }));
    takeLine(samples, 'no JSON "_aws"');
    const measured = [series('Lag', 'Maximum'), series('Old', 'Maximum'), series('Took', 'p99')];

    const [drawn] = drawWidgets([widget({ series: [...measured, series('Read', 'Sum')] })], samples, NOW);

    expect(drawn?.lines.map(({ now }) => now)).toEqual([3, 1, 9, 12]);
  });

  it('takes several values of one line', () => {
    const samples = createSamples();
    takeLine(samples, line(NOW - 10_000, { Latency: [10, 20, 60] }));

    const all = ['SampleCount', 'Average', 'Maximum'].map((stat) => series('Latency', stat));
    const [drawn] = drawWidgets([widget({ series: all })], samples, NOW);

    expect(drawn?.lines.map(({ now }) => now)).toEqual([3, 30, 60]);
  });

  it('draws a chart in steps of five seconds, with expressions over hidden lines', () => {
    const samples = createSamples();
    for (const at of [NOW - 2_000, NOW - 3_000, NOW - 7_000]) takeLine(samples, line(at, { Attempts: 1 }));
    takeLine(samples, line(NOW - 2_000, { Delivered: 1 }));
    const failed = { ...series('', ''), label: 'failed', source: { expression: 'a - FILL(d, 0)' } };
    const all = [
      failed,
      series('Attempts', 'SampleCount', 'a', false),
      series('Delivered', 'SampleCount', 'd', false),
    ];

    const [drawn] = drawWidgets([widget({ view: 'timeSeries', series: all })], samples, NOW);

    expect(drawn?.lines).toHaveLength(1);
    expect(drawn?.lines[0]?.values.slice(-3)).toEqual([null, 1, 1]);
  });

  it('leaves out what only AWS measures', () => {
    const samples = createSamples();
    takeInvocation(samples, { functionName: 'poller', kind: 'error', durationMs: 12, atOnce: 1 }, NOW);
    const aws = (namespace: string, name: string) => ({
      ...series(name, 'Sum'),
      source: { namespace, name, of: 'poller', stat: 'Sum' },
    });
    const units = widget({ series: [aws('AWS/DynamoDB', 'ConsumedReadCapacityUnits')] });
    const errors = widget({ series: [aws('AWS/Lambda', 'Errors'), aws('AWS/Lambda', 'Memory')] });

    const drawn = drawWidgets([units, errors], samples, NOW);

    expect(drawn.map(({ lines }) => lines.map(({ label, now }) => [label, now]))).toEqual([[['Errors', 1]]]);
  });
});
