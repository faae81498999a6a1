import { type Page, startPage } from '../../../../local/page/page.ts';
import { localOperations } from '../../../../local/run/operations.ts';
import { startReceiver } from '../../../../local/stand-ins/receiver/receiver.ts';
import { SIGNING_SECRET } from '../../../support/settings.ts';

/** Operations on services that are not there. Whatever is asked of them fails. */
const OPERATIONS = localOperations({
  dynamodb: 'http://127.0.0.1:1',
  sqs: 'http://127.0.0.1:1',
  tableName: 'state',
  queueUrl: 'http://127.0.0.1:1/q',
  deadLetterQueueUrl: 'http://127.0.0.1:1/d',
});

/** Starts the page's server alone, with a webhook of ours and no pipeline behind it. */
export async function startPageAlone(port = 0, { isOurWebhook = true } = {}) {
  const receiver = await startReceiver({ secrets: [SIGNING_SECRET] });
  const tally = { read: 1, matched: 1, delivered: 1, attempts: 1 };
  const counts = { polls: () => 0, deliveries: () => 0, endpoint: async () => undefined };
  const place = { domain: 'x.auth0.com', webhookUrl: 'y.example', tenant: undefined };
  const page: Page = await startPage({
    port,
    operations: OPERATIONS,
    tally,
    ...counts,
    ...place,
    receiver: isOurWebhook ? receiver : undefined,
    dashboard: [],
    queueNames: { events: 'events', deadLetters: 'letters' },
    readSecret: async () =>
      JSON.stringify({ WEBHOOK_URL: 'https://y.example', WEBHOOK_SIGNING_SECRET: SIGNING_SECRET }),
    say: () => {},
  });
  return {
    page,
    receiver,
    async stop() {
      await page.close();
      await receiver.stop();
    },
  };
}
