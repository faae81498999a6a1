import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { synthesise } from '../../infra/synthesise.ts';
import {
  ESSENTIAL_METRICS,
  Metric,
  type MetricsLevel,
  OCCASIONAL_METRICS,
} from '../../lambdas/shared/contract.ts';
import { PRICES } from './prices.ts';

const alarm = z.object({ Metrics: z.array(z.looseObject({ MetricStat: z.unknown().optional() })) });

/** Dollars a month for the dashboard, alarms, metrics and secrets that the template has. */
export function fixedCost(monitoring: MetricsLevel): number {
  const known = costs.get(monitoring);
  if (known !== undefined) return known;
  const outdir = mkdtempSync(join(tmpdir(), 'bench-template-'));
  const resources = Object.values(synthesise({ outdir, context: { monitoring } }).template.Resources);
  rmSync(outdir, { recursive: true });
  const all = (type: string) => resources.filter(({ Type }) => Type === type);
  const alarmed = all('AWS::CloudWatch::Alarm')
    .flatMap(({ Properties }) => alarm.parse(Properties).Metrics)
    .filter(({ MetricStat }) => MetricStat !== undefined);
  const names: readonly string[] = monitoring === 'full' ? Object.values(Metric) : ESSENTIAL_METRICS;
  const cost =
    all('AWS::CloudWatch::Dashboard').length * PRICES.dashboard +
    alarmed.length * PRICES.alarmMetric +
    names.filter((name) => !OCCASIONAL_METRICS.includes(name)).length * PRICES.customMetric +
    all('AWS::SecretsManager::Secret').length * PRICES.secret;
  costs.set(monitoring, cost);
  return cost;
}

const costs = new Map<MetricsLevel, number>();
