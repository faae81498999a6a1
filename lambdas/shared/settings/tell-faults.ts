import { Metric } from '../contract.ts';
import type { Log } from '../logger.ts';
import { type MetricValues, metrics } from '../metrics.ts';
import type { Parsed } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';

/**
 * One line that names every fault by key. Nothing is lost while settings are wrong: reading or
 * delivering waits.
 */
export function tellFaults(
  tell: Log,
  webhook: string,
  secret: string,
  { faults, missing }: { readonly faults: readonly SettingFault[]; readonly missing: boolean },
  more: MetricValues = {},
): void {
  const event = missing ? 'settings.missing' : 'settings.invalid';
  tell(
    missing ? 'warn' : 'error',
    event,
    { secret, faults },
    metrics(webhook, { [Metric.settingsFaults]: 1, ...more }),
  );
}

const told = new WeakSet<readonly SettingFault[]>();

/**
 * What was taken but is odd, and what nobody reads: a line each, once for each reading of the
 * settings that changed them.
 */
export function tellOddities(tell: Log, secret: string, parsed: Parsed<unknown>): void {
  const warnings = 'settings' in parsed ? parsed.warnings : undefined;
  for (const [event, faults = []] of [
    ['settings.odd', warnings],
    ['settings.unknown', parsed.unknown],
  ] as const) {
    if (faults.length === 0 || told.has(faults)) continue;
    told.add(faults);
    tell('warn', event, { secret, faults });
  }
}
