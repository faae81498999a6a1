import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envFile, setValues } from '../../../local/settings/env-file.ts';
import { localSettings } from '../../../local/settings/local-settings.ts';
import { UserError } from '../../../local/user-error.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const TENANT = {
  AUTH0_DOMAIN: 'example.eu.auth0.com',
  AUTH0_CLIENT_ID: 'id',
  AUTH0_CLIENT_SECRET: 'hidden-secret',
};

function mistakeOf(variables: Readonly<Record<string, string>>): UserError {
  try {
    localSettings(variables);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('no mistake was found');
}

describe('localSettings', () => {
  it('stands in for a tenant and a webhook that are not given', () => {
    expect(localSettings({ PATH: '/bin' })).toEqual({
      auth0: {},
      webhook: { WEBHOOK_ALLOW_PRIVATE: 'true' },
      simulatesTenant: true,
      domain: undefined,
      receives: true,
    });
  });

  it('takes a real tenant and webhook, and every setting for its own secret', () => {
    const variables = {
      ...TENANT,
      START_FROM: 'latest',
      WEBHOOK_URL: 'https://example.com/',
      WEBHOOK_TIMEOUT_SECONDS: '3',
    };

    expect(localSettings(variables)).toEqual({
      auth0: { ...TENANT, START_FROM: 'latest' },
      webhook: {
        WEBHOOK_ALLOW_PRIVATE: 'true',
        WEBHOOK_URL: 'https://example.com/',
        WEBHOOK_TIMEOUT_SECONDS: '3',
      },
      simulatesTenant: false,
      domain: 'example.eu.auth0.com',
      receives: false,
    });
  });

  it('names every faulty key of both secrets in one message, without a value', () => {
    const { message, exitCode } = mistakeOf({
      AUTH0_DOMAIN: 'https://a b',
      AUTH0_CLIENT_SECRET: 'hidden-secret',
      AUTH0_API_METHODS: 'FETCH',
      WEBHOOK_URL: 'http://example.com/',
      WEBHOOK_SIGNING_SECRET: 'hidden-short',
      WEBHOOK_TIMEOUT_SECONDS: '31',
    });

    expect(exitCode).toBe(1);
    expect(message.match(/^ {2}\w+(?=:)/gm)?.map((key) => key.trim())).toEqual([
      'AUTH0_DOMAIN',
      'AUTH0_CLIENT_ID',
      'AUTH0_API_METHODS',
      'WEBHOOK_URL',
      'WEBHOOK_SIGNING_SECRET',
      'WEBHOOK_TIMEOUT_SECONDS',
    ]);
    expect(message).not.toContain('hidden');
  });

  it('checks what is set beside a stand-in', () => {
    expect(mistakeOf({ START_FROM: 'yesterday', WEBHOOK_HEADERS: '[]' }).message).toMatch(
      /START_FROM: .+\n +WEBHOOK_HEADERS: /,
    );
  });
});

describe('envFile', () => {
  it('puts the environment over the file, even when it is empty', async () => {
    const path = join(await temporaryDirectory(), '.env');
    await writeFile(
      path,
      "# a comment\nAUTH0_DOMAIN=file.auth0.com\nSTART_FROM='earliest'\nWEBHOOK_URL=https://file.example/\n",
    );

    const variables = {
      ...(await envFile(path)),
      AUTH0_DOMAIN: 'environment.auth0.com',
      WEBHOOK_URL: '',
    };

    expect(setValues(variables, ['AUTH0_DOMAIN', 'START_FROM', 'WEBHOOK_URL'])).toEqual({
      AUTH0_DOMAIN: 'environment.auth0.com',
      START_FROM: 'earliest',
    });
  });

  it('needs no file', async () => {
    expect(await envFile(join(await temporaryDirectory(), '.env'))).toEqual({});
  });

  it('says so when the file cannot be read', async () => {
    await expect(envFile(await temporaryDirectory())).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });
});
