import { createServer, type IncomingHttpHeaders } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** What the receivers of 2015 and 2019 knew about an event: three fields. */
const oldEvent = z.object({
  date: z.string(),
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown() }),
  response: z.object({ statusCode: z.number(), body: z.unknown() }),
});

function act({ date, request, response }: z.infer<typeof oldEvent>): string {
  return [date, request.method, request.path, JSON.stringify(request.body), response.statusCode].join(' ');
}

export interface OldReceiver {
  readonly url: string;
  /** What it did, one line an event. */
  readonly acts: string[];
  readonly headers: IncomingHttpHeaders[];
}

/**
 * Starts a receiver as people wrote them: parse, act, answer 200. It knows no id and no signature.
 */
export async function startOldReceiver(takesArrays: boolean): Promise<OldReceiver> {
  const acts: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    headers.push(request.headers);
    const body: unknown = await json(request);
    const events = takesArrays ? z.array(oldEvent).parse(body) : [oldEvent.parse(body)];
    acts.push(...events.map(act));
    response.writeHead(200).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/`, acts, headers };
}
