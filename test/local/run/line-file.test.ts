import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { formerLineFile, openLineFile } from '../../../local/run/line-file.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const LINE_FILE = fileURLToPath(new URL('../../../local/run/line-file.ts', import.meta.url));

it('keeps JSON lines with the name of their function, for its owner alone, and adds to what is there', async () => {
  const path = join(await temporaryDirectory(), 'lines');
  (await openLineFile(path)).write('poller', '{"event":"a"}');
  const again = await openLineFile(path);
  again.write('deliverer', 'no JSON: a warning of the runtime');
  again.write('deliverer', '{"event":"b"}');

  expect(readFileSync(path, 'utf8')).toBe('poller\t{"event":"a"}\ndeliverer\t{"event":"b"}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('has every line of a run that is killed right after it', async () => {
  const path = join(await temporaryDirectory(), 'lines');
  const script = `const { openLineFile } = await import(${JSON.stringify(LINE_FILE)});
    const file = await openLineFile(${JSON.stringify(path)});
    for (let n = 0; n < 500; n++) file.write('poller', JSON.stringify({ n }));
    process.kill(process.pid, 'SIGKILL');`;

  expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script])).toThrow();

  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(501);
});

it('begins anew when it has grown large, and keeps one former file', async () => {
  const path = join(await temporaryDirectory(), 'lines');
  (await openLineFile(path)).write('poller', '{"event":"old"}');
  truncateSync(path, 21 * 1024 * 1024);

  (await openLineFile(path)).write('poller', '{"event":"new"}');

  expect(readFileSync(path, 'utf8')).toBe('poller\t{"event":"new"}\n');
  expect(readFileSync(formerLineFile(path), 'utf8')).toContain('"old"');
});

it('says what to do when it cannot be opened', async () => {
  const path = await temporaryDirectory(); // a folder in its place

  await expect(openLineFile(path)).rejects.toThrow('--fresh');
});
