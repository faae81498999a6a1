import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { copied, type Expressions, holds, updated } from '../../local/dynamodb/expressions.ts';
import { itemSize } from '../../local/dynamodb/item-size.ts';
import type { Clock } from './clock.ts';
import type { Counts } from './counts.ts';
import { indexOf } from './index-of.ts';

/** Bytes that a unit pays for: 4 KB of a consistent read, 1 KB of a write. */
const READ_BYTES = 4 * 1024;
const WRITE_BYTES = 1024;

const READS = [GetItemCommand, BatchGetItemCommand, QueryCommand];

export interface TableLatency {
  readonly readMs: number;
  readonly writeMs: number;
}

/** A state table that costs nothing but what it counts: requests, units and items read. */
export function freeTable(counts: Counts, clock: Clock, { readMs, writeMs }: TableLatency): DynamoDBClient {
  const table = new CountedTable(counts);
  const client = {
    async send(command: unknown): Promise<object> {
      const ms = READS.some((Read) => command instanceof Read) ? readMs : writeMs;
      if (ms > 0) await clock.sleep(ms);
      return table.execute(command);
    },
  };
  return client as unknown as DynamoDBClient;
}

class CountedTable {
  private readonly items = new Map<string, Item>();
  /** Sort keys in order. Most are added at the end and removed at the beginning. */
  private readonly keys: string[] = [];
  private readonly counts: Counts;

  constructor(counts: Counts) {
    this.counts = counts;
  }

  execute(command: unknown): object {
    if (command instanceof GetItemCommand) {
      const item = this.items.get(sortKey(command.input.Key));
      this.read('get', item ? [item] : []);
      return item ? { Item: item } : {};
    }
    if (command instanceof BatchGetItemCommand) return this.getAll(command.input);
    if (command instanceof QueryCommand) return this.query(command.input);
    if (command instanceof PutItemCommand) {
      const item = copied(command.input.Item ?? {});
      this.write('put', sortKey(item), command.input, () => item);
      return {};
    }
    if (command instanceof UpdateItemCommand) {
      const { input } = command;
      const change = (before: Item = copied(input.Key ?? {})) => updated(before, input);
      return { Attributes: this.write('update', sortKey(input.Key), input, change) };
    }
    if (command instanceof DeleteItemCommand) {
      this.write('delete', sortKey(command.input.Key), command.input, () => undefined);
      return {};
    }
    throw new Error('a DynamoDB command that this table does not know');
  }

  private write(
    kind: string,
    sk: string,
    expressions: Expressions,
    change: (before?: Item) => Item | undefined,
  ) {
    const before = this.items.get(sk);
    const isAllowed = holds(before, expressions);
    const after = isAllowed ? change(before) : before;
    this.counts.add(`dynamodb.${kind}`);
    // DynamoDB charges for a condition that fails, too.
    const bytes = Math.max(itemSize(before), itemSize(after));
    this.counts.add('dynamodb.writeUnits', Math.max(1, Math.ceil(bytes / WRITE_BYTES)));
    if (!isAllowed) throw new ConditionalCheckFailedException({ message: 'condition failed', $metadata: {} });
    this.put(sk, after);
    return after;
  }

  private put(sk: string, item: Item | undefined): void {
    const isKnown = this.items.has(sk);
    if (item) this.items.set(sk, item);
    else this.items.delete(sk);
    if (isKnown === (item !== undefined)) return;
    const index = indexOf(this.keys, sk);
    if (item) this.keys.splice(index, 0, sk);
    else this.keys.splice(index, 1);
  }

  private read(kind: string, found: readonly Item[]): void {
    this.counts.add(`dynamodb.${kind}`);
    this.counts.add('dynamodb.itemsRead', found.length);
    const bytes = found.reduce((sum, item) => sum + itemSize(item), 0);
    this.counts.add('dynamodb.readUnits', unitsOf(bytes));
  }

  /** Each item is charged by itself, and one that is not there as a small one. */
  private getAll({ RequestItems = {} }: BatchGetItemCommandInput): object {
    const [[name, { Keys = [] }] = ['', {}]] = Object.entries(RequestItems);
    const items = Keys.map((key) => this.items.get(sortKey(key)));
    const found = items.filter((item) => item !== undefined);
    this.counts.add('dynamodb.batchGet');
    this.counts.add('dynamodb.itemsRead', found.length);
    const units = items.reduce((sum, item) => sum + unitsOf(itemSize(item)), 0);
    this.counts.add('dynamodb.readUnits', units);
    return { Responses: { [name]: found } };
  }

  private query({ Limit = 1_000, ExclusiveStartKey, ExpressionAttributeValues }: QueryCommandInput): object {
    const { ':prefix': prefix, ':first': first, ':last': end } = ExpressionAttributeValues ?? {};
    const from = first?.S ?? prefix?.S ?? '';
    const start = indexOf(this.keys, ExclusiveStartKey ? `${sortKey(ExclusiveStartKey)}\0` : from);
    const found = this.keys
      .slice(start, start + Limit + 1)
      .filter((key) => (end ? key <= (end.S ?? '') : key.startsWith(from)));
    const Items = found
      .slice(0, Limit)
      .map((key) => this.items.get(key))
      .filter((item) => item !== undefined);
    this.read('query', Items);
    const last = Items.at(-1);
    const more = last && found.length > Limit ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {};
    return { Items, ...more };
  }
}

function unitsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / READ_BYTES));
}

function sortKey(item: Item | undefined): string {
  return item?.sk?.S ?? '';
}
