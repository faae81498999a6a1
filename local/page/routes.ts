import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ActionDeps } from './actions/action.ts';
import { act, end, HEADERS, json } from './answers.ts';
import { assetAt } from './assets.ts';
import { bookQuery, grouped, listed } from './book-query.ts';
import type { EventStream } from './event-stream.ts';
import { isAllowed } from './guard.ts';
import { openedOf } from './opened.ts';

export interface Routed {
  readonly deps: ActionDeps;
  readonly stream: EventStream;
  /** What a page is sent when it connects. */
  readonly first: () => readonly (readonly [name: string, data: unknown])[];
}

/** Answers one request of the page. */
export async function route(
  { deps, stream, first }: Routed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAllowed(request)) return end(response, 403, 'This page is for this machine only.');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
  if (request.method === 'POST')
    return await act(request, response, pathname.slice('/actions/'.length), deps);
  const query = () => bookQuery.parse(Object.fromEntries(searchParams));
  if (pathname === '/stream') return stream.add(response, first());
  if (pathname === '/deliveries') return json(response, 200, listed([...deps.book.all()], query()));
  if (pathname === '/groups') return json(response, 200, grouped(deps.book.all(), query()));
  if (pathname.startsWith('/deliveries/'))
    return await open(response, pathname.slice('/deliveries/'.length), deps);
  const asset = await assetAt(pathname);
  if (!asset) return end(response, 404, 'Not found');
  response.writeHead(200, { ...HEADERS, 'content-type': asset.type }).end(asset.content);
}

async function open(
  response: ServerResponse,
  logId: string,
  { book, receiver, readSecret }: ActionDeps,
): Promise<void> {
  const delivery = book.get(logId);
  if (!delivery) return end(response, 404, 'This event is not known any more.');
  const call = receiver?.calls().findLast(({ webhookId }) => webhookId === logId);
  json(response, 200, openedOf(delivery, call, await readSecret('webhook')));
}
