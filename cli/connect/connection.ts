import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { EventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import type { Ran } from './run-function.ts';

export type SecretKind = 'auth0' | 'webhook';
export type FunctionKind = 'poller' | 'deliverer';

/** One parsed log line of a function: our own, or one that Lambda wrote about the invocation. */
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
  /** Names of events to find, such as `delivery.attempted`; an empty list finds all. */
  readonly events: readonly string[];
  readonly logId?: string | undefined;
  readonly resource?: string | undefined;
}

export interface FiringAlarm {
  readonly name: string;
  readonly since: number;
  readonly description: string;
}

/** A webhook that the commands work on: a deployed stack, or the run on this machine. */
export interface Connection {
  readonly name: string;
  /** Name and place, as people read them: `auth0-webhooks in eu-west-1`. */
  readonly place: string;
  readonly isLocal: boolean;
  /** How long a line takes, at most, until its log can be searched for it. */
  readonly linesLateMs: number;
  readonly operations: OperationsDeps;
  /**
   * Sends events to the queue. Each goes into the message group that the ledger's grouping gives
   * it, as any other group would break their order.
   */
  readonly events: Pick<EventQueue, 'send'>;
  /** The delivery function's item about the endpoint, unparsed. */
  storedEndpoint(): Promise<unknown>;
  readSecret(kind: SecretKind): Promise<string>;
  writeSecret(kind: SecretKind, text: string): Promise<void>;
  /**
   * When the settings of the log's reading last changed, epoch milliseconds; undefined when that is
   * not known.
   */
  settingsChangedAt(): Promise<number | undefined>;
  /** Runs the poller, and resolves when it has ended. */
  runPoller(): Promise<Ran>;
  /** Past lines, oldest first. They come as they are read, because there may be millions. */
  lines(query: LineQuery): AsyncGenerator<LoggedLine>;
  /** Adds lines to the delivery function's log: what an operator did to its events. */
  writeLines(lines: readonly string[]): Promise<void>;
  /** New lines as they are written, until the signal. It begins with the first `next`. */
  follow(signal: AbortSignal): AsyncGenerator<LoggedLine>;
  /** Alarms that fire; undefined where there are none, as in the run on this machine. */
  firingAlarms(): Promise<readonly FiringAlarm[] | undefined>;
  readonly links: Readonly<Record<'dashboard' | 'runbook' | 'secrets', readonly string[]>>;
  close(): Promise<void>;
}
