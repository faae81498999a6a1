import { describe, expect, it } from 'vitest';
import { openDataDirectory } from '../../../local/run/data-directory.ts';
import { tellSecret } from '../../../local/run/tell-secret.ts';
import { localSettings } from '../../../local/settings/local-settings.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const SECRET = Buffer.alloc(32, 7).toString('base64');

describe('tellSecret', () => {
  it.each([
    {
      what: 'a receiver of its own and a generated secret',
      variables: { WEBHOOK_URL: 'https://x.example/' },
      lines: 1,
    },
    {
      what: 'a secret that was given',
      variables: { WEBHOOK_URL: 'https://x.example/', WEBHOOK_SIGNING_SECRET: SECRET },
      lines: 0,
    },
    { what: 'our own webhook', variables: {}, lines: 0 },
  ])('speaks of the place, never of the value: $what', async ({ variables, lines }) => {
    const directory = await openDataDirectory(await temporaryDirectory(), false);
    const said: string[] = [];

    tellSecret(localSettings(variables), directory, {
      say: (line) => said.push(line),
      error: () => {},
      result: () => {},
    });

    expect(said).toHaveLength(lines);
    for (const line of said) expect(line).toContain(directory.secrets);

    expect(said.join()).not.toContain(SECRET);
  });
});
