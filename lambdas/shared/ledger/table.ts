import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { TableKey } from '../contract.ts';
import { type Item, S } from './attribute-values.ts';
import { type Change, Condition, expressions, unlessConditionFailed } from './change.ts';
import { getItems, sortKeyOf } from './get-items.ts';
import { type Keys, queryPages } from './query-pages.ts';

/**
 * All items of a webhook share one partition. A query of its batches is then one consistent read,
 * in log order. Several webhooks that share a table would have a partition each.
 */
const PARTITION = 'ledger';

/** Batches that a search reads at a time. */
const A_FEW = 4;

/** The state table: consistent reads and conditional writes of single items, nothing else. */
export interface Table {
  get(sk: string): Promise<Item | undefined>;
  /** Reads several items in one request. Gives what is there, by sort key. */
  getAll(sks: readonly string[]): Promise<ReadonlyMap<string, Item>>;
  /**
   * Reads what lies between two sort keys, both included, in one request. Gives it by sort key. It
   * is for a stretch of few, small items.
   */
  range(first: string, last: string): Promise<ReadonlyMap<string, Item>>;
  /**
   * Reads at most `limit` items in the order of their sort keys: those that begin with the prefix,
   * after the given key. It costs the same however many there are.
   */
  page(prefix: string, limit: number, after?: string): Promise<readonly Item[]>;
  /** Finds the first item of the prefix, in the order of sort keys, that passes the test. */
  first(prefix: string, test: (item: Item) => boolean): Promise<Item | undefined>;
  /** Writes a new item. False when there is one already. */
  insert(sk: string, item: Item): Promise<boolean>;
  /** Writes an item, whatever was there before. */
  replace(sk: string, item: Item): Promise<void>;
  /** Updates an item. Gives it as it is then, or undefined when the condition failed. */
  update(sk: string, change: Change): Promise<Item | undefined>;
  /** Deletes an item. False when the condition failed. */
  remove(sk: string, change?: Change): Promise<boolean>;
}

type Writes = 'insert' | 'replace' | 'update' | 'remove';

export function createTable(client: DynamoDBClient, name: string, partition = PARTITION): Table {
  const key = (sk: string): Item => ({ [TableKey.partition]: S(partition), [TableKey.sort]: S(sk) });
  const place: Place = { client, TableName: name, partition, key };
  return { ...reading(place), ...writing(place) };
}

/** The part of a table that holds one webhook's items. */
interface Place {
  readonly client: DynamoDBClient;
  readonly TableName: string;
  readonly partition: string;
  key(sk: string): Item;
}

function reading({ client, TableName, partition, key }: Place): Omit<Table, Writes> {
  const pages = (keys: Keys, limit?: number, after?: string) =>
    queryPages(client, TableName, {
      partition,
      keys,
      limit,
      after: after === undefined ? undefined : key(after),
    });

  const get = async (sk: string) =>
    (await client.send(new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }))).Item;

  return {
    get,
    getAll: (sks) => getItems(client, TableName, sks.map(key), get),

    async range(first, last) {
      const items = new Map<string, Item>();
      for await (const page of pages({ first, last }))
        for (const item of page) items.set(sortKeyOf(item), item);
      return items;
    },

    async page(prefix, limit, after) {
      const items: Item[] = [];
      for await (const page of pages({ prefix }, limit, after)) {
        items.push(...page);
        if (items.length >= limit) break;
      }
      return items.slice(0, limit);
    },

    async first(prefix, test) {
      for await (const page of pages({ prefix }, A_FEW)) {
        const found = page.find(test);
        if (found) return found;
      }
      return undefined;
    },
  };
}

function writing({ client, TableName, key }: Place): Pick<Table, Writes> {
  return {
    async insert(sk, item) {
      const put = new PutItemCommand({
        TableName,
        Item: { ...key(sk), ...item },
        ConditionExpression: Condition.absent,
      });
      return (await unlessConditionFailed(() => client.send(put))) !== undefined;
    },

    async replace(sk, item) {
      await client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...item } }));
    },

    async update(sk, change) {
      const command = new UpdateItemCommand({
        TableName,
        Key: key(sk),
        UpdateExpression: change.update,
        ReturnValues: 'ALL_NEW',
        ...expressions(change),
      });
      const done = await unlessConditionFailed(() => client.send(command));
      return done && (done.Attributes ?? {});
    },

    async remove(sk, change) {
      const command = new DeleteItemCommand({
        TableName,
        Key: key(sk),
        ...(change ? expressions(change) : {}),
      });
      return (await unlessConditionFailed(() => client.send(command))) !== undefined;
    },
  };
}
