import { apiSegments } from '../../shared/api-path.ts';
import { field, type LogEvent, requestOf, textField } from '../../shared/log-event.ts';
import type { FilterSettings } from '../../shared/settings/filter-settings.ts';

/** Why a log event is an event, or is none: counted, so that a user can see why nothing matches. */
export type Verdict = 'matched' | 'type' | 'endpoint' | 'method' | 'client';

/** Compiles the filter settings (DESIGN §5). A log event passes when it passes every filter that is set. */
export function createFilter(settings: FilterSettings): (event: LogEvent) => Verdict {
  const types = new Set(settings.logTypes);
  const methods = new Set(settings.methods);
  const excluded = new Set(settings.excludedClients);

  return (event) => {
    if (!types.has(textField(event, 'type') ?? '')) return 'type';
    const client = field(event, 'client_id');
    if (typeof client === 'string' && excluded.has(client)) return 'client';
    const request = requestOf(event);
    if (settings.endpoints.length > 0) {
      if (!request) return 'endpoint';
      const segments = apiSegments(request.path);
      if (!settings.endpoints.some((pattern) => startsWith(segments, pattern))) return 'endpoint';
    }
    if (methods.size > 0 && !methods.has(request?.method ?? '')) return 'method';
    return 'matched';
  };
}

/** Whole segments only: `users` never matches `users-by-email`. `*` is any one segment. */
function startsWith(segments: readonly string[], pattern: readonly string[]): boolean {
  return pattern.every(
    (segment, index) => index < segments.length && (segment === '*' || segment === segments[index]),
  );
}
