import { endpoints, expectedFilter, logTypes, methods } from './filter-lists.ts';
import { list, optional } from './setting.ts';

/** Which log events are events. */
export interface FilterSettings {
  /** Patterns of whole path segments; `*` is any one segment. None means every endpoint. */
  readonly endpoints: readonly (readonly string[])[];
  /** Methods in lower case. None means every method. */
  readonly methods: readonly string[];
  readonly logTypes: readonly string[];
  /** Client ids whose calls are no events. Our own application's is among them. */
  readonly excludedClients: readonly string[];
}

export const filterKeys = {
  AUTH0_API_ENDPOINTS: optional(expectedFilter.endpoints, endpoints, []),
  AUTH0_API_METHODS: optional(expectedFilter.methods, methods, []),
  AUTH0_LOG_TYPES: optional(expectedFilter.logTypes, logTypes, ['sapi', 'fapi']),
  AUTH0_EXCLUDE_CLIENTS: optional('comma-separated client ids', list, []),
};
