import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AUTH0_KEYS, WEBHOOK_KEYS } from '../../../local/settings/keys.ts';

const ROOT = new URL('../../../', import.meta.url);

async function parsedKeys(file: string): Promise<readonly string[]> {
  const source = await readFile(new URL(`lambdas/shared/settings/${file}`, ROOT), 'utf8');
  return [...source.matchAll(/^ +([A-Z0-9_]+): (?:required|optional)\(/gm)].map(([, key = '']) => key);
}

describe('the keys of local mode', () => {
  it("are those of the functions' parsers", async () => {
    expect([...AUTH0_KEYS].toSorted()).toEqual((await parsedKeys('auth0-settings.ts')).toSorted());
    expect([...WEBHOOK_KEYS].toSorted()).toEqual((await parsedKeys('webhook-settings.ts')).toSorted());
  });

  it('are all in .env.example, unset', async () => {
    const example = parseEnv(await readFile(new URL('.env.example', ROOT), 'utf8'));

    expect(example).toEqual(Object.fromEntries([...AUTH0_KEYS, ...WEBHOOK_KEYS].map((key) => [key, ''])));
  });
});
