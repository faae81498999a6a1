import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';

const ROOMS = ['cli', 'lambdas/shared/operations', 'lambdas/shared/queue', 'lambdas/shared/ledger'];

const SERVICES: Readonly<Record<string, string>> = {
  'client-cloudformation': 'cloudformation',
  'client-cloudwatch': 'cloudwatch',
  'client-cloudwatch-logs': 'logs',
  'client-dynamodb': 'dynamodb',
  'client-lambda': 'lambda',
  'client-secrets-manager': 'secretsmanager',
  'client-sqs': 'sqs',
  'client-sts': 'sts',
};

/** Calls whose right has another name. */
const RENAMED: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
};

/**
 * The ledger's calls for new batches and for those of a delivery, which no command makes. `npm run
 * test:deploy` makes sure of that.
 */
const OF_FUNCTIONS = ['dynamodb:PutItem', 'dynamodb:BatchGetItem'];

const CHANGES = /:(Create|Put|Update|Delete|Send|Invoke)/;

const policies = z.array(
  z.object({ Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]) })) }),
);

it('both policies together allow what the commands call, and nothing else', async () => {
  const [look = [], act = []] = await documented();

  expect([...look, ...act].toSorted()).toEqual(
    (await called()).filter((action) => !OF_FUNCTIONS.includes(action)),
  );
});

it('who may look can change nothing', async () => {
  const [look = [], act = []] = await documented();

  expect(look.filter((action) => CHANGES.test(action))).toEqual([]);
  expect(act.filter((action) => !CHANGES.test(action))).toEqual([]);
});

async function documented(): Promise<readonly (readonly string[])[]> {
  const text = await readFile('docs/operators.md', 'utf8');
  const blocks = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));
  return policies.parse(blocks).map(({ Statement }) => Statement.flatMap(({ Action }) => Action));
}

async function called(): Promise<readonly string[]> {
  const actions = new Set<string>();
  for (const room of ROOMS) {
    for (const entry of await readdir(room, { recursive: true })) {
      if (!entry.endsWith('.ts')) continue;
      for (const action of actionsIn(await readFile(join(room, entry), 'utf8'))) actions.add(action);
    }
  }
  return [...actions].toSorted();
}

/** AWS calls that a file imports from the SDK: its commands and its paginators. */
function actionsIn(source: string): readonly string[] {
  const imports = [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g)];
  return imports.flatMap(([, names = '', client = '']) =>
    names
      .split(',')
      .map((name) => /^(?:(\w+)Command|paginate(\w+))$/.exec(name.trim()))
      .flatMap((match) => match?.[1] ?? match?.[2] ?? [])
      .map((call) => `${SERVICES[client]}:${call}`)
      .map((action) => RENAMED[action] ?? action),
  );
}
