import { expect, it, onTestFinished } from 'vitest';
import { ItemRows } from '../../../local/dynamodb/item-rows.ts';
import { openTables } from '../../../local/dynamodb/table-file.ts';
import { inOneCommit } from '../../../local/services/statements.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const STRETCH = { first: 'batch#', last: 'batch#\u{10ffff}' };

it('a page behind many items takes no longer than the first one', async () => {
  const database = openTables(await temporaryDirectory());
  onTestFinished(() => database.close());
  const rows = new ItemRows(database, 'state');
  const keyOf = (n: number) => `batch#${String(n).padStart(6, '0')}`;
  inOneCommit(database, () => {
    for (let n = 0; n < 30_000; n++) rows.put({ pk: 'ledger', sk: keyOf(n), item: '{}', bytes: 2 });
  });
  const pageAfter = (after: string) => {
    const startedAt = performance.now();
    const found = rows.between('ledger', STRETCH, after).next();
    return { sk: found.done ? undefined : found.value.sk, ms: performance.now() - startedAt };
  };
  const fastest = (after: string) => Math.min(...Array.from({ length: 30 }, () => pageAfter(after).ms));

  expect(pageAfter(keyOf(29_990)).sk).toBe(keyOf(29_991));
  // To read past them takes some hundred times as long.
  expect(fastest(keyOf(29_990))).toBeLessThan(20 * fastest(keyOf(0)));
});
