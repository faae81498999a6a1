import { listOf, optional } from './setting.ts';

/** What the webhook gets of an event. */
export interface BodySettings {
  readonly payload: 'compact' | 'full';
  /** Paths of object keys to leave out of the payload. */
  readonly redact: readonly (readonly string[])[];
}

export const bodyKeys = {
  PAYLOAD: optional('"compact" or "full"', payload, 'compact'),
  REDACT: optional('comma-separated paths, such as "request.body.email, request.ip"', listOf(keyPath), []),
};

function payload(value: string): 'compact' | 'full' | undefined {
  return (['compact', 'full'] as const).find((known) => known === value.toLowerCase());
}

function keyPath(value: string): readonly string[] | undefined {
  const keys = value.split('.').map((key) => key.trim());
  return keys.every((key) => key !== '') ? keys : undefined;
}
