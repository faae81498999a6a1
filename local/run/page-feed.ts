import type { SQSEvent } from 'aws-lambda';
import { fromAttributes } from '../../lambdas/shared/queue/webhook-message.ts';
import type { LogLine } from '../output/log-line.ts';
import type { InvocationEnd } from '../page/metrics/sources.ts';
import type { Page } from '../page/page.ts';

/** Hands on to the page what happens, once there is a page. It sees only what comes after it. */
export interface PageFeed {
  page: Page | undefined;
  take(line: LogLine): void;
  /** Takes a line as a function printed it. */
  takeText(text: string): void;
  takeEvent(event: SQSEvent): void;
  takeInvocation(end: InvocationEnd): void;
}

export function createPageFeed(): PageFeed {
  const feed: PageFeed = {
    page: undefined,
    take: (line) => feed.page?.take(line),
    takeText: (text) => feed.page?.meter.text(text),
    takeInvocation: (end) => feed.page?.meter.invocation(end),
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
