import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnPort } from '../http-server.ts';
import type { LogLine } from '../output/log-line.ts';
import type { ActionDeps } from './actions.ts';
import { act, detail, end, HEADERS, withoutBody } from './answers.ts';
import { assetAt } from './assets.ts';
import { createDeliveryBook } from './delivery-book.ts';
import { createEventStream } from './event-stream.ts';
import { isAllowed } from './guard.ts';
import { type Watched, watchPipeline } from './pipeline-view.ts';
import type { WebhookMode } from './webhook-toys.ts';

export interface PageOptions extends Watched, Pick<ActionDeps, 'tenant' | 'receiver'> {
  /** Tried first, then the next ones; 0: any. */
  readonly port: number;
  /** Told beside the picture. */
  readonly domain: string;
  readonly webhookUrl: string;
}

/** The page that shows a run to people. */
export interface Page {
  readonly url: string;
  /** To be told of every line that the functions log. */
  take(line: LogLine): void;
  /** To be told of every message that the queue hands out. */
  handedOut(message: { readonly logId: string; readonly resource: string; readonly body: string }): void;
  close(): Promise<void>;
}

/** A list of this length is what a page begins with; it grows by what comes. */
const AT_FIRST = 300;
const VIEW_MS = 500;
/** Tried one after the other when the first is taken, before any free port. */
const PORTS_TRIED = 10;

export async function startPage(options: PageOptions): Promise<Page> {
  const stream = createEventStream();
  const book = createDeliveryBook((delivery) => stream.send('delivery', withoutBody(delivery)));
  const watch = watchPipeline(options);
  let webhookMode: WebhookMode = 'ok';
  const { operations, tenant, receiver, domain, webhookUrl } = options;
  const deps: ActionDeps = {
    operations,
    book,
    tenant,
    receiver,
    onWebhookMode(mode) {
      webhookMode = mode;
      stream.send('place', place());
    },
  };
  const place = () => ({
    domain,
    webhookUrl,
    webhookMode,
    simulated: tenant !== undefined,
    ours: receiver !== undefined,
  });
  // What cannot be read now (a service that ends, a busy table) is read next time; the rest of the
  // page goes on.
  let isLooking = false;
  const look = setInterval(async () => {
    if (stream.size === 0 || isLooking) return;
    isLooking = true;
    const view = await watch.view().catch(() => undefined);
    if (view) stream.send('pipeline', view);
    isLooking = false;
  }, VIEW_MS);

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isAllowed(request)) return end(response, 403, 'This page is for this machine only.');
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (request.method === 'POST')
      return await act(request, response, pathname.slice('/actions/'.length), deps);
    if (pathname === '/stream')
      return stream.add(response, [
        ['place', place()],
        ['deliveries', book.latest(AT_FIRST).map(withoutBody)],
      ]);
    if (pathname.startsWith('/deliveries/'))
      return detail(response, book.get(pathname.slice('/deliveries/'.length)));
    const asset = await assetAt(pathname);
    if (!asset) return end(response, 404, 'Not found');
    response.writeHead(200, { ...HEADERS, 'content-type': asset.type }).end(asset.content);
  }

  const port = await listenNear(server, options.port);
  return {
    url: `http://localhost:${port}/`,
    take(line) {
      watch.take(line);
      if (line.event === 'delivery.attempted') book.attempted(line);
    },
    handedOut: book.handedOut,
    async close() {
      clearInterval(look);
      stream.close();
      await closeServer(server);
    },
  };
}

async function listenNear(server: ReturnType<typeof createServer>, first: number): Promise<number> {
  const ports = first === 0 ? [0] : [...Array.from({ length: PORTS_TRIED }, (_, index) => first + index), 0];
  for (const port of ports) {
    try {
      return await listenOnPort(server, port);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new Error('No port is free for the page.');
}
