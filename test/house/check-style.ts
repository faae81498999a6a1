// Part of `npm run check`: says which files `npm run fix` would change, as tests of this room do.
import { readFileSync } from 'node:fs';
import { separateAsserts, TESTS } from './separate-asserts.ts';
import { SOURCES } from './sources.ts';
import { wrapComments } from './wrapped-comments.ts';

const differs = (path: string, mended: (source: string) => string) => {
  const source = readFileSync(path, 'utf8');
  return mended(source) !== source;
};
const wide = SOURCES.filter((path) => differs(path, wrapComments));
const crowded = TESTS.filter((path) => differs(path, separateAsserts));

for (const path of wide) process.stderr.write(`${path}: a comment is wider than 100 columns\n`);
for (const path of crowded) process.stderr.write(`${path}: no blank line before what is asserted\n`);
if (wide.length + crowded.length > 0) {
  process.stderr.write('`npm run fix` mends them.\n');
  process.exitCode = 1;
}
