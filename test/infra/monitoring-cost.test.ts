import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ESSENTIAL_METRICS,
  METRIC_NAMESPACE,
  Metric,
  OCCASIONAL_METRICS,
} from '../../lambdas/shared/contract.ts';
import { webhookTemplate } from './template.ts';

/**
 * List prices a month, us-east-1 (aws.amazon.com/cloudwatch/pricing, /secrets-manager/pricing). An
 * alarm costs by the metric that it looks at.
 */
const DOLLARS = { dashboard: 3, alarmMetric: 0.1, customMetric: 0.3, secret: 0.4 };

/**
 * True for a metric that is emitted while all is well. CloudWatch bills a metric for the hours in
 * which it is emitted; test/monitoring checks which ones are.
 */
const isStanding = (name: string) => !OCCASIONAL_METRICS.includes(name);
const STANDING = Object.values(Metric).filter(isStanding);

/** Dollars a month of the stack when nothing flows. */
function fixedCost(context: Readonly<Record<string, unknown>>) {
  const template = webhookTemplate(context);
  const all = (type: string) => Object.values(template.findResources(type));
  const alarmed: readonly { MetricStat?: { Metric: { Namespace: string } } }[] = all(
    'AWS::CloudWatch::Alarm',
  ).flatMap(({ Properties }) => Properties.Metrics);
  const [level] = all('AWS::Lambda::Function').map(
    ({ Properties }) => Properties.Environment.Variables.METRICS,
  );
  const counts = {
    dashboard: all('AWS::CloudWatch::Dashboard').length,
    alarmMetric: alarmed.filter(({ MetricStat }) => MetricStat !== undefined).length,
    // There is one dimension with one value, so each name is one metric. test/monitoring checks
    // that no other is emitted.
    customMetric: level === 'full' ? STANDING.length : ESSENTIAL_METRICS.filter(isStanding).length,
    secret: all('AWS::SecretsManager::Secret').length,
  };
  const cents =
    counts.dashboard * DOLLARS.dashboard * 100 +
    counts.alarmMetric * DOLLARS.alarmMetric * 100 +
    counts.customMetric * DOLLARS.customMetric * 100 +
    counts.secret * DOLLARS.secret * 100;
  return { ...counts, dollars: Math.round(cents) / 100 };
}

const DOCUMENTS = ['README.md', 'docs/operations.md'].map(
  (path) => [path, readFileSync(path, 'utf8')] as const,
);

describe('fixed cost a month', () => {
  const full = fixedCost({});
  const essential = fixedCost({ monitoring: 'essential' });

  it('leaves room for idle calls under $8 by default', () => {
    expect(full).toEqual({ dashboard: 1, alarmMetric: 19, customMetric: 5, secret: 2, dollars: 7.2 });
  });

  it('leaves room for idle calls under $3 with monitoring: essential', () => {
    expect(essential).toEqual({ dashboard: 0, alarmMetric: 11, customMetric: 1, secret: 2, dollars: 2.2 });
  });

  it('has five metrics of our own that are always emitted, and four that tell of what is wrong', () => {
    expect(STANDING.length).toBe(5);
    expect(OCCASIONAL_METRICS.length).toBe(4);
    expect(Object.keys(Metric).length).toBe(9);
  });

  it('counts nothing else that costs by the month', () => {
    const template = JSON.stringify(webhookTemplate().toJSON());

    for (const costly of [
      'AWS::KMS::Key',
      'AWS::Logs::MetricFilter',
      'AWS::CloudWatch::CompositeAlarm',
      'ANOMALY_',
    ])
      expect(template).not.toContain(costly);

    expect(template).toContain(METRIC_NAMESPACE);
  });

  it.each(DOCUMENTS)('is printed in %s', (_, text) => {
    const prices = text.match(/\$\d+\.\d\d/g) ?? [];

    expect(prices).toEqual(expect.arrayContaining([price(full.dollars), price(essential.dollars)]));
  });

  it('is what the runbook reckons', () => {
    const [, runbook = ''] = DOCUMENTS[1] ?? [];

    for (const { alarmMetric, customMetric, secret, dollars } of [full, essential])
      expect(runbook).toContain(
        `| ${alarmMetric} × $0.10 | ${customMetric} × $0.30 | ${secret} × $0.40 | **${price(dollars)}** |`,
      );
  });
});

function price(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}
