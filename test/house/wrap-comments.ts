// Part of `npm run fix`: wraps the comments that test/house/comments.test.ts would refuse.
import { readFileSync, writeFileSync } from 'node:fs';
import { SOURCES } from './sources.ts';
import { wrapComments } from './wrapped-comments.ts';

for (const path of SOURCES) {
  const before = readFileSync(path, 'utf8');
  const after = wrapComments(before);
  if (after !== before) writeFileSync(path, after);
}
