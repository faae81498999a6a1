import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLedger, type Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { StateTable } from '../simulation/state-table.ts';

export interface MemoryLedger extends Ledger {
  /** The checkpoint as it was last written. */
  readonly written: string | undefined;
  readonly table: StateTable;
}

/** The real ledger on a table in memory, which answers as DynamoDB does. */
export function memoryLedger(): MemoryLedger {
  const table = new StateTable(100, () => {});
  const client = { send: async (command: unknown) => table.execute(command) };
  let drawn = 0;
  const ledger = createLedger(createTable(client as unknown as DynamoDBClient, 'table'), () => `r${drawn++}`);
  return Object.defineProperty({ ...ledger, table, written: undefined }, 'written', {
    enumerable: true,
    get: () => table.items.get('checkpoint')?.position?.S,
  });
}
