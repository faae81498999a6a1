import { expectedPaths, type KeyPath, keyPaths } from './key-path.ts';
import { optional } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';

/** What the webhook gets of an event. */
export interface BodySettings {
  readonly payload: 'compact' | 'full';
  /** Paths of object keys that the payload is sent without. */
  readonly redact: readonly KeyPath[];
}

export const bodyKeys = {
  PAYLOAD: optional('"compact" or "full"', payload, 'compact'),
  REDACT: optional(expectedPaths, keyPaths, []),
};

/** Fields that identify an event without a Management API call. */
export const IDENTIFYING_KEYS: readonly string[] = [
  'user_id',
  'user_name',
  'connection',
  'connection_id',
  'client_id',
  'organization_id',
];

/** The keys that a compact body may have. A test compares them with what is sent. */
export const COMPACT_KEYS: readonly string[] = [
  'date',
  'request',
  'response',
  'log_id',
  'type',
  'description',
  ...IDENTIFYING_KEYS,
  'details',
];

/**
 * Warns of paths that begin with a key that no compact body has. They hide nothing, and may have
 * been meant for the full body.
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
