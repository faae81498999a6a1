import { createServer } from 'node:http';
import { countMessages } from '../../lambdas/shared/queue/count.ts';
import { closeServer } from '../http-server.ts';
import type { LogLine } from '../output/log-line.ts';
import type { WidgetDefinition } from '../template/dashboard.ts';
import type { ActionDeps } from './actions/action.ts';
import { countsOf } from './book-query.ts';
import { createChangeFeed } from './change-feed.ts';
import type { HandedOut } from './delivery.ts';
import { createDeliveryBook } from './delivery-book.ts';
import { createEventStream, type EventStream } from './event-stream.ts';
import { listenNear } from './listen-near.ts';
import { createMeter, type Meter } from './metrics/meter.ts';
import { type PipelineWatch, type Watched, watchPipeline } from './pipeline-view.ts';
import { repeatedly } from './repeatedly.ts';
import { route } from './routes.ts';
import { createPlace } from './shown-place.ts';

export interface PageOptions extends Watched, Pick<ActionDeps, 'tenant' | 'receiver' | 'readSecret' | 'say'> {
  /** The port that is tried first, then the next ones; 0 = any free one. */
  readonly port: number;
  /** The tenant's domain, which stands beside the picture. */
  readonly domain: string;
  readonly webhookUrl: string;
  readonly dashboard: readonly WidgetDefinition[];
  readonly queueNames: { readonly events: string; readonly deadLetters: string };
}

/** A message that the queue hands out, and where it is tracked. */
export interface QueueMessage extends HandedOut {
  readonly batch: string;
  readonly ordinal: number;
}

/** The page that shows a run to people. */
export interface Page {
  readonly url: string;
  /** Takes every line that the functions log. */
  take(line: LogLine): void;
  /** Takes every message that the queue hands out. */
  handedOut(message: QueueMessage): void;
  /** Takes messages on the dead-letter queue. */
  foundDead(message: HandedOut): void;
  readonly meter: Meter;
  close(): Promise<void>;
}

const VIEW_MS = 500;
const COUNT_MS = 2_000;
const WIDGETS_MS = 2_000;

export async function startPage(options: PageOptions): Promise<Page> {
  const { operations, tenant, receiver, readSecret, say, queueNames } = options;
  const stream = createEventStream();
  const book = createDeliveryBook((delivery) => feed.changed(delivery));
  const feed = createChangeFeed(
    () => countsOf(book.all()),
    (changes) => stream.send('changes', changes),
  );
  const watch = watchPipeline(options, book);
  const meter = createMeter(options.dashboard, queueNames);
  const shown = createPlace(options, (place) => stream.send('place', place));
  const { toys } = shown;
  const timers = startTimers(options, stream, watch, meter);
  const { onWebhookMode } = shown;
  const deps: ActionDeps = { operations, book, tenant, toys, receiver, onWebhookMode, readSecret, say };
  const first = () =>
    [
      ['place', shown.place()],
      ['widgets', meter.widgets(Date.now())],
      ...(watch.last() ? [['pipeline', watch.last()] as const] : []),
    ] as const;
  const server = createServer((request, response) => {
    route({ deps, stream, first }, request, response).catch(() => response.destroy());
  });
  const port = await listenNear(server, options.port);
  return {
    url: `http://localhost:${port}/`,
    meter,
    take(line) {
      watch.take(line);
      meter.line(line);
      if (line.event === 'delivery.attempted') book.attempted(line);
    },
    handedOut(message) {
      book.handedOut(message);
      watch.seen(message.batch, message.ordinal);
      meter.received();
    },
    foundDead: book.foundDead,
    async close() {
      for (const stop of timers) stop();
      toys?.flow(0, 0);
      feed.close();
      stream.close();
      await closeServer(server);
    },
  };
}

/**
 * Starts what the page looks at by the clock.
 * @returns a function that ends it
 */
function startTimers(
  { operations }: PageOptions,
  stream: EventStream,
  watch: PipelineWatch,
  meter: Meter,
): readonly (() => void)[] {
  // The first view is made before anybody looks, so that a page that comes then has something to
  // show.
  const isWatched = () => stream.size > 0 || watch.last() === undefined;
  const count = async () => {
    meter.counts('events', await countMessages(operations.queue));
    meter.counts('deadLetters', await countMessages(operations.deadLetterQueue));
  };
  return [
    repeatedly(VIEW_MS, isWatched, async () => stream.send('pipeline', await watch.view())),
    repeatedly(WIDGETS_MS, isWatched, async () => stream.send('widgets', meter.widgets(Date.now()))),
    repeatedly(COUNT_MS, () => true, count),
  ];
}
