import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { tally } from '../system/events.ts';
import type { Outputs } from './cdk.ts';
import type { DeployedSystem } from './deployed-system.ts';
import { type Life, startLife } from './life.ts';
import { editSettings, readSettings } from './settings.ts';
import { inlineMapping, runInShell } from './shell.ts';
import { deployedTemplate, physicalIds } from './stack-template.ts';

const NAME = 'auth0-webhooks';
const STATEFUL = ['StateTable', 'EventQueue', 'DeadLetterQueue', 'Auth0Secret', 'WebhookSecret'];
const CHANGED = {
  concurrentCalls: '10',
  schedule: 'rate(5 minutes)',
  memory: '1024',
  retryWindow: '2 days',
  logRetentionDays: '7',
};
/** How long it takes at most until everything in flight is delivered. Retries wait seconds. */
const SOON = { timeout: 40_000, interval: 200 };

/** Each test is a chapter, and goes on where the one before ended. */
describe.skipIf(!inject('hasMoto'))('the life of a deployment', () => {
  let life: Life;
  let outputs: Outputs;
  let system: DeployedSystem;
  const versions = async () => [
    (await readSettings(life.emulator, `${NAME}/auth0`)).version,
    (await readSettings(life.emulator, `${NAME}/webhook`)).version,
  ];
  const stateful = async () => {
    const ids = await physicalIds(life.emulator, NAME);
    return STATEFUL.map((id) => ids.get(id));
  };
  /** moto replaces nothing; on AWS a changed definition could. */
  const definitions = async () => {
    const template = await deployedTemplate(life.emulator, NAME);
    return STATEFUL.map((id) => template[id]);
  };
  /**
   * Expects that everything that happened has been delivered, in order per user, and nothing twice
   * unless said so.
   */
  const expectAllDelivered = async ({ duplicates = 0 } = {}) => {
    const ids = life.tenant.entries().map(({ log_id }) => log_id);
    await expect
      .poll(() => system.standing(), SOON)
      .toMatchObject({ pending: 0, checkpoint: ids.at(-1), cursor: ids.at(-1) });
    const delivered = new Set(life.seen.filter(({ status }) => status === 204).map(({ id }) => id));
    expect(ids.filter((id) => !delivered.has(id))).toEqual([]);
    expect(tally(life.seen)).toMatchObject({ duplicates, outOfOrder: 0 });
  };
  /**
   * Leaves events that are enqueued but not delivered, and others that are not read yet, as a
   * deployment that ends may do.
   */
  const leaveInFlight = async () => {
    await system.stopDelivering();
    life.happen(10);
    await system.poll();
    life.happen(6);
    const left = await system.standing();
    expect(left.pending).toBe(10);
    return left;
  };
  const runNew = async (deployed: Outputs) => {
    await system.stop();
    outputs = deployed;
    system = await life.run(outputs);
    await system.poll();
    system.deliver();
  };

  beforeAll(async () => {
    life = await startLife();
    outputs = await life.cdk.deploy();
    system = await life.run(outputs);
  });
  afterAll(async () => {
    await system?.stop();
    await life?.stop();
  });

  it('ends polls quietly while there are no settings', async () => {
    const result = await system.poll();

    expect(result).toMatchObject({ kind: 'success' });
    expect(system.lines).toHaveLength(1);
    expect(JSON.parse(system.lines[0] ?? '')).toMatchObject({
      event: 'settings.missing',
      level: 'warn',
      SettingsFaults: 1,
    });
    expect(await system.standing()).toMatchObject({ pending: 0, checkpoint: undefined, cursor: undefined });
  });

  it.skipIf(!inject('hasCommands'))('takes settings by the commands of the outputs', async () => {
    const { emulator, folder } = life;
    await editSettings(emulator, `${NAME}/auth0`, { REDACT: 'request.ip' });
    const before = (await readSettings(emulator, `${NAME}/auth0`)).values;
    const signingSecret = (await readSettings(emulator, `${NAME}/webhook`)).values.WEBHOOK_SIGNING_SECRET;
    const run = (command: string | undefined, ...typed: readonly string[]) =>
      runInShell(emulator, folder, command, typed.map((line) => `${line}\n`).join(''));

    await run(outputs.Begin1Auth0SettingsCommand, 'example.auth0.com', 'id', 'secret');
    await run(outputs.Begin2WebhookSettingsCommand, 'https://example.com/hook');

    expect((await readSettings(emulator, `${NAME}/auth0`)).values).toEqual({
      ...before,
      AUTH0_DOMAIN: 'example.auth0.com',
      AUTH0_CLIENT_ID: 'id',
      AUTH0_CLIENT_SECRET: 'secret',
      REDACT: 'request.ip',
    });
    expect((await readSettings(emulator, `${NAME}/webhook`)).values).toMatchObject({
      WEBHOOK_URL: 'https://example.com/hook',
      WEBHOOK_SIGNING_SECRET: signingSecret,
    });
    expect(await run(outputs.Begin2WebhookSigningSecretCommand)).toBe(`${signingSecret}\n`);
  });

  it('takes settings by PutSecretValue while it runs', async () => {
    await life.fillSettings(NAME);

    expect(await system.poll()).toMatchObject({ kind: 'success' });
    expect(JSON.parse(system.lines.at(-1) ?? '')).toMatchObject({ event: 'poll.completed' });
  });

  it.skipIf(!inject('hasCommands'))('sends the test event of the outputs, signed', async () => {
    await runInShell(life.emulator, life.folder, outputs.Begin3TestEventCommand);
    system.deliver();

    await expect
      .poll(() => life.seen.map(({ id, status }) => ({ id, status })), SOON)
      .toEqual([{ id: expect.stringMatching(/^test-\d+$/), status: 204 }]);
    expect(life.receiver().counts().invalidSignatures).toBe(0);
    await system.stopDelivering();
  });

  it('delivers in order, retries the one that fails alone, and moves the checkpoint', async () => {
    const [, , failing = ''] = life.happen(48);
    let answered500 = 0;
    life.receiver().respond = ({ webhookId }) =>
      webhookId === failing && answered500++ === 0 ? { status: 500 } : undefined;

    expect(await system.poll()).toMatchObject({ kind: 'success' });
    system.deliver();
    await expectAllDelivered();

    expect(life.seen.filter(({ id }) => id === failing).map(({ status }) => status)).toEqual([500, 204]);
    expect(life.receiver().counts().mostAtOnce).toBeLessThanOrEqual(5);
    expect(system.problems).toEqual([]);
  });

  it('was handed several events of one user by a single receive', () => {
    const largest = system.receives.map((groups) => groups.length - new Set(groups).size);

    expect(Math.max(...largest)).toBeGreaterThan(1);
  });

  it('keeps state, queues and settings as they are when a changed version is deployed over events in flight', async () => {
    life.happen(12);
    life.receiver().respond = () => ({ status: 503 });
    await system.poll();

    await expect.poll(() => life.seen.filter(({ status }) => status === 503).length, SOON).toBeGreaterThan(4);
    await system.stopDelivering();

    expect((await system.standing()).pending).toBe(12);
    // This endpoint matches none of them.
    await editSettings(life.emulator, `${NAME}/auth0`, { AUTH0_API_ENDPOINTS: 'clients' });
    const untouched = async () => [await versions(), await stateful(), await definitions()];
    const before = await untouched();

    outputs = await life.cdk.deploy(CHANGED);

    expect(await untouched()).toEqual(before);
    expect((await system.standing()).pending).toBe(12);
  });

  it('changes all that the changed version says', async () => {
    const { aws } = life.emulator;
    const FunctionName = `${NAME}-deliverer`;

    expect(await aws('lambda', 'get_function', { FunctionName })).toMatchObject({
      Configuration: {
        MemorySize: 1_024,
        Environment: { Variables: { ATTEMPTS_SIDE_BY_SIDE: '5', RETRY_WINDOW_SECONDS: '172800' } },
      },
      Concurrency: { ReservedConcurrentExecutions: 2 },
    });
    expect(await aws('lambda', 'list_event_source_mappings', { FunctionName })).toMatchObject({
      EventSourceMappings: [{ ScalingConfig: { MaximumConcurrency: 2 } }],
    });
    expect(await aws('events', 'list_rules')).toMatchObject({
      Rules: [{ ScheduleExpression: 'rate(5 minutes)' }],
    });
    expect(await aws('logs', 'describe_log_groups')).toMatchObject({
      logGroups: [{ retentionInDays: 7 }, { retentionInDays: 7 }],
    });
  });

  it('delivers with the new version what the old one had in flight, whatever the filter says now', async () => {
    life.receiver().respond = () => undefined;

    await runNew(outputs);
    await expectAllDelivered();

    await editSettings(life.emulator, `${NAME}/auth0`, { AUTH0_API_ENDPOINTS: '' });
    await runNew(outputs);
  });

  it('destroys what runs, and keeps the table, both queues, the secrets and what is in flight', async () => {
    await leaveInFlight();
    const kept = await stateful();
    const before = await versions();

    await life.cdk.destroy(CHANGED);

    const { aws, refusal } = life.emulator;

    expect(await refusal('cloudformation', 'describe_stacks', { StackName: NAME })).toBe('ValidationError');
    expect(await aws('lambda', 'list_functions')).toEqual({ Functions: [] });
    expect(await aws('events', 'list_rules')).toEqual({ Rules: [] });
    expect(await aws('logs', 'describe_log_groups')).toEqual({ logGroups: [] });
    expect(await aws('cloudwatch', 'describe_alarms')).toMatchObject({ MetricAlarms: [] });
    expect(await aws('dynamodb', 'list_tables')).toEqual({ TableNames: [kept[0]] });
    expect(await aws('sqs', 'list_queues')).toMatchObject({ QueueUrls: { length: 2 } });
    expect(await versions()).toEqual(before);
    expect((await system.standing()).pending).toBe(10);
  });

  it('adopts what was kept by the command of the outputs, and delivers what was in flight', async () => {
    const kept = inlineMapping(outputs.WhenDestroyedAdoptCommand ?? '');
    const before = await versions();

    await life.cdk.adopt(NAME, kept);
    const adopted = await life.cdk.deploy();

    expect(adopted.TableName).toBe(outputs.TableName);
    expect(await stateful()).toEqual(Object.values(kept).flatMap((identifier) => Object.values(identifier)));
    expect(await versions()).toEqual(before);
    await runNew(adopted);
    await expectAllDelivered();
  });

  it('delivers what was in flight even when only its table is not adopted, and reads it again', async () => {
    const { checkpoint = '' } = await leaveInFlight();
    const { StateTable, ...kept } = inlineMapping(outputs.WhenDestroyedAdoptCommand ?? '');

    await life.cdk.destroy();
    await editSettings(life.emulator, `${NAME}/auth0`, { START_FROM: checkpoint });
    await life.cdk.adopt(NAME, kept);
    const deployed = await life.cdk.deploy();

    expect(deployed.TableName).not.toBe(StateTable?.TableName);
    await runNew(deployed);
    // The ten are of a ledger that the new table does not know, so it cannot skip them.
    await expectAllDelivered({ duplicates: 10 });
  });

  it('leaves them alone under another name, which reads again from the checkpoint on', async () => {
    const { checkpoint = '' } = await leaveInFlight();

    await life.cdk.destroy();
    const deployed = await life.cdk.deploy({ name: 'other' });
    await life.fillSettings('other');
    await editSettings(life.emulator, 'other/auth0', { START_FROM: checkpoint });
    const { values } = await readSettings(life.emulator, `${NAME}/webhook`);
    const { WEBHOOK_SIGNING_SECRET = '' } = values;
    await editSettings(life.emulator, 'other/webhook', { WEBHOOK_SIGNING_SECRET });

    await runNew(deployed);
    await expectAllDelivered({ duplicates: 10 }); // the ten of the chapter before, no more

    expect((await readSettings(life.emulator, `${NAME}/auth0`)).values.START_FROM).not.toBe(checkpoint);
  });
});
