import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientOf, LOCAL_CREDENTIALS } from '../../../local/services/identity.ts';
import { secretArn, startSecrets } from '../../../local/services/secrets.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function start(path: string) {
  const service = await startSecrets(path);
  const client = new SecretsManagerClient(clientOf(service.url));
  onTestFinished(async () => {
    client.destroy();
    await service.close();
  });
  return { service, client };
}

/** Makes a request by `node:http`, as `fetch` sets `Host` itself. */
async function post(url: string, headers: Readonly<Record<string, string>>) {
  const sent = request(url, { method: 'POST', headers });
  sent.end(JSON.stringify({ SecretId: 'hook/auth0' }));
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, body: await text(response) };
}

describe('startSecrets', () => {
  it('refuses a stranger before it takes what the stranger sends, which might be endless', async () => {
    const { service } = await start(join(await temporaryDirectory(), 'secrets.json'));
    const sent = request(service.url, { method: 'POST', headers: { 'content-length': 1_000_000_000 } });
    onTestFinished(() => void sent.destroy());
    sent.on('error', () => {});
    sent.write('{"half":');

    const [response] = await once(sent, 'response');

    expect(response.statusCode).toBe(403);
  }, 5_000);

  it('serves a secret by its name and by its ARN', async () => {
    const { service, client } = await start(join(await temporaryDirectory(), 'secrets.json'));
    await service.create('hook/auth0', () => '{"A":"1"}');

    const byName = await client.send(new GetSecretValueCommand({ SecretId: 'hook/auth0' }));
    const byArn = await client.send(new GetSecretValueCommand({ SecretId: secretArn('hook/auth0') }));

    expect([byName.SecretString, byArn.SecretString, byName.ARN]).toEqual([
      '{"A":"1"}',
      '{"A":"1"}',
      byArn.ARN,
    ]);
    expect(byName.CreatedDate?.getTime()).toBeGreaterThan(Date.parse('2026-01-01'));
  });

  it('takes a new value, and keeps it over a restart', async () => {
    const path = join(await temporaryDirectory(), 'secrets.json');
    const before = await start(path);
    await before.service.create('hook/auth0', () => 'old');
    await before.client.send(new PutSecretValueCommand({ SecretId: 'hook/auth0', SecretString: 'new' }));

    const after = await start(path);

    expect(await after.service.create('hook/auth0', () => 'generated again')).toBe('new');
  });

  it.each<{ what: string; headers: Record<string, string> }>([
    { what: 'no signature', headers: {} },
    {
      what: 'another key',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/x' },
    },
    {
      what: 'a foreign Host',
      headers: { authorization: `Credential=${LOCAL_CREDENTIALS.accessKeyId}/`, host: 'evil.example' },
    },
  ])('tells nothing to a caller with $what', async ({ headers }) => {
    const { service } = await start(join(await temporaryDirectory(), 'secrets.json'));
    await service.create('hook/auth0', () => 'hidden');

    const { status, body } = await post(service.url, {
      'x-amz-target': 'secretsmanager.GetSecretValue',
      ...headers,
    });

    expect(status).toBe(403);
    expect(body).toContain('UnrecognizedClientException');
    expect(body).not.toContain('hidden');
  });

  it('answers as AWS does when there is no such secret', async () => {
    const { client } = await start(join(await temporaryDirectory(), 'secrets.json'));

    await expect(client.send(new GetSecretValueCommand({ SecretId: 'none' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  });

  it('writes a file for its owner only, and leaves nothing beside it', async () => {
    const folder = await temporaryDirectory();
    const { service } = await start(join(folder, 'secrets.json'));

    await Promise.all(['a', 'b', 'c'].map((name) => service.create(name, () => name)));

    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secrets.json']);
    expect(Object.keys(JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8')))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('does not quote a garbled file', async () => {
    const path = join(await temporaryDirectory(), 'secrets.json');
    await writeFile(path, 'whsec_hidden');

    await expect(startSecrets(path)).rejects.toThrow(/^not a settings file of local mode$/);
  });
});
