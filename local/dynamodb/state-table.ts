import type { DatabaseSync } from 'node:sqlite';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { TableDefinition } from '../template/resources.ts';
import { isItem } from './attribute-value.ts';
import { DynamoDbError, invalid } from './dynamodb-error.ts';
import { type Expressions, holds } from './expressions.ts';
import { ItemRows, type Key } from './item-rows.ts';
import { itemSize } from './item-size.ts';

/** Names of a table's two key attributes. Both are texts. */
export interface KeyNames {
  readonly pk: string;
  readonly sk: string;
}

/** DynamoDB's limit for one item. */
const MOST_BYTES = 400 * 1024;
/** DynamoDB's limits for the parts of a key. */
const MOST_KEY_BYTES = { pk: 2_048, sk: 1_024 } as const;

/** One table: its items, and what DynamoDB asks of each write. */
export class StateTable {
  readonly rows: ItemRows;
  readonly names: KeyNames;

  /** @throws when the table has not a text as partition key and another as sort key */
  constructor(database: DatabaseSync, { name, keySchema, attributes }: TableDefinition) {
    const nameOf = (type: string) => keySchema.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const [pk, sk] = [nameOf('HASH'), nameOf('RANGE')];
    const isText = (key: string) =>
      attributes.some(({ AttributeName, AttributeType }) => AttributeName === key && AttributeType === 'S');
    if (pk === undefined || sk === undefined || !isText(pk) || !isText(sk))
      throw new Error(`The table ${name} must have a text as partition key and a text as sort key.`);
    this.names = { pk, sk };
    this.rows = new ItemRows(database, name);
  }

  /** The key that stands in an item, or is a whole one. */
  keyIn(item: Item): Key {
    const [pk, sk] = [item[this.names.pk]?.S, item[this.names.sk]?.S];
    if (!pk || !sk) throw invalid(`The key needs ${this.names.pk} and ${this.names.sk}, both texts.`);
    for (const [part, text] of [
      ['pk', pk],
      ['sk', sk],
    ] as const)
      if (Buffer.byteLength(text) > MOST_KEY_BYTES[part])
        throw invalid(`The key's ${this.names[part]} has exceeded ${MOST_KEY_BYTES[part]} bytes.`);
    return { pk, sk };
  }

  /** A key without anything else. */
  wholeKey(key: Item): Key {
    if (Object.keys(key).length !== 2) throw invalid('The provided key element does not match the schema.');
    return this.keyIn(key);
  }

  /**
   * Makes one conditional write. Nothing can come between its read and its write, as neither waits.
   * @param change gives the item as it is to be, or undefined to delete it
   * @returns the JSON of the item as it is then
   */
  write(
    { pk, sk }: Key,
    expressions: Expressions,
    change: (before: Item | undefined) => Item | undefined,
  ): string {
    const text = this.rows.get(pk, sk);
    const before = text === undefined ? undefined : parseItem(text);
    if (!holds(before, expressions))
      throw new DynamoDbError('ConditionalCheckFailedException', 'The conditional request failed');
    const after = change(before);
    if (after === undefined) {
      this.rows.remove(pk, sk);
      return '';
    }
    const key = this.keyIn(after);
    if (key.pk !== pk || key.sk !== sk) throw invalid('Cannot update an attribute that is part of the key.');
    const bytes = itemSize(after);
    if (bytes > MOST_BYTES) throw invalid('Item size has exceeded the maximum allowed size');
    const item = JSON.stringify(after);
    this.rows.put({ pk, sk, item, bytes });
    return item;
  }
}

function parseItem(text: string): Item {
  const item = jsonOrUndefined(text);
  if (!isItem(item)) throw new Error('A stored item is damaged.');
  return item;
}
