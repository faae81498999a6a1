import type { WebhookConfig } from '../config.ts';
import type { ConsoleLinks } from '../console-links.ts';
import type { Deliverer } from '../deliverer.ts';
import type { Poller } from '../poller.ts';
import type { Queues } from '../queues.ts';
import type { StateTable } from '../state-table.ts';

/** The parts of a stack that are watched. */
export interface MonitoringProps {
  readonly webhook: WebhookConfig;
  readonly links: ConsoleLinks;
  readonly state: StateTable;
  readonly queues: Queues;
  readonly poller: Poller;
  readonly deliverer: Deliverer;
}
