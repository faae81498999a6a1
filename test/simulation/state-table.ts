import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { TableKey } from '../../lambdas/shared/contract.ts';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { copied, type Expressions, holds, updated } from '../../local/dynamodb/expressions.ts';

export type OnWrite = (sk: string, before: Item | undefined, after: Item | undefined) => void;

/**
 * DynamoDB in memory: one table, one partition, and the commands that the ledger sends. Items never
 * change once they are written.
 */
export class StateTable {
  readonly items = new Map<string, Item>();
  /** What a read without consistency may still see. */
  private readonly former = new Map<string, Item | undefined>();
  private readonly onWrite: OnWrite;
  private readonly pageSize: number;

  /** @param pageSize items that one query answers with at most, as DynamoDB's limit of 1 MB */
  constructor(pageSize: number, onWrite: OnWrite) {
    this.pageSize = pageSize;
    this.onWrite = onWrite;
  }

  /** Items whose sort key begins so, in the order of sort keys. */
  startingWith(prefix: string): Item[] {
    return this.inOrder((sk) => sk.startsWith(prefix));
  }

  private inOrder(isMeant: (sk: string) => boolean): Item[] {
    const keys = [...this.items.keys()].filter(isMeant).sort();
    return keys.map((sk) => this.items.get(sk)).filter((item) => item !== undefined);
  }

  lose(): void {
    this.items.clear();
  }

  /** Copies what a restore brings back. */
  copy(): ReadonlyMap<string, Item> {
    return new Map(this.items);
  }

  restore(kept: ReadonlyMap<string, Item>): void {
    this.items.clear();
    this.former.clear();
    for (const [sk, item] of kept) this.items.set(sk, item);
  }

  /** @param isPartial a read of several items leaves out the first, as DynamoDB may */
  execute(command: unknown, isPartial = false): object {
    if (command instanceof GetItemCommand) {
      const sk = sortKey(command.input.Key);
      const item = command.input.ConsistentRead ? this.items.get(sk) : this.formerOf(sk);
      return item === undefined ? {} : { Item: item };
    }
    if (command instanceof BatchGetItemCommand) return this.getAll(command, isPartial);
    if (command instanceof QueryCommand) return this.query(command);
    if (command instanceof PutItemCommand) {
      const item = copied(command.input.Item ?? {});
      this.write(sortKey(item), command.input, () => item);
      return {};
    }
    if (command instanceof UpdateItemCommand) {
      const { input } = command;
      const base = (): Item => copied(input.Key ?? {});
      const after = this.write(sortKey(input.Key), input, (before) => updated(before ?? base(), input));
      return { Attributes: after };
    }
    if (command instanceof DeleteItemCommand) {
      this.write(sortKey(command.input.Key), command.input, () => undefined);
      return {};
    }
    throw new Error('a DynamoDB command that the fake does not know');
  }

  private write(sk: string, expressions: Expressions, change: (before?: Item) => Item | undefined) {
    const before = this.items.get(sk);
    this.former.set(sk, before);
    if (!holds(before, expressions))
      throw new ConditionalCheckFailedException({ message: 'condition failed', $metadata: {} });
    const after = change(before);
    if (after) this.items.set(sk, after);
    else this.items.delete(sk);
    this.onWrite(sk, before, after);
    return after;
  }

  private getAll({ input }: BatchGetItemCommand, isPartial: boolean): object {
    const [[name, { Keys = [] }] = ['', {}]] = Object.entries(input.RequestItems ?? {});
    const left = isPartial ? Keys.slice(0, 1) : [];
    const found = Keys.slice(left.length).map((key) => this.items.get(sortKey(key)));
    return {
      Responses: { [name]: found.filter((item) => item !== undefined) },
      UnprocessedKeys: left.length > 0 ? { [name]: { Keys: left } } : {},
    };
  }

  private formerOf(sk: string): Item | undefined {
    return this.former.has(sk) ? this.former.get(sk) : this.items.get(sk);
  }

  private query({ input }: QueryCommand): object {
    const { Limit = this.pageSize, ConsistentRead, ExclusiveStartKey, ExpressionAttributeValues } = input;
    const after = ExclusiveStartKey === undefined ? '' : sortKey(ExclusiveStartKey);
    const all = this.inOrder(askedFor(ExpressionAttributeValues));
    const seen = ConsistentRead ? all : all.filter((item) => this.formerOf(sortKey(item)) !== undefined);
    const found = seen.filter((item) => sortKey(item) > after);
    const Items = found.slice(0, Limit);
    const last = found.length > Limit ? Items.at(-1) : undefined;
    return { Items, ...(last ? { LastEvaluatedKey: keyOf(last) } : {}) };
  }
}

/** Tells the sort keys of a query: those that begin so, or those from the first to the last. */
function askedFor(values: Item = {}): (sk: string) => boolean {
  const { ':prefix': prefix, ':first': first, ':last': last } = values;
  if (first === undefined) return (sk) => sk.startsWith(prefix?.S ?? '');
  return (sk) => sk >= (first.S ?? '') && sk <= (last?.S ?? '');
}

function sortKey(item: Item | undefined): string {
  return item?.[TableKey.sort]?.S ?? '';
}

function keyOf(item: Item): Item {
  const names: readonly string[] = Object.values(TableKey);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}
