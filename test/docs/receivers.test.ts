import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createWebhookClient } from '../../lambdas/deliverer/webhook-client.ts';
import { parseWebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import { freePort } from '../support/free-port.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SECRET = `whsec_${Buffer.from('the receivers of the documentation').toString('base64')}`;
const BODY = JSON.stringify({ log_id: '1', request: { method: 'delete', path: '/api/v2/users/auth0|1' } });

/**
 * Writes the JavaScript below a heading of a document to a file, as somebody would paste it. Its
 * folder has nothing but the packages that the document names.
 */
async function sample(document: string, heading: string): Promise<string> {
  const markdown = await readFile(join(ROOT, document), 'utf8');
  const [, section = ''] = markdown.split(`## ${heading}\n`);
  const code = section.match(/```js\n([\s\S]*?)```/)?.[1];
  if (code === undefined) throw new Error(`${document} has no sample under ${heading}`);
  const [, packages = ''] = /npm i ([\w -]+)/.exec(section.split('```js')[0] ?? '') ?? [];
  const directory = await mkdtemp(join(tmpdir(), 'receiver-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, 'node_modules'));
  for (const name of packages.split(' ').filter((one) => one !== ''))
    await symlink(join(ROOT, 'node_modules', name), join(directory, 'node_modules', name));
  const file = join(directory, 'receiver.mjs');
  await writeFile(file, code);
  return file;
}

interface Receiver {
  readonly url: string;
  readonly printed: () => string;
}

async function started(file: string): Promise<Receiver> {
  const port = await freePort();
  const environment = { PATH: process.env.PATH, PORT: String(port), WEBHOOK_SIGNING_SECRET: SECRET };
  const child: ChildProcess = spawn(process.execPath, [file], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  const url = `http://localhost:${port}/webhook`;
  for (let tries = 0; ; tries++) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return { url, printed: () => printed };
    if (tries === 200) throw new Error(`${file} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function client(url: string, secret: string) {
  const values = {
    WEBHOOK_URL: url,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SIGNING_SECRET: secret,
  };
  const parsed = parseWebhookSettings(JSON.stringify(values));
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  return createWebhookClient(parsed.settings, 1, Date.now);
}

const OTHER_SECRET = Buffer.from('a secret that this receiver does not know').toString('base64');

describe.each([
  ['README.md', 'Receiving'],
  ['docs/receiving.md', 'Express'],
  ['docs/receiving.md', 'Fastify'],
])('the receiver of %s, %s', (document, heading) => {
  it('takes an event once, and refuses what is signed by another', async () => {
    const { url, printed } = await started(await sample(document, heading));

    const first = await client(url, SECRET).attempt('1', BODY);
    const again = await client(url, SECRET).attempt('1', BODY);
    const forged = await client(url, OTHER_SECRET).attempt('2', BODY);
    const rotating = await client(url, `${OTHER_SECRET} ${SECRET}`).attempt('3', BODY);

    expect([first.kind, again.kind, rotating.kind]).toEqual(['delivered', 'delivered', 'delivered']);
    expect(forged).toMatchObject({ kind: 'retry', status: 401 });
    await expect.poll(() => printed().split('delete').length - 1).toBe(2);
  });
});

/**
 * Sends two events of one resource. The one with the smaller log_id comes last, as after a redrive.
 */
async function sendOutOfOrder(url: string): Promise<void> {
  for (const logId of ['7', '6']) {
    const outcome = await client(url, SECRET).attempt(logId, BODY.replace('"1"', JSON.stringify(logId)));
    expect(outcome.kind).toBe('delivered');
  }
}

it.each(['Express', 'Fastify'])(
  'the receiver of docs/receiving.md, %s, does not apply what comes late',
  async (heading) => {
    const { url, printed } = await started(await sample('docs/receiving.md', heading));

    await sendOutOfOrder(url);

    await expect.poll(printed).toMatch(/event 7 delete[\s\S]*late.* 6 /);
    expect(printed()).not.toContain('event 6');
  },
);

describe('the receiver of docs/receiving.md, a Lambda function URL', () => {
  it.each([false, true])('takes an event and refuses a forged one (base64: %s)', async (isBase64Encoded) => {
    const environment = process.env;
    environment.WEBHOOK_SIGNING_SECRET = SECRET;
    const file = await sample('docs/receiving.md', 'A Lambda function URL');
    const { handler } = z
      .object({ handler: z.function({ input: [z.unknown()], output: z.unknown() }) })
      .parse(await import(pathToFileURL(file).href));
    const server = createServer(async (request, response) => {
      const raw = await text(request);
      const body = isBase64Encoded ? Buffer.from(raw).toString('base64') : raw;
      const { statusCode } = z
        .object({ statusCode: z.number() })
        .parse(await handler({ body, isBase64Encoded, headers: request.headers }));
      response.writeHead(statusCode).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = z.object({ port: z.number() }).parse(server.address());
    const url = `http://127.0.0.1:${port}/`;

    const said = vi.spyOn(console, 'log').mockImplementation(() => {});
    onTestFinished(() => said.mockRestore());
    for (let time = 0; time < 2; time++)
      expect((await client(url, SECRET).attempt('1', BODY)).kind).toBe('delivered');
    await sendOutOfOrder(url);

    expect(said.mock.calls.map(([what, logId]) => `${what} ${logId}`)).toEqual([
      'event 1',
      'event 7',
      'late: something newer was applied 6',
    ]);
    expect(await client(url, OTHER_SECRET).attempt('1', BODY)).toMatchObject({ status: 401 });
  });
});
