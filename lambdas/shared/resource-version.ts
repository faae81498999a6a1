/**
 * Versions of the rules that tell an event's resource. A key that changes is a new version. Events
 * that wait under the old key could be overtaken by newer ones under the new key, so a ledger
 * changes over only while nothing of it is open.
 */
export const RESOURCE_VERSIONS = [1, 2] as const;
export type ResourceVersion = (typeof RESOURCE_VERSIONS)[number];
export const CURRENT_RESOURCE_VERSION: ResourceVersion = 2;
