import { DelivererEnv, PollerEnv } from '../../lambdas/shared/contract.ts';
import { LOCAL_CREDENTIALS } from '../../local/services/identity.ts';
import type { Tenant } from '../../local/stand-ins/tenant/tenant.ts';
import { type HandlerProcess, handlerProcess } from './handler-process.ts';
import { eventQueues, secretsManager, stateTable, type TestQueues } from './services.ts';
import { STATE_TABLE } from './state-table-definition.ts';
import { tenantForTest } from './tenant.ts';

export interface Functions {
  readonly poller: HandlerProcess;
  readonly deliverer: HandlerProcess;
  readonly queues: TestQueues;
  readonly tenant: Tenant;
  readonly table: Awaited<ReturnType<typeof stateTable>>['table'];
  setAuth0(settings: Readonly<Record<string, string>>): Promise<void>;
  setWebhook(settings: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * Both handlers on embedded services and a simulated tenant. `pollerSeconds` is the time that the
 * poller believes to have left.
 */
export async function functions(
  webhook: Readonly<Record<string, string>>,
  pollerSeconds = 55,
): Promise<Functions> {
  const [{ url: dynamoDb, table }, queues, { service: secrets }, tenant] = await Promise.all([
    stateTable(),
    eventQueues(),
    secretsManager(),
    tenantForTest(),
  ]);
  const setAuth0 = (settings: Readonly<Record<string, string>>) =>
    secrets.put('hooks/auth0', JSON.stringify(settings));
  const setWebhook = (settings: Readonly<Record<string, string>>) =>
    secrets.put('hooks/webhook', JSON.stringify(settings));
  await setAuth0({
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    START_FROM: 'earliest',
  });
  await setWebhook(webhook);
  const shared = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_SQS: queues.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    NODE_EXTRA_CA_CERTS: tenant.caFile,
    [PollerEnv.metrics]: 'full',
    [PollerEnv.webhookName]: 'hooks',
    [PollerEnv.tableName]: STATE_TABLE.name,
    [PollerEnv.queueUrl]: queues.events.url,
    [PollerEnv.deadLetterQueueUrl]: queues.deadLetters.url,
  };
  const ofPoller = { [PollerEnv.secretId]: 'hooks/auth0', [PollerEnv.order]: 'resource' };
  const ofDeliverer = {
    [DelivererEnv.secretId]: 'hooks/webhook',
    [DelivererEnv.concurrentCalls]: '4',
    [DelivererEnv.sideBySide]: '2',
    [DelivererEnv.takesLease]: 'false',
    [DelivererEnv.retryWindowSeconds]: '3600',
  };
  const poller = handlerProcess('poller', { ...shared, ...ofPoller }, pollerSeconds);
  const deliverer = handlerProcess('deliverer', { ...shared, ...ofDeliverer }, 90);
  return { poller, deliverer, queues, tenant, table, setAuth0, setWebhook };
}
