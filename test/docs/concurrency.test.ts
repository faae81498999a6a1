import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shareConcurrency } from '../../infra/concurrency.ts';

it('docs/concurrency.md has the row of every value', () => {
  const document = readFileSync(new URL('../../docs/concurrency.md', import.meta.url), 'utf8');
  for (let calls = 1; calls <= 100; calls++) {
    const { reserved, sideBySide, mappingMaximum } = shareConcurrency(calls);
    expect(document).toContain(`| ${calls} | ${reserved} × ${sideBySide} | ${mappingMaximum} |\n`);
    expect(reserved * sideBySide).toBeLessThanOrEqual(calls);
  }
});
