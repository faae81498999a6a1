import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { putBack, takeInHand } from '../../lambdas/shared/operations/in-hand.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { Printer } from '../output/printer.ts';
import { heldEndpoint } from '../page/held-endpoint.ts';
import { type Page, startPage } from '../page/page.ts';
import { clientOf } from '../services/identity.ts';
import type { Services } from '../services/services.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import type { StandIns } from '../stand-ins/stand-ins.ts';
import type { Functions } from './functions.ts';
import type { Journal } from './journal.ts';
import { secretsOf } from './secrets-of.ts';
import { trustTenant } from './trust-tenant.ts';

export interface RunPageOptions {
  readonly port: number;
  readonly settings: LocalSettings;
  readonly services: Services;
  readonly standIns: StandIns;
  readonly functions: Functions;
  readonly operations: OperationsDeps;
  readonly journal: Journal;
  readonly printer: Printer;
}

/** Starts the page of this run, with what the last run left on the dead-letter queue. */
export async function startRunPage(options: RunPageOptions): Promise<Page> {
  const { port, settings, services, standIns, functions, operations, journal, printer } = options;
  const { tenant, receiver } = standIns;
  if (tenant) await trustTenant(tenant.caFile);
  const { pipeline, secrets } = services;
  const names = secretsOf(services);
  const webhookText = () => secrets.read(names.webhook.name);
  const store = createEndpointStore(
    createTable(new DynamoDBClient(clientOf(services.dynamodb)), pipeline.table.name),
  );
  const page = await startPage({
    port,
    operations,
    tally: journal.tally,
    polls: functions.poller.inFlight,
    deliveries: functions.deliverer.inFlight,
    endpoint: async () => heldEndpoint(webhookText(), (await store.read()).value, Date.now()),
    tenant,
    receiver,
    readSecret: async (which) => secrets.read(names[which].name),
    say: printer.say,
    domain: tenant?.domain ?? settings.domain ?? '',
    webhookUrl: hostOf(standIns.webhook.WEBHOOK_URL ?? ''),
    dashboard: pipeline.dashboard,
    queueNames: { events: pipeline.mapping.queue.name, deadLetters: pipeline.mapping.deadLetterQueue.name },
  });
  await tellDead(page, operations);
  return page;
}

/**
 * Shows the page what is on the dead-letter queue. Those messages are hidden from others meanwhile,
 * and visible again in the end.
 */
async function tellDead(page: Page, { deadLetterQueue }: OperationsDeps): Promise<void> {
  const held = await takeInHand(deadLetterQueue);
  await putBack(deadLetterQueue, held);
  for (const { message } of held) if (message) page.foundDead(message);
}

/** The host alone, as some addresses carry a key in their path or query. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
