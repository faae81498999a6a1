import type { SQSEvent } from 'aws-lambda';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import { fromAttributes } from '../../lambdas/shared/queue/webhook-message.ts';
import type { LogLine } from '../output/log-line.ts';
import { type Page, startPage } from '../page/page.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import type { StandIns } from '../stand-ins/stand-ins.ts';
import type { Functions } from './functions.ts';
import type { Journal } from './journal.ts';

/** What happens before and while there is a page: a page sees only what comes after it. */
export interface PageFeed {
  page: Page | undefined;
  take(line: LogLine): void;
  takeEvent(event: SQSEvent): void;
}

export function createPageFeed(): PageFeed {
  const feed: PageFeed = {
    page: undefined,
    take: (line) => feed.page?.take(line),
    takeEvent({ Records }) {
      if (feed.page === undefined) return;
      for (const { body, messageAttributes } of Records) {
        const texts = Object.entries(messageAttributes).map(([name, { stringValue }]) => [name, stringValue]);
        const message = fromAttributes(body, Object.fromEntries(texts));
        if (message) feed.page.handedOut(message);
      }
    },
  };
  return feed;
}

export interface RunPageOptions {
  readonly port: number;
  readonly settings: LocalSettings;
  readonly standIns: StandIns;
  readonly functions: Functions;
  readonly operations: OperationsDeps;
  readonly journal: Journal;
}

export async function startRunPage(options: RunPageOptions): Promise<Page> {
  const { port, settings, standIns, functions, operations, journal } = options;
  const { tenant, receiver } = standIns;
  return await startPage({
    port,
    operations,
    tally: journal.tally,
    polls: functions.poller.inFlight,
    deliveries: functions.deliverer.inFlight,
    tenant,
    receiver,
    domain: tenant?.domain ?? settings.domain ?? '',
    webhookUrl: hostOf(standIns.webhook.WEBHOOK_URL ?? ''),
  });
}

/** Without path and query: some carry a key there. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
