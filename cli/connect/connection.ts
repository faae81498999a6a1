import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { EventQueue } from '../../lambdas/shared/queue/event-queue.ts';

import type { Ran } from './run-function.ts';

export type SecretKind = 'auth0' | 'webhook';
export type FunctionKind = 'poller' | 'deliverer';

/** One parsed log line of a function: our own, or one of Lambda's. */
export interface LoggedLine {
  readonly from: FunctionKind;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly line: Readonly<Record<string, unknown>>;
}

export interface LineQuery {
  readonly from: readonly FunctionKind[];
  readonly since: number;
  readonly until: number;
  /** Names of events, such as `delivery.attempted`; all when empty. */
  readonly events: readonly string[];
  readonly logId?: string | undefined;
  readonly resource?: string | undefined;
}

export interface FiringAlarm {
  readonly name: string;
  readonly since: number;
  readonly description: string;
}

/** A webhook that the commands work on, wherever it runs. */
export interface Connection {
  readonly name: string;
  /** For people: `auth0-webhooks in eu-west-1`. */
  readonly place: string;
  readonly isLocal: boolean;
  /** Until what a function printed can be found in its log. */
  readonly linesLateMs: number;
  readonly operations: OperationsDeps;
  /** Sends events to the queue, each in the message group that the ledger's grouping gives it. */
  readonly events: Pick<EventQueue, 'send'>;
  /** What the delivery function keeps of the endpoint, as it is stored. */
  storedEndpoint(): Promise<unknown>;
  readSecret(kind: SecretKind): Promise<string>;
  writeSecret(kind: SecretKind, text: string): Promise<void>;
  /**
   * When the settings for reading the log last changed, epoch milliseconds; undefined when that is
   * not known.
   */
  settingsChangedAt(): Promise<number | undefined>;
  /** Runs the poller; resolves when it has ended. */
  runPoller(): Promise<Ran>;
  /** Lines of the past, oldest first, as they are read: there may be millions. */
  lines(query: LineQuery): AsyncGenerator<LoggedLine>;
  /** Lines as they come, until the signal. It begins with the first `next`. */
  follow(signal: AbortSignal): AsyncGenerator<LoggedLine>;
  /** Alarms that fire; undefined where there are none, as on this machine. */
  firingAlarms(): Promise<readonly FiringAlarm[] | undefined>;
  readonly links: Readonly<Record<'dashboard' | 'runbook' | 'secrets', readonly string[]>>;
  close(): Promise<void>;
}
