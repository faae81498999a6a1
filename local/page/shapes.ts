import type { WebhookMode } from './webhook-toys.ts';

/** What the server tells the page: types only, as the page's script is checked against them. */

/** What the page is about, and what it may offer. */
export interface Place {
  /** Id of this run. A page that finds another one loads itself anew. */
  readonly run: string;
  readonly domain: string;
  readonly webhookUrl: string;
  readonly webhookMode: WebhookMode;
  /** True when the tenant is simulated, so that things can be made to happen there. */
  readonly simulated: boolean;
  /** True when the webhook is our own, so that it can be made to behave badly. */
  readonly ours: boolean;
  /** Events that are being made by the clock. */
  readonly rate: { readonly perSecond: number; readonly until: number } | undefined;
}

/** Where an event stands. */
export type DeliveryState = 'waiting' | 'delivered' | 'retry' | 'dead-lettered' | 'dismissed';

export interface Attempt {
  /** When it ended, epoch milliseconds. */
  readonly at: number;
  /** Number of the attempt, from 1. */
  readonly number: number;
  readonly outcome: 'delivered' | 'retry' | 'dead-lettered';
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  /** Host to which a redirect led. */
  readonly redirectHost: string | undefined;
  /** The beginning of the webhook's answer. */
  readonly excerpt: string | undefined;
  readonly durationMs: number;
}

/** One event on its way to the webhook. */
export interface OnItsWay {
  readonly logId: string;
  readonly resource: string;
  readonly type: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly state: DeliveryState;
  /** When it was first handed to the delivery function, epoch milliseconds. */
  readonly seenAt: number;
  /** When it is tried again, epoch milliseconds. */
  readonly nextAt: number | undefined;
  /** Why somebody gave it up. */
  readonly dismissedFor: string | undefined;
}

/** Such an event as a row of the list. */
export interface Row extends OnItsWay {
  /** How many there were. */
  readonly attempts: number;
  readonly last: Attempt | undefined;
}

export interface Group {
  readonly resource: string;
  readonly events: number;
  readonly failing: number;
  readonly deadLettered: number;
  readonly newest: Row;
}

export type Counts = Readonly<Record<DeliveryState | 'all', number>>;

export interface Listed {
  readonly rows: readonly Row[];
  /** Number of all that match. */
  readonly total: number;
  readonly counts: Counts;
  /** How often each log event type was seen. */
  readonly types: Readonly<Record<string, number>>;
}

/** What has changed since the last message. `more` says that there is more than it has. */
export interface Changes {
  readonly rows: readonly Row[];
  readonly counts: Counts;
  readonly more: boolean;
}

/** A header as it was sent; without its value when that is a secret. */
export interface SentHeader {
  readonly name: string;
  readonly value: string | undefined;
}

export interface SignatureCheck {
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  readonly why: string;
}

export interface Opened {
  readonly row: Row;
  readonly attempts: readonly Attempt[];
  readonly body: unknown;
  readonly headers: readonly SentHeader[];
  /**
   * True when they are as our webhook got them; false when they were made now, with today's secret.
   */
  readonly asReceived: boolean;
  readonly signature: SignatureCheck;
}

/** What came of an action, in words. */
export interface ActionResult {
  readonly words: string;
  readonly data?: unknown;
}
