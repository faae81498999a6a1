import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Fault, READ_FAULTS, WRITE_FAULTS } from './fault.ts';
import { type Process, UNBOUND } from './process.ts';
import type { StateTable } from './state-table.ts';

const UNCONDITIONAL_WRITE_FAULTS = WRITE_FAULTS.filter((fault) => fault !== Fault.retried);
/** The answer leaves out an item, and says so. */
const PARTIAL = 'partial';
const READ_ALL_FAULTS = [...READ_FAULTS, PARTIAL];
/** Faults of a write that no decision reads. It happens or not; nothing else can come of it. */
const NOTE_FAULTS = [Fault.fails, Fault.crashBefore] as const;

/** A DynamoDB client whose every call is an effect of the process. */
export function tableClient(table: StateTable, process: Process, stepNow: () => number): DynamoDBClient {
  const client = {
    send(command: unknown): Promise<object> {
      const { verb, sk, isRead, conditional } = describe(command);
      const faults = isRead
        ? verb === 'get all'
          ? READ_ALL_FAULTS
          : READ_FAULTS
        : sk === 'checkpoint' || sk === 'quiet'
          ? NOTE_FAULTS
          : conditional
            ? WRITE_FAULTS
            : UNCONDITIONAL_WRITE_FAULTS;
      return process.effect({
        kind: `${verb} ${sk.split('#')[0] ?? ''}`,
        detail: () => (sk.startsWith('batch#') ? (sk.split('#').at(-1) ?? '') : ''),
        faults,
        perform: (fault) => {
          const read = command instanceof BatchGetItemCommand ? keysOf(command) : isRead ? [sk] : [];
          for (const each of read) process.readAt.set(each, stepNow());
          if (isRead && sk === 'state') {
            process.boundTo ??= table.items.get(sk)?.tenant?.S ?? UNBOUND;
            process.isOvertaken = false;
          }
          try {
            return table.execute(command, fault === PARTIAL);
          } catch (error) {
            process.isOvertaken ||= sk === 'state';
            throw error;
          }
        },
      });
    },
  };
  return client as unknown as DynamoDBClient;
}

function keysOf({ input }: BatchGetItemCommand): readonly string[] {
  const [{ Keys = [] } = {}] = Object.values(input.RequestItems ?? {});
  return Keys.map(({ sk }) => sk?.S ?? '');
}

function describe(command: unknown) {
  if (command instanceof GetItemCommand)
    return { verb: 'get', sk: command.input.Key?.sk?.S ?? '', isRead: true, conditional: false };
  if (command instanceof BatchGetItemCommand)
    return { verb: 'get all', sk: keysOf(command)[0] ?? '', isRead: true, conditional: false };
  if (command instanceof QueryCommand) {
    const { ':last': last } = command.input.ExpressionAttributeValues ?? {};
    return { verb: 'query', sk: last?.S ?? 'batches', isRead: true, conditional: false };
  }
  if (command instanceof PutItemCommand) {
    const { Item, ConditionExpression } = command.input;
    return {
      verb: 'put',
      sk: Item?.sk?.S ?? '',
      isRead: false,
      conditional: ConditionExpression !== undefined,
    };
  }
  if (command instanceof DeleteItemCommand)
    return { verb: 'delete', sk: command.input.Key?.sk?.S ?? '', isRead: false, conditional: false };
  if (command instanceof UpdateItemCommand) {
    const { Key, UpdateExpression = '' } = command.input;
    const sk = Key?.sk?.S ?? '';
    const verb = !sk.startsWith('batch#')
      ? 'update'
      : UpdateExpression.includes('#enqueued')
        ? 'mark'
        : UpdateExpression.includes('#round')
          ? 'round'
          : 'record';
    // A record, a round or a mark that happens twice is the same as one that happens once.
    return { verb, sk, isRead: false, conditional: sk === 'state' || sk === 'delivering' };
  }
  throw new Error('a DynamoDB command that the fake does not know');
}
