import { expectedPaths, type KeyPath, keyPaths } from './key-path.ts';
import { optional } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';

/** What the webhook gets of an event. */
export interface BodySettings {
  readonly payload: 'compact' | 'full';
  /** Paths of object keys to leave out of the payload. */
  readonly redact: readonly KeyPath[];
}

export const bodyKeys = {
  PAYLOAD: optional('"compact" or "full"', payload, 'compact'),
  REDACT: optional(expectedPaths, keyPaths, []),
};

/** What a compact body may begin with; a test compares it with what is sent. */
export const COMPACT_KEYS = [
  'date',
  'request',
  'response',
  'log_id',
  'type',
  'description',
  'user_id',
  'user_name',
  'connection',
  'connection_id',
  'client_id',
  'organization_id',
  'details',
];

/**
 * Paths that are right by their form, but begin with what no compact body has: they may be meant
 * for the full one.
 */
export function bodyWarnings({
  PAYLOAD,
  REDACT,
}: Readonly<Record<string, unknown>>): readonly SettingFault[] {
  if (typeof REDACT !== 'string' || (typeof PAYLOAD === 'string' && payload(PAYLOAD) === 'full')) return [];
  const isStray = ([first]: KeyPath) => typeof first === 'string' && !COMPACT_KEYS.includes(first);
  const strays = (keyPaths(REDACT) ?? []).filter(isStray).length;
  if (strays === 0) return [];
  const expected = `paths that begin with one of ${COMPACT_KEYS.join(', ')}, or with "**." for a key at any depth; ${strays} of them hide nothing while PAYLOAD is compact`;
  return [{ key: 'REDACT', expected }];
}

function payload(value: string): 'compact' | 'full' | undefined {
  return (['compact', 'full'] as const).find((known) => known === value.toLowerCase());
}
