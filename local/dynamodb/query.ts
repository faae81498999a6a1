import type * as z from 'zod';
import { invalid } from './dynamodb-error.ts';
import type { StoredItem, Stretch } from './item-rows.ts';
import { keyCondition } from './key-condition.ts';
import type { REQUESTS } from './requests.ts';
import type { StateTable } from './state-table.ts';

/** DynamoDB's limit for what one query reads. */
const MOST_BYTES = 1024 * 1024;

/**
 * Answers a query by the JSON of a page. It ends at the limit, or at 1 MB, and says then where the
 * next one begins, as DynamoDB does: also when nothing comes after it.
 */
export function query(request: z.infer<typeof REQUESTS.Query>, table: StateTable): string {
  const { KeyConditionExpression, ExpressionAttributeValues, ExclusiveStartKey, Limit } = request;
  const { pk, ...stretch } = keyCondition(KeyConditionExpression, ExpressionAttributeValues, table.names);
  const after = ExclusiveStartKey && table.wholeKey(ExclusiveStartKey).sk;
  if (after !== undefined && !isIn(stretch, after))
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  return page(table.rows.between(pk, stretch, after), Limit, table);
}

/** Answers a scan, page by page as a query. */
export function scan(request: z.infer<typeof REQUESTS.Scan>, table: StateTable): string {
  const { ExclusiveStartKey, Limit } = request;
  const after = ExclusiveStartKey && table.wholeKey(ExclusiveStartKey);
  return page(table.rows.all(after), Limit, table);
}

function page(rows: Iterable<StoredItem>, limit: number | undefined, { names }: StateTable): string {
  const items: string[] = [];
  let last: StoredItem | undefined;
  let bytes = 0;
  let isWhole = true;
  for (const each of rows) {
    bytes += each.bytes;
    isWhole = bytes <= MOST_BYTES;
    if (!isWhole) break;
    items.push(each.item);
    last = each;
    isWhole = items.length !== limit;
    if (!isWhole) break;
  }
  const next =
    isWhole || last === undefined
      ? {}
      : { LastEvaluatedKey: { [names.pk]: { S: last.pk }, [names.sk]: { S: last.sk } } };
  const rest = JSON.stringify({ Count: items.length, ScannedCount: items.length, ...next });
  return `{"Items":[${items.join(',')}],${rest.slice(1)}`;
}

/** Compares as SQLite does, by bytes in UTF-8. */
function isIn({ first, last }: Stretch, sk: string): boolean {
  const [from, at, to] = [first, sk, last].map((text) => Buffer.from(text));
  return from && at && to ? from.compare(at) <= 0 && at.compare(to) <= 0 : false;
}
