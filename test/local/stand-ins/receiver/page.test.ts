import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { PAGE } from '../../../../local/stand-ins/receiver/page.ts';
import { PAGE_SCRIPT } from '../../../../local/stand-ins/receiver/page-script.ts';
import { EVENT, OTHER, post, receiverForTest } from './receiver-client.ts';

const HOSTILE = '<img src=x onerror=alert(1)>';

/** As much of a document as the page's script uses; it has no way to set markup. */
class FakeElement {
  textContent = '';
  className = '';
  children: FakeElement[] = [];
  append(...children: FakeElement[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: FakeElement[]): void {
    this.children = children;
  }
  texts(): string[] {
    return [this.textContent, ...this.children.flatMap((child) => child.texts())].filter(
      (text) => text !== '',
    );
  }
}

/** Runs the page's script once against the receiver; what it wrote, by element id. */
async function shown(pageUrl: string): Promise<Record<string, FakeElement>> {
  const elements = { counts: new FakeElement(), calls: new FakeElement(), state: new FakeElement() };
  const refreshed = Promise.withResolvers<void>();
  const context = createContext({
    document: {
      getElementById: (id: keyof typeof elements) => elements[id],
      createElement: () => new FakeElement(),
    },
    fetch: (path: string) => fetch(new URL(path, pageUrl)),
    setTimeout: () => refreshed.resolve(),
  });
  runInContext(PAGE_SCRIPT, context);
  await refreshed.promise;
  return elements;
}

describe('the page', () => {
  it('is one self-contained document that may load nothing from elsewhere', async () => {
    const { pageUrl } = await receiverForTest();

    const response = await fetch(pageUrl);

    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(await response.text()).toBe(PAGE);
    expect(PAGE).not.toMatch(/(src|href)="?(https?:)?\/\//);
  });

  it('lists the latest calls, newest first, and the counters', async () => {
    const receiver = await receiverForTest({ now: () => Date.UTC(2026, 2, 4, 5, 6, 7) });
    await post(receiver, { id: 'first' });
    await post(receiver, { id: 'second', secret: OTHER });

    const { calls, counts } = await shown(receiver.pageUrl);

    expect(calls?.children.map((line) => line.texts())).toEqual([
      [
        '05:06:07.000',
        'sapi',
        'PATCH /api/v2/users/auth0|1',
        '401',
        'refused: No matching signature found',
        'second',
      ],
      ['05:06:07.000', 'sapi', 'PATCH /api/v2/users/auth0|1', '204', 'verified', 'first'],
    ]);
    expect(counts?.texts()).toEqual(expect.arrayContaining(['2', 'received', '1', 'invalid signatures']));
  });

  it('shows markup in a call as text', async () => {
    const receiver = await receiverForTest();
    const body = JSON.stringify({ ...EVENT, type: HOSTILE, request: { method: 'get', path: HOSTILE } });
    await post(receiver, { id: 'x', body });

    const { calls } = await shown(receiver.pageUrl);

    expect(calls?.texts()).toEqual(expect.arrayContaining([HOSTILE, `GET ${HOSTILE}`]));
    expect(PAGE_SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write/);
  });

  it('says that it waits, and that the receiver has stopped', async () => {
    const receiver = await receiverForTest();

    const waiting = await shown(receiver.pageUrl);
    await receiver.stop();
    const stopped = await shown(receiver.pageUrl);

    expect(waiting.state?.textContent).toBe('Waiting for the first call.');
    expect(stopped.state?.textContent).toContain('stopped');
  });
});

describe('GET /calls.json', () => {
  it('shows calls of any shape, without bodies, headers or signatures', async () => {
    const receiver = await receiverForTest();
    for (const body of ['null', '[1]', '{"type":5,"request":"x"}', 'no json', ''])
      await post(receiver, { body });

    const text = await (await fetch(new URL('/calls.json', receiver.url))).text();

    expect(JSON.parse(text).calls).toHaveLength(5);
    expect(JSON.parse(text).calls[0]).toEqual({
      time: expect.any(String),
      webhookId: 'id-1',
      type: '',
      request: '',
      status: '204',
      verified: true,
      problem: '',
    });
    expect(text).not.toContain('v1,');
  });

  it('is the only other thing there is', async () => {
    const { pageUrl } = await receiverForTest();

    expect((await fetch(new URL('/elsewhere', pageUrl))).status).toBe(404);
    expect((await fetch(pageUrl, { method: 'DELETE' })).status).toBe(405);
  });
});
