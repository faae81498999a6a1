import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { parseWebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import type { StateTable } from '../../test/simulation/state-table.ts';

const READS = [GetItemCommand, BatchGetItemCommand, QueryCommand];

/**
 * Makes a DynamoDB client on a table in memory.
 * @param passes waits as long as a call takes
 */
export function clientOf(table: StateTable, passes: (isRead: boolean) => Promise<void>): DynamoDBClient {
  const client = {
    async send(command: unknown): Promise<object> {
      await passes(READS.some((Read) => command instanceof Read));
      return table.execute(command);
    },
  };
  return client as unknown as DynamoDBClient;
}

export function settingsOf(given: Readonly<Record<string, string | undefined>> = {}) {
  const parsed = parseWebhookSettings(
    JSON.stringify({
      WEBHOOK_URL: 'https://webhook.example/',
      WEBHOOK_SIGNING_SECRET: Buffer.alloc(32, 1).toString('base64'),
      ...given,
    }),
  );
  if ('settings' in parsed) return parsed.settings;
  throw new Error(JSON.stringify(parsed.faults));
}
