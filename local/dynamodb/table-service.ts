import { createServer } from 'node:http';
import * as z from 'zod';
import { closeServer, listenOnLoopback, type Service } from '../http-server.ts';
import { type Answer, answerJson, faultOf } from '../services/json-protocol.ts';
import type { TableDefinition } from '../template/resources.ts';
import { adoptLevelDb } from './adopt-leveldb.ts';
import { DynamoDbError } from './dynamodb-error.ts';
import { type Find, OPERATIONS } from './operations.ts';
import { StateTable } from './state-table.ts';
import { openTables } from './table-file.ts';

const PREFIX = 'DynamoDB_20120810.';

/**
 * Starts a DynamoDB endpoint on the SQLite file in `folder`, with that table. It knows what the
 * state table needs: single items, conditional writes, consistent reads. What an earlier run left
 * there is kept. Rejects when that cannot be read.
 */
export async function startTable(folder: string, definition: TableDefinition): Promise<Service> {
  const database = openTables(folder);
  try {
    const table = new StateTable(database, definition);
    await adoptLevelDb(folder, database, (name) => new StateTable(database, { ...definition, name }));
    const find: Find = (name) => {
      if (name === definition.name) return table;
      throw new DynamoDbError('ResourceNotFoundException', 'Requested resource not found');
    };
    const server = createServer((request, response) =>
      answerJson(request, response, (target, input) => answer(target, input, find)),
    );
    const url = await listenOnLoopback(server);
    return {
      url,
      async close() {
        await closeServer(server);
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function answer(target: string, input: unknown, find: Find): Answer {
  const operation = target.startsWith(PREFIX) ? OPERATIONS[target.slice(PREFIX.length)] : undefined;
  if (!operation) return refusal('UnknownOperationException', `Local mode does not know ${target}.`);
  try {
    return { status: 200, body: operation(input, find) };
  } catch (error) {
    if (error instanceof DynamoDbError) return refusal(error.code, error.message);
    if (error instanceof z.ZodError) return refusal('ValidationException', z.prettifyError(error));
    return faultOf(error);
  }
}

function refusal(code: string, message: string): Answer {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message };
  return { status: 400, body: JSON.stringify(body) };
}
