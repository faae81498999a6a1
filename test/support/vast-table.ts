import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { positionAt } from '../../lambdas/shared/log-position.ts';
import { StateTable } from '../simulation/state-table.ts';

/**
 * DynamoDB's limits: the size of an answer to a query, and what a read unit pays for in a
 * consistent read.
 */
const ANSWER_BYTES = 1024 * 1024;
const UNIT_BYTES = 4 * 1024;

export interface Reads {
  requests: number;
  /** Items that DynamoDB read, whether or not the answer has them. */
  items: number;
  /** Read units, by size. */
  units: number;
}

export interface VastOptions {
  /** Number of open batches, one a second from `begins` (epoch milliseconds) on. */
  readonly batches: number;
  readonly begins: number;
  /**
   * How many of them, from the first on, wait for an operator, as Auth0 no longer has their events.
   */
  readonly unreadable?: number;
}

/**
 * A table with any number of open batches. They are made up as they are read, so that a million
 * takes no memory. It answers as DynamoDB does, with `Limit`, at most 1 MB an answer, and a key to
 * go on from. Items that were written win over made-up ones.
 */
export function vastTable({ batches, begins, unreadable = 0 }: VastOptions) {
  const written = new StateTable(10_000, () => {});
  const gone = new Set<string>();
  const reads: Reads = { requests: 0, items: 0, units: 0 };

  const { idAt, itemAt, indexAfter } = madeUp({ batches, begins, unreadable });

  function query({ Limit = Number.POSITIVE_INFINITY, ExclusiveStartKey }: QueryCommandInput): object {
    const after = ExclusiveStartKey?.sk?.S ?? 'batch#';
    const own = written.startingWith('batch#').filter((item) => (item.sk?.S ?? '') > after);
    const items: Item[] = [];
    let bytes = 0;
    let index = indexAfter(after);
    while (items.length < Limit && bytes < ANSWER_BYTES) {
      while (index < batches && gone.has(idAt(index))) index++;
      const [first] = own;
      const takesOwn = first !== undefined && (index >= batches || (first.sk?.S ?? '') < idAt(index));
      const item = takesOwn ? own.shift() : index < batches ? itemAt(index++) : undefined;
      if (!item) return counted(items, bytes);
      items.push(item);
      bytes += JSON.stringify(item).length;
    }
    const last = items.at(-1);
    return { ...counted(items, bytes), LastEvaluatedKey: { pk: { S: 'ledger' }, sk: last?.sk } };
  }

  function counted(items: readonly Item[], bytes: number) {
    reads.requests++;
    reads.items += items.length;
    reads.units += Math.max(1, Math.ceil(bytes / UNIT_BYTES));
    return { Items: items };
  }

  function execute(command: unknown): object {
    if (command instanceof QueryCommand) return query(command.input);
    materialise(command);
    if (command instanceof GetItemCommand) {
      const answer = written.execute(command);
      reads.requests++;
      reads.items++;
      reads.units += Math.max(1, Math.ceil(JSON.stringify(answer).length / UNIT_BYTES));
      return answer;
    }
    return written.execute(command);
  }

  /** Puts a batch that is named by its key into the table, before anything is done to it. */
  function materialise(command: unknown): void {
    const sk = keyOf(command);
    if (!sk?.startsWith('batch#') || gone.has(sk)) return;
    const index = indexAfter(sk) - 1;
    if (index < 0 || idAt(index) !== sk) return;
    gone.add(sk);
    written.items.set(sk, itemAt(index));
  }

  const client = { send: async (command: unknown) => execute(command) };
  return { client: client as unknown as DynamoDBClient, reads, idAt, written };
}

/** Makes up batches by their number. */
function madeUp({ batches, begins, unreadable = 0 }: VastOptions) {
  const idAt = (index: number) =>
    `batch#${positionAt(begins + index * 1_000, '900')}#${String(index + 1).padStart(13, '0')}#x`;
  const itemAt = (index: number): Item => ({
    pk: { S: 'ledger' },
    sk: { S: idAt(index) },
    ledger: { S: 'ledger' },
    from: { S: positionAt(begins + index * 1_000, '900') },
    to: { S: positionAt(begins + (index + 1) * 1_000, '900') },
    seq: { N: String(index + 1) },
    openedAt: { N: String(begins) },
    oldestAt: { N: String(begins + index * 1_000) },
    enqueued: { BOOL: true },
    pending: { NS: ['0'] },
    ...(index < unreadable ? { unreadable: { NS: ['0'] } } : {}),
    failures: { M: {} },
  });

  /** The first index whose id is after the key. */
  const indexAfter = (key: string) => {
    let [low, high] = [0, batches];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (idAt(middle) <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { idAt, itemAt, indexAfter };
}

function keyOf(command: unknown): string | undefined {
  const input: unknown = Object(command).input;
  const key: unknown = Object(Object(input).Key).sk;
  const text: unknown = Object(key).S;
  return typeof text === 'string' ? text : undefined;
}
