import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AUTH0_KEYS } from '../../../lambdas/shared/settings/auth0-settings.ts';
import { WEBHOOK_KEYS } from '../../../lambdas/shared/settings/webhook-settings.ts';

const ROOT = new URL('../../../', import.meta.url);
const KEYS = [...AUTH0_KEYS, ...WEBHOOK_KEYS];

describe('the keys of the settings', () => {
  it('are all in .env.example, unset', async () => {
    const example = parseEnv(await readFile(new URL('.env.example', ROOT), 'utf8'));

    expect(example).toEqual(Object.fromEntries(KEYS.map((key) => [key, ''])));
  });
});
