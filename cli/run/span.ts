import { parseTime } from '../../lambdas/shared/operations/times.ts';
import { CliError } from '../errors.ts';

export interface Span {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly until: number;
}

/** The time from `--since` to `--until`, which is now unless given. */
export function spanOf(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  now: number,
): Span {
  if (since === undefined)
    throw new CliError('say since when: --since 24h, or a time such as 2026-11-23T09:00:00Z', 2);
  const span = {
    since: parseTime('--since', since, now),
    until: until === undefined ? now : parseTime('--until', until, now),
  };
  if (span.since >= span.until) throw new CliError('--until is not after --since', 2);
  return span;
}
