import { Metric } from '../contract.ts';
import type { Log } from '../logger.ts';
import { type MetricValues, metrics } from '../metrics.ts';
import type { SettingFault } from './setting-fault.ts';

/** One line that names every fault by key. Nothing is lost while settings are wrong: reading or delivering waits. */
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

/** One line for what was taken but is odd, once for each reading of the settings that changed them. */
export function tellWarnings(tell: Log, secret: string, warnings: readonly SettingFault[]): void {
  if (warnings.length === 0 || told.has(warnings)) return;
  told.add(warnings);
  tell('warn', 'settings.odd', { secret, faults: warnings });
}
