import type { ServerResponse } from 'node:http';

/** Sends server-sent events to every open page. */
export interface EventStream {
  readonly size: number;
  /** Takes over the response until the page goes away. */
  add(response: ServerResponse, first: readonly (readonly [name: string, data: unknown])[]): void;
  send(name: string, data: unknown): void;
  close(): void;
}

/**
 * Bytes that wait for a page. A page that does not read is dropped beyond that, as they would fill
 * the memory. It connects again by itself.
 */
const MOST_BUFFERED = 4 * 2 ** 20;

export function createEventStream(): EventStream {
  const pages = new Set<ServerResponse>();
  const write = (page: ServerResponse, name: string, data: unknown) => {
    page.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    if (page.writableLength > MOST_BUFFERED) page.destroy();
  };
  return {
    get size() {
      return pages.size;
    },
    add(response, first) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      for (const [name, data] of first) write(response, name, data);
      pages.add(response);
      response.on('close', () => pages.delete(response));
      response.on('error', () => pages.delete(response));
    },
    send(name, data) {
      for (const page of pages) write(page, name, data);
    },
    close() {
      for (const page of pages) page.end();
    },
  };
}
