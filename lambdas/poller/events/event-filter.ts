import { field, type LogEvent, textField } from '../../shared/log-event.ts';
import type { FilterSettings } from '../../shared/settings/filter-settings.ts';
import { type ApiCall, callOf, managementSegments } from './api-call.ts';

/**
 * Why a log event passed the filter or did not. Verdicts are counted, so that a user can see why
 * nothing matches.
 */
export type Verdict = (typeof VERDICTS)[number];

export const VERDICTS = ['matched', 'type', 'endpoint', 'method', 'client'] as const;

/**
 * Compiles the filter settings. A log event must pass every filter that is set. Endpoints and
 * methods only apply to log events with a request. A sign-up or a deletion has none, and passes by
 * its type.
 */
export function createFilter(settings: FilterSettings): (event: LogEvent) => Verdict {
  const types = new Set(settings.logTypes);
  const methods = new Set(settings.methods);
  const excluded = new Set(settings.excludedClients);

  return (event) => {
    if (!types.has(textField(event, 'type') ?? '')) return 'type';
    const client = field(event, 'client_id');
    if (typeof client === 'string' && excluded.has(client)) return 'client';
    const call = callOf(event);
    if (!call) return 'matched';
    if (settings.endpoints.length > 0 && !isAt(settings.endpoints, call, event)) return 'endpoint';
    if (methods.size > 0 && !methods.has(call.method)) return 'method';
    return 'matched';
  };
}

/**
 * True when the path matches as it was logged, or as the same change would be in the Management
 * API.
 */
function isAt(endpoints: FilterSettings['endpoints'], call: ApiCall, event: LogEvent): boolean {
  const paths = [call.segments, managementSegments(call, event) ?? call.segments];
  return endpoints.some((pattern) => paths.some((segments) => startsWith(segments, pattern)));
}

/**
 * Compares whole segments, so that `users` never matches `users-by-email`. `*` matches any one
 * segment.
 */
function startsWith(segments: readonly string[], pattern: readonly string[]): boolean {
  return pattern.every(
    (segment, index) => index < segments.length && (segment === '*' || segment === segments[index]),
  );
}
