import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { checkExpressions } from './check-expressions.ts';
import { invalid } from './dynamodb-error.ts';
import { copied, updated } from './expressions.ts';
import type { Key } from './item-rows.ts';
import { query, scan } from './query.ts';
import { REQUESTS } from './requests.ts';
import type { StateTable } from './state-table.ts';

export type Find = (table: string) => StateTable;

/** Answers a request by the JSON of DynamoDB's answer. */
type Operation = (input: unknown, find: Find) => string;

/** DynamoDB's limit for one BatchGetItem. */
const MOST_BYTES = 16 * 1024 * 1024;

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetItem(input, find) {
    const { TableName, Key: key } = REQUESTS.GetItem.parse(input);
    const table = find(TableName);
    const item = read(table, table.wholeKey(key));
    return item === undefined ? '{}' : `{"Item":${item}}`;
  },

  BatchGetItem(input, find) {
    const { RequestItems } = REQUESTS.BatchGetItem.parse(input);
    const [[name, { Keys = [] }] = ['', {}], ...others] = Object.entries(RequestItems);
    if (others.length > 0) throw invalid('Local mode reads from one table at a time.');
    const table = find(name);
    const keys = new Set(Keys.map((key) => JSON.stringify(Object.values(table.wholeKey(key)))));
    if (keys.size < Keys.length) throw invalid('Provided list of item keys contains duplicates');
    return readAll(name, Keys, table);
  },

  Query(input, find) {
    const request = REQUESTS.Query.parse(input);
    return query(request, find(request.TableName));
  },

  /** For whoever wants to see what is there: nothing of ours scans. */
  Scan(input, find) {
    const request = REQUESTS.Scan.parse(input);
    return scan(request, find(request.TableName));
  },

  PutItem(input, find) {
    const { TableName, Item: item, ...expressions } = REQUESTS.PutItem.parse(input);
    checkExpressions(expressions);
    const table = find(TableName);
    table.write(table.keyIn(item), expressions, () => item);
    return '{}';
  },

  UpdateItem(input, find) {
    const { TableName, Key: key, ReturnValues, ...expressions } = REQUESTS.UpdateItem.parse(input);
    checkExpressions(expressions);
    const table = find(TableName);
    const after = table.write(table.wholeKey(key), expressions, (before) =>
      updated(before ?? copied(key), expressions),
    );
    return ReturnValues === 'ALL_NEW' ? `{"Attributes":${after}}` : '{}';
  },

  DeleteItem(input, find) {
    const { TableName, Key: key, ...expressions } = REQUESTS.DeleteItem.parse(input);
    checkExpressions(expressions);
    const table = find(TableName);
    table.write(table.wholeKey(key), expressions, () => undefined);
    return '{}';
  },
};

function read({ rows }: StateTable, { pk, sk }: Key): string | undefined {
  return rows.get(pk, sk);
}

/** Reads until the answer is as large as DynamoDB gives, and names the keys of the rest. */
function readAll(name: string, keys: readonly Item[], table: StateTable): string {
  const items: string[] = [];
  let asked = 0;
  for (let bytes = 0; asked < keys.length; asked++) {
    const item = read(table, table.wholeKey(keys[asked] ?? {}));
    bytes += item?.length ?? 0;
    if (bytes > MOST_BYTES) break;
    if (item !== undefined) items.push(item);
  }
  const left = asked < keys.length ? { [name]: { Keys: keys.slice(asked) } } : {};
  return `{"Responses":{${JSON.stringify(name)}:[${items.join(',')}]},"UnprocessedKeys":${JSON.stringify(left)}}`;
}
