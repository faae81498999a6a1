import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../infra/config.ts';
import { eventBody } from '../../lambdas/poller/events/event-body.ts';
import { keyPaths } from '../../lambdas/shared/settings/key-path.ts';
import { DOCUMENTS } from './documents.ts';

const object = z.record(z.string(), z.unknown());

/** JSON blocks of all documents. A part of cdk.json begins with its key. */
const jsonBlocks = DOCUMENTS.flatMap((document) =>
  [...readFileSync(document, 'utf8').matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, block = '']) => [document, block] as const,
  ),
);

describe('JSON in the documents', () => {
  it.each(jsonBlocks)('of %s can be read', (_, block) => {
    expect(() => JSON.parse(block.startsWith('"') ? `{${block}}` : block)).not.toThrow();
  });

  it.each(jsonBlocks.filter(([, block]) => block.startsWith('"')))(
    'of %s that is part of cdk.json has nothing wrong',
    (_, block) => {
      expect(() => parseConfig(object.parse(JSON.parse(`{${block}}`)))).not.toThrow();
    },
  );
});

it('the body that README shows is one that is sent', () => {
  const [, block = '{}'] = jsonBlocks.find(([document]) => document === 'README.md') ?? [];
  const shown = object.parse(JSON.parse(block));

  const { request, response, ...rest } = shown;
  const sent: unknown = JSON.parse(
    eventBody({ ...rest, details: { request, response } }, { payload: 'compact', redact: [] }).json,
  );

  expect(sent).toEqual(shown);
});

it('the paths to leave out that docs/privacy.md shows are taken', () => {
  const [, paths = ''] = /^REDACT=(.+)$/m.exec(readFileSync('docs/privacy.md', 'utf8')) ?? [];

  expect(keyPaths(paths)?.length).toBe(paths.split(',').length);
});
