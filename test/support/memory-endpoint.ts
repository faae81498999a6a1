import type { EndpointItem } from '../../lambdas/deliverer/endpoint/item.ts';
import type { EndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';

export interface MemoryEndpoint extends EndpointStore {
  /** The stored value: anything, as somebody may have typed it. */
  stored: unknown;
  reads: number;
  writes: number;
  /** The item; undefined when the stored value is none. */
  item(): EndpointItem | undefined;
}

/** The endpoint's item in memory. It is written by version, as the table does. */
export function memoryEndpoint(): MemoryEndpoint {
  let version = 0;
  const endpoint: MemoryEndpoint = {
    stored: undefined,
    reads: 0,
    writes: 0,
    item: () => endpoint.stored as EndpointItem | undefined,
    async read() {
      endpoint.reads++;
      return { value: endpoint.stored, version: version === 0 ? undefined : { N: String(version) } };
    },
    async write(item, read) {
      if (Number(read?.N ?? 0) !== version) return undefined;
      endpoint.writes++;
      endpoint.stored = item;
      version++;
      return { N: String(version) };
    },
  };
  return endpoint;
}
