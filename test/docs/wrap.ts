// Part of `npm run fix`: wraps every document at the width that test/docs/citations.test.ts asks
// for.
import { readFileSync, writeFileSync } from 'node:fs';
import { DOCUMENTS, GENERATED } from './documents.ts';
import { wrapped } from './wrapped.ts';

for (const path of DOCUMENTS.filter((document) => !GENERATED.includes(document))) {
  const before = readFileSync(path, 'utf8');
  const after = wrapped(before);
  if (after !== before) writeFileSync(path, after);
}
