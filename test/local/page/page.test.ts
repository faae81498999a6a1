import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPageAlone } from './support/page-in-process.ts';

async function pageForTest(port = 0) {
  const { page, receiver, stop } = await startPageAlone(port);
  onTestFinished(stop);
  return { page, receiver };
}

/** Makes a request by `node:http`, as `fetch` sets `Host` and `Origin` itself. */
async function ask(url: string, method: 'GET' | 'POST', headers: Record<string, string> = {}, body = '') {
  const sent = request(url, { method, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

describe('startPage', () => {
  it('serves itself and its library, and nothing else of the disk', async () => {
    const { page } = await pageForTest();

    const first = await ask(page.url, 'GET');
    const paths = [
      'main.js',
      'style/base.css',
      'lib/lit-html/lit-html.js',
      'lib/lit-html/directives/repeat.js',
      'lib/uplot/dist/uPlot.esm.js',
    ];
    const served = await Promise.all(paths.map((path) => ask(page.url + path, 'GET')));
    const others = [
      'package.json',
      '../page.ts',
      '..%2fpage.ts',
      'lib/lit-html/../zod/index.js',
      'lib/lit-html/package.json',
      'style/../../page.ts',
    ];
    const refused = await Promise.all(others.map((path) => ask(page.url + path, 'GET')));

    expect(first.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(first.text).not.toMatch(/https?:\/\//);
    expect(served.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  });

  it('refuses a foreign Host, a foreign Origin, and an act without our header', async () => {
    const { page, receiver } = await pageForTest();
    const mode = JSON.stringify({ mode: 'error' });

    const answers = [
      await ask(page.url, 'GET', { host: 'evil.example' }),
      await ask(`${page.url}actions/webhook`, 'POST', { origin: 'http://evil.example', 'x-page': '1' }, mode),
      await ask(`${page.url}actions/webhook`, 'POST', {}, mode),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(receiver.respond).toBeUndefined();
  });

  it('has our webhook behave as asked, and says in words what it does not understand', async () => {
    const { page, receiver } = await pageForTest();
    const act = (name: string, input: object) =>
      ask(`${page.url}actions/${name}`, 'POST', { 'x-page': '1' }, JSON.stringify(input));

    const asked = await act('webhook', { mode: 'error' });
    const wrong = await act('webhook', { mode: 'nonsense' });
    const unknown = await act('toString', {});

    expect([asked.status, wrong.status, unknown.status]).toEqual([200, 400, 404]);
    expect(receiver.respond).toBeDefined();
  });

  it('takes the next port when its own is taken', async () => {
    const first = await pageForTest();
    const taken = Number(new URL(first.page.url).port);

    const second = await pageForTest(taken);

    expect(Number(new URL(second.page.url).port)).not.toBe(taken);
  });
});
