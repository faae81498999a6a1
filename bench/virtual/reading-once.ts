import { ENDPOINT, storedEndpoint } from '../../lambdas/deliverer/endpoint/store.ts';
import type { InvocationDeps } from '../../lambdas/deliverer/invocation.ts';
import type { Batch, State } from '../../lambdas/shared/ledger/items.ts';
import { type Ledger, STATE } from '../../lambdas/shared/ledger/ledger.ts';
import { parseBatch, parseState } from '../../lambdas/shared/ledger/parse-items.ts';
import type { Table } from '../../lambdas/shared/ledger/table.ts';

/**
 * A ledger that parses an item only if it was written since the last reading. A day of 50,000
 * events reads the same few hundred items some millions of times, and the virtual table gives the
 * same object until it is written.
 */
export function readingOnce(
  ledger: Ledger,
  table: Pick<Table, 'range' | 'getAll'>,
): Pick<InvocationDeps, 'ledger' | 'circumstances'> {
  const states = new WeakMap<object, State>();
  const batches = new WeakMap<object, Batch>();
  return {
    ledger: {
      ...ledger,
      async readBatches(ids) {
        const items = await table.getAll([...ids]);
        return new Map([...items].map(([id, item]) => [id, parsedOnce(batches, item, parseBatch)]));
      },
    },
    async circumstances() {
      const items = await table.range(ENDPOINT, STATE);
      const state = items.get(STATE);
      return {
        state: state && parsedOnce(states, state, parseState),
        pauses: {},
        endpoint: storedEndpoint(items.get(ENDPOINT)),
      };
    },
  };
}

function parsedOnce<I extends object, T>(known: WeakMap<object, T>, item: I, parse: (item: I) => T): T {
  const parsed = known.get(item) ?? parse(item);
  known.set(item, parsed);
  return parsed;
}
