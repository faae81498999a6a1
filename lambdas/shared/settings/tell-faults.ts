import { Metric } from '../contract.ts';
import type { Tell } from '../logger.ts';
import { type MetricValues, metrics } from '../metrics.ts';
import type { Parsed } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';

/**
 * Writes one line that names every fault by key. Nothing is lost while settings are wrong, as
 * reading or delivering waits.
 */
export function tellFaults(
  tell: Tell,
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
 * Writes a line for what is odd but taken, and one for keys that no setting has. Each is written
 * once for each change of the settings.
 */
export function tellOddities(tell: Tell, secret: string, parsed: Parsed<unknown>): void {
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
