/** Where the first poll begins. */
export type StartFrom =
  | { readonly kind: 'latest' | 'earliest' }
  /** Epoch milliseconds. */
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'log_id'; readonly logId: string };

const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/;

export function startFrom(value: string): StartFrom | undefined {
  const kind = (['latest', 'earliest'] as const).find((known) => known === value.toLowerCase());
  if (kind !== undefined) return { kind };
  if (/^\d{56}$/.test(value)) return { kind: 'log_id', logId: value };
  const time = ISO_TIME.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : { kind: 'time', time };
}
