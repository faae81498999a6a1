import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MALFORMED } from '../../lambdas/deliverer/http/answer-head.ts';
import { REASONS_BY_CODE } from '../../lambdas/deliverer/http/reason-of.ts';
import { RETRY_REASONS } from '../../lambdas/shared/retry-reasons.ts';

/** Reason and detail of each row of the table. */
async function documented(): Promise<readonly string[]> {
  const text = await readFile(new URL('../../docs/receiving.md', import.meta.url), 'utf8');
  const section = text.split('\n## When a call fails')[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([\w-]+)` \| (?:`([\w-]+)` )?\| \S.*\|$/gm)].map(
    ([, reason, detail = '']) => `${reason} ${detail}`,
  );
}

it('tells what to do for each reason and detail that an attempt can have, and for no other', async () => {
  const detailed = [
    ...REASONS_BY_CODE.map(({ reason, detail }) => `${reason} ${detail}`),
    ...MALFORMED.map((detail) => `malformed-response ${detail}`),
    'tls handshake-broken-off',
  ];
  const plain = RETRY_REASONS.filter((reason) => !detailed.some((one) => one.startsWith(`${reason} `)));

  expect((await documented()).toSorted()).toEqual(
    [...detailed, ...plain.map((reason) => `${reason} `)].toSorted(),
  );
});
