import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { inOneCommit } from '../../../local/services/statements.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it('a disk that is full is told as that, and nothing of the commit stays', async () => {
  const database = new DatabaseSync(join(await temporaryDirectory(), 'test.db'));
  onTestFinished(() => database.close());
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE texts (text TEXT); PRAGMA max_page_count = 10');
  const fill = () => {
    for (let n = 0; n < 10_000; n++) database.exec('INSERT INTO texts VALUES (hex(zeroblob(1000)))');
  };

  expect(() => inOneCommit(database, fill)).toThrow('database or disk is full');

  expect(database.prepare('SELECT count(*) AS texts FROM texts').get()).toEqual({ texts: 0 });
});
