import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../cli/connect/connection.ts';
import { connectToRun } from '../../cli/connect/local.ts';
import { MessageAttribute } from '../../lambdas/shared/contract.ts';
import { eachGroup } from '../../lambdas/shared/groups.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import { countMessages, total } from '../../lambdas/shared/queue/count.ts';
import { sendMessage } from '../../lambdas/shared/queue/send.ts';
import { toAttributes } from '../../lambdas/shared/queue/webhook-message.ts';
import { idAt } from '../support/operations-world.ts';
import { userChange } from '../system/events.ts';
import { createWorld, start, until, type World } from '../system/local-run.ts';
import { commandLine } from './support/command-line.ts';
import { startCommand } from './support/own-process.ts';

const COUNT = 3_000;
const PER_BATCH = 100;
/** All of them together are more than a command may hold. */
const BODY = JSON.stringify({ padding: 'x'.repeat(10_000) });

const ends: (() => void | Promise<void>)[] = [];
let world: World;
let connection: Connection;
const place = () => ['--local', '--data', world.data];
const run = (...args: string[]) => commandLine([...args, ...place()]);
const dead = async () => total(await countMessages(connection.operations.deadLetterQueue));
const deliveredTo = () => new Set(world.seen.filter(({ status }) => status === 204).map(({ id }) => id));

beforeAll(async () => {
  world = await createWorld({}, (end) => ends.push(end));
  start(world, ['--poll-seconds', '1'], { SETTLE_SECONDS: '0' });
  world.tenant.append([userChange(0, new Date(Date.now() - 60_000).toISOString(), 1)]);
  await until(() => world.seen.length === 1);
  connection = await connectToRun({ data: world.data });
}, 60_000);

afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

/** Dead letters of a batch, each of a resource of its own. */
async function bury(first: number, count: number): Promise<string> {
  const { ledger, deadLetterQueue } = connection.operations;
  const state = await ledger.readState();
  if (!state) throw new Error('nothing was read');
  const pending = new Set(Array.from({ length: count }, (_, ordinal) => ordinal));
  const range = { from: idAt(first - 1), to: idAt(first + count) };
  const batch = await ledger.putBatch({ ...range, seq: state.seq + 1, openedAt: 1, oldestAt: 1, pending });
  if (!(await ledger.claim(state, { cursor: state.cursor }))) return await bury(first, count); // a poll was first
  await ledger.markEnqueued({ id: batch, round: 0 });
  const groups = [...pending].map((ordinal) => [ordinal]);
  await eachGroup(groups, 10, async ([ordinal = 0]) => {
    const logId = idAt(first + ordinal);
    const message = { ledger: state.ledger, batch, ordinal, logId, resource: `users/${logId}`, body: BODY };
    await sendMessage(deadLetterQueue, {
      body: BODY,
      group: message.resource,
      deduplicationId: `${batch} ${ordinal}`,
      attributes: { ...toAttributes(message), [MessageAttribute.reason]: 'status' },
    });
  });
  return batch;
}

/** Runs a command, and presses Ctrl-C when so many dead letters are gone. */
async function interrupted(gone: number, ...args: string[]) {
  const before = await dead();
  const { interrupt, ended } = startCommand([...args, ...place()]);
  while (before - (await dead()) < gone) await new Promise((resolve) => setTimeout(resolve, 20));
  interrupt();
  return { before, ...(await ended) };
}

describe('three thousand dead letters', () => {
  beforeAll(async () => {
    for (let first = 0; first < COUNT; first += PER_BATCH) await bury(first, PER_BATCH);
  }, 120_000);

  it('are listed with their total, in little memory', async () => {
    const some = await run('events', 'list', '--dead');
    const all = await startCommand(['events', 'list', '--dead', '--limit', '10000', '--json', ...place()])
      .ended;

    expect(some.output).toMatch(/500 match of 3000 dead letters.*the first 50 are shown/);
    expect(all.code).toBe(0);
    expect(JSON.parse(all.output).events).toHaveLength(COUNT);
  });

  it('are redriven until Ctrl-C, and none is lost between the queues', async () => {
    const { code, output, before } = await interrupted(300, 'redrive', '--all', '--yes');
    const moved = Number(/^Interrupted: (\d+) moved/.exec(output)?.[1]);

    expect(output).toMatch(/The same command goes on where it stopped/);
    expect(code).toBe(1);
    expect(moved).toBeGreaterThanOrEqual(300);
    expect(await dead()).toBe(before - moved);

    await until(() => deliveredTo().size === moved + 1);
  });

  it('are dismissed until Ctrl-C, and the same command goes on', async () => {
    const first = await interrupted(300, 'dismiss', '--all', '--yes', '--reason-text', 'trial');
    const dismissed = Number(/^Interrupted: (\d+) events were given up \(trial\)/.exec(first.output)?.[1]);
    const left = await dead();
    const second = await startCommand([...['dismiss', '--all', '--yes'], ...place()]).ended;

    expect(first.code).toBe(1);
    expect(left).toBe(first.before - dismissed);
    expect(second.output).toMatch(new RegExp(`^${left} events were given up; 0 dead letters are left`));
    expect(second.code).toBe(0);
  });

  it('leave nothing pending: each was delivered or dismissed', async () => {
    const lines = connection.lines({
      from: ['deliverer'],
      since: 0,
      until: Date.now(),
      events: ['event.dismissed'],
    });
    const dismissed = new Set<unknown>();
    for await (const { line } of lines) dismissed.add(line.logId);

    expect(dismissed.size + deliveredTo().size).toBe(COUNT + 1);
    expect([...deliveredTo()].filter((id) => dismissed.has(id))).toEqual([]);
    expect(await standing(connection.operations)).toMatchObject({ pending: 0, deadLettered: 0 });
  });
});

describe('an event that was read twice', () => {
  const id = idAt(5_000);

  it('is shown, redriven and dismissed as often as it is there', async () => {
    for (let n = 0; n < 2; n++) await bury(5_000, 1);

    const listed = await run('events', 'list', '--dead');
    const shown = await run('events', 'show', id);
    const preview = await run('redrive', id, '--dry-run');
    const dismissed = await run('dismiss', id, '--yes', '--reason-text', 'read twice');
    const after = await run('events', 'show', id);

    expect(listed.output).toContain(`${id} is there 2 times: read again`);
    expect(shown.output).toMatch(/: dead-lettered: redrive or dismiss it; dead-lettered: redrive or dismiss/);
    expect(preview.output).toMatch(/^2 of 2 dead letters match/);
    expect(dismissed.errors).toMatch(/is there 2 times: read again[\s\S]*Give up these 2 dead letters/);
    expect(dismissed.output).toMatch(/^2 events were given up \(read twice\); 0 dead letters/);
    expect(after.output).toMatch(/: dismissed; dismissed\n/);
    expect(after.output).toMatch(/dismissed .* \(was dead-lettered: status\): read twice/);
  });

  it('is told apart where one reading was delivered and the other is dead', async () => {
    const other = idAt(6_000);
    await bury(6_000, 1);
    await run('redrive', other, '--yes');
    await until(() => deliveredTo().has(other));
    await bury(6_000, 1);

    const { output } = await run('events', 'show', other);

    expect(output).toMatch(/: delivered; dead-lettered: redrive or dismiss it\n/);
    expect((await run('dismiss', other, '--yes')).output).toMatch(/^1 events were given up/);
  });
});
