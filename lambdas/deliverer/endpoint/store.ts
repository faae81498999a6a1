import type { Item } from '../../shared/ledger/attribute-values.ts';
import type { Table } from '../../shared/ledger/table.ts';
import { jsonOrUndefined } from '../../shared/text/json.ts';
import type { EndpointItem } from './item.ts';

/** Sort key of the endpoint's item. */
export const ENDPOINT = 'endpoint';

/** The item as DynamoDB has it, whatever it is, a text that somebody typed included. */
export type Version = Item[string];

/** The stored item. `version` is opaque, and undefined while there is no item. */
export interface StoredEndpoint {
  readonly value: unknown;
  readonly version: Version | undefined;
}

/** Where all invocations keep what they know of the endpoint. */
export interface EndpointStore {
  read(): Promise<StoredEndpoint>;
  /**
   * Writes the item if nobody has written it since it was read.
   * @returns the new version; undefined when somebody has
   */
  write(item: EndpointItem, read: Version | undefined): Promise<Version | undefined>;
}

export function storedEndpoint(item: Item | undefined): StoredEndpoint {
  return { value: jsonOrUndefined(item?.item?.S ?? ''), version: item?.version };
}

export function createEndpointStore(table: Pick<Table, 'get' | 'update'>): EndpointStore {
  return {
    async read() {
      return storedEndpoint(await table.get(ENDPOINT));
    },

    async write(item, read) {
      const version: Version = { N: String(Number(read?.N ?? 0) + 1) };
      const written = await table.update(ENDPOINT, {
        update: 'SET #item = :item, #version = :version',
        condition: read ? '#version = :read' : 'attribute_not_exists(#version)',
        names: { '#item': 'item', '#version': 'version' },
        values: {
          ':item': { S: JSON.stringify(item) },
          ':version': version,
          ...(read ? { ':read': read } : {}),
        },
      });
      return written && version;
    },
  };
}
