import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToRun } from '../../cli/connect/local.ts';
import { userChange } from '../system/events.ts';
import { createWorld, start, until, type World } from '../system/local-run.ts';
import { commandLine, type Person } from './support/command-line.ts';

const ends: (() => void | Promise<void>)[] = [];
let world: World;
let refuses: RegExp | undefined;

const run = (args: readonly string[], person: Person = {}) =>
  commandLine([...args, '--local', '--data', world.data], person);
const happen = (user: number) =>
  world.tenant.append([userChange(user, new Date(Date.now() - 60_000).toISOString(), 100)])[0] ?? '';
const accepted = (id: string) => world.seen.filter((seen) => seen.id === id && seen.status === 204).length;

beforeAll(async () => {
  world = await createWorld({ history: 0 }, (end) => ends.push(end));
  world.receiver.respond = ({ body }) => (refuses?.test(JSON.stringify(body)) ? { status: 500 } : undefined);
  start(world, ['--poll-seconds', '1', '--retry-window', '1'], { SETTLE_SECONDS: '0' });
  for (const user of [1, 2, 3]) happen(user);
  await until(() => world.seen.length >= 3);
}, 60_000);

afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

describe('looking', () => {
  it('status says that it flows', async () => {
    const { code, output } = await run(['status']);

    expect(output).toMatch(/^● the local run in .*: flowing/);
    expect(output).toMatch(/delivered +\d{4}-/);
    expect(code).toBe(0);
  });

  it('doctor finds everything right', async () => {
    const { code, output } = await run(['doctor']);

    expect(output).toMatch(/✓ Auth0 gives a token that may read the log/);
    expect(output).toMatch(/answers a HEAD with 405/);
    expect(code).toBe(0);
  });

  it('logs shows polls and attempts, and only one resource when asked', async () => {
    const all = await run(['logs', '--since', '5m']);
    const one = await run(['logs', '--since', '5m', '--resource', 'users/auth0|2']);

    expect(all.output).toMatch(/poll +3 read, 3 matched/);
    expect(one.output).toMatch(/delivered +users\/auth0\|2 /);
    expect(one.output).not.toMatch(/auth0\|3/);
  });

  it('events show tells each attempt, and the payload only when asked', async () => {
    const [{ id } = { id: '' }] = world.seen;

    const shown = await run(['events', 'show', id]);
    const payload = await run(['events', 'show', id, '--payload']);

    expect(shown.output).toMatch(new RegExp(`^${id}: delivered\n.*attempt 1, 204`));
    expect(shown.output).not.toContain('payload-value');
    expect(payload.output).toContain('payload-value');
  });

  it('an id that nobody knows is an error, and one that is none a wrong command line', async () => {
    const unknown = await run(['events', 'show', '9'.repeat(56)]);
    const senseless = await run(['events', 'show', 'users/auth0|1']);

    expect(unknown.errors).toMatch(/error: nothing is known of 9{56}: /);
    expect(unknown.code).toBe(1);
    expect(senseless.errors).toMatch(/is no log_id: those are 56 digits/);
    expect(senseless.code).toBe(2);
  });

  it.each([
    ['status'],
    ['doctor'],
    ['poll'],
    ['events list'],
    ['events list --dead'],
    ['redrive --all --dry-run'],
    ['settings get'],
    ['settings check'],
    ['secret show'],
    ['open runbook'],
    ['verify --since 1h --until 1s'],
    ['rewind --to 1h --dry-run'],
    ['events show nothing/'],
    ['events list --limit none'],
    ['pause polls --reason trial'],
    ['events list --dead --failing --nonsense'],
  ])('%s --json is one object, without colours', async (line) => {
    const { output } = await run([...line.split(' '), '--json']);

    expect(JSON.parse(output)).toBeTypeOf('object');
    expect(output.split('\n')).toHaveLength(1);
    expect(output).not.toContain('\u001b');
  });

  it('export prints the matching events as JSON lines', async () => {
    const { output } = await run(['export', '--since', '1h']);

    const ids = output.split('\n').map((line) => JSON.parse(line).log_id);

    expect(ids).toEqual(
      world.seen
        .slice(0, 3)
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});

describe('settings', () => {
  it('get shows no secret', async () => {
    const { output } = await run(['settings', 'get']);

    expect(output).toMatch(/AUTH0_CLIENT_SECRET=\(\d+ characters, not shown\)/);
    expect(output).not.toContain(world.tenant.clientSecret);
  });

  it('set refuses a fault before anything is written', async () => {
    const before = await run(['settings', 'get']);

    const { code, errors } = await run(['settings', 'set', 'WEBHOOK_TIMEOUT_SECONDS=99', '--yes']);

    expect(errors).toMatch(
      /nothing was changed:\n {2}WEBHOOK_TIMEOUT_SECONDS: a whole number of seconds from 1 to 30/,
    );
    expect(code).toBe(2);
    expect((await run(['settings', 'get'])).output).toBe(before.output);
  });

  it('set shows the difference, asks, and keeps the other keys', async () => {
    const no = await run(['settings', 'set', 'WEBHOOK_TIMEOUT_SECONDS=20'], { answers: [false] });
    const yes = await run(['settings', 'set', 'WEBHOOK_TIMEOUT_SECONDS=20'], { answers: [true] });

    expect(no.errors).toMatch(/\+ WEBHOOK_TIMEOUT_SECONDS = 20[\s\S]*Nothing was changed/);
    expect(yes.output).toMatch(/Written/);
    expect((await run(['settings', 'get', 'WEBHOOK_URL'])).output).toBe(world.receiver.url);
    expect((await run(['settings', 'get', 'WEBHOOK_TIMEOUT_SECONDS'])).output).toBe('20');
  });

  it('a key without a value takes it unseen', async () => {
    const { errors } = await run(['settings', 'set', 'WEBHOOK_AUTHORIZATION', '--yes'], {
      input: 'Bearer hidden\n',
    });

    expect(errors).toMatch(/\+ WEBHOOK_AUTHORIZATION = \(13 characters, not shown\)/);
  });

  it('edit mends a secret that is no JSON, and keeps what was typed out of the way when it is wrong', async () => {
    const connection = await connectToRun({ data: world.data });
    const right = await connection.readSecret('auth0');
    const file = join(world.data, 'mended.json');
    await writeFile(file, right);
    await connection.writeSecret('auth0', '{"AUTH0_DOMAIN": oops');

    const told = await run(['settings', 'get']);
    const wrong = await run(['settings', 'edit', 'auth0'], { env: { EDITOR: 'true' } });
    const mended = await run(['settings', 'edit', 'auth0', '--yes'], { env: { EDITOR: `cp ${file}` } });

    expect(told.errors).toMatch(
      /the secret auth0 is no JSON object: mend it by `auth0-webhooks settings edit/,
    );
    expect(wrong.errors).toMatch(/the secret auth0 is no JSON object/);
    expect(mended.output).toMatch(/Written/);
    expect(JSON.parse(await connection.readSecret('auth0'))).toEqual(JSON.parse(right));
  });

  it('the signing secret is shown, rotated and finished', async () => {
    const first = (await run(['secret', 'show'])).output;

    const rotated = await run(['secret', 'rotate', '--yes']);
    const both = (await run(['secret', 'show'])).output.split('\n');
    const again = await run(['secret', 'rotate', '--yes']);
    await run(['secret', 'rotate', '--finish', '--yes']);

    expect(both).toEqual([rotated.output.split('\n')[0], first]);
    expect(again.errors).toMatch(/a rotation is under way/);
    expect((await run(['secret', 'show'])).output).toBe(both[0]);
    await run(['settings', 'set', `WEBHOOK_SIGNING_SECRET=${first}`, '--yes']); // as the receiver knows it

    expect((await run(['settings', 'check'])).code).toBe(0);
  });
});

describe('acting', () => {
  it('test sends an event and waits for its outcome', async () => {
    const { code, output } = await run(['test', '--wait']);

    expect(output).toMatch(/delivered +\S+ test-\S+ \(attempt 1, 204/);
    expect(code).toBe(0);
  });

  it('an event that is not dead is neither redriven nor dismissed', async () => {
    const [{ id } = { id: '' }] = world.seen;

    const redriven = await run(['redrive', id, '--yes']);
    const dismissed = await run(['dismiss', id, '--yes']);

    expect(redriven.errors).toMatch(/not on the dead-letter queue: \d{56}\. Nothing was changed/);
    expect(dismissed.errors).toBe(redriven.errors);
    expect([redriven.code, dismissed.code]).toEqual([1, 1]);
  });

  it('a change without a person wants --yes and changes nothing', async () => {
    const { code, errors } = await run(['pause', 'polls', '--reason', 'trial']);

    expect(errors).toMatch(/repeat the command with --yes. Nothing was changed/);
    expect(code).toBe(2);
    expect((await run(['status', '--json'])).output).toMatch(/"pauses":\{\}/);
  });

  it('paused polls are told by status, and go on when they are resumed', async () => {
    await run(['pause', 'polls', '--reason', 'trial'], { answers: [true] });
    const id = happen(4);

    const paused = await run(['status']);
    const polled = await run(['poll']);
    const meanwhile = accepted(id);
    await run(['resume', 'polls']);
    await until(() => accepted(id) === 1);

    expect({ code: polled.code, meanwhile }).toEqual({ code: 0, meanwhile: 0 });
    expect(polled.output).toBe('The poll read nothing: polls are paused (auth0-webhooks resume polls).');
    expect(paused.output).toMatch(/polls are paused since \d+s: trial\n {2}→ auth0-webhooks resume polls/);
  });

  it('dead letters are listed, redriven in order, and dismissed', { timeout: 60_000 }, async () => {
    refuses = /auth0\|7\d/;
    const [first, second] = [happen(70), happen(71)];
    await untilListed(2);

    const listed = await run(['events', 'list', '--dead']);
    const preview = await run(['redrive', '--all', '--dry-run']);
    const wrong = await run(['redrive', '--reason', 'statsu', '--yes']);
    refuses = undefined;
    const redriven = await run(['redrive', first], { answers: [true] });
    await until(() => accepted(first) === 1);
    const dismissed = await run(['dismiss', second, '--yes', '--reason-text', 'trial']);

    expect(listed.output).toMatch(/users\/auth0\|70 +status +500/);
    expect(preview.output).toMatch(/2 of 2 dead letters match/);
    expect(wrong.errors).toMatch(/did you mean "status"\?/);
    expect(redriven.output).toMatch(/^1 moved back to the queue/);
    expect(dismissed.output).toMatch(/^1 events were given up \(trial\); 0 dead letters are left/);
    expect(accepted(second)).toBe(0);
    expect((await run(['events', 'show', second])).output).toMatch(
      /: dismissed\n[\s\S]*dismissed +users\/auth0\|71 \S+ \(was dead-lettered: 500\): trial$/,
    );
  });

  it('resend sends a delivered event again under its id', async () => {
    const [{ id } = { id: '' }] = world.seen;
    const before = accepted(id);

    const unknown = await run(['events', 'resend', id.replace(/.$/, 'x'), '--yes']);
    const { output } = await run(['events', 'resend', id, '--yes']);
    await until(() => accepted(id) === before + 1);

    expect(unknown.errors).toMatch(/Auth0's log does not have/);
    expect(output).toMatch(/^1 events are on the queue/);
  });

  it('rewind tells how many would be sent again, goes back, and is taken back', async () => {
    await run(['pause', 'polls', '--reason', 'trial', '--yes']);
    const before = accepted(world.seen[0]?.id ?? '');

    const preview = await run(['rewind', '--to', '1h', '--dry-run']);
    const future = await run(['rewind', '--to', '2036-01-01T00:00:00Z']);
    const done = await run(['rewind', '--to', '1h', '--yes']);
    const undone = await run(['rewind', '--undo']);
    await run(['resume', 'polls']);

    expect(preview.output).toMatch(/: \d events are sent again/);
    expect(future.errors).toMatch(/lies in the future/);
    const [, position = 'none'] = /again from (\d+)/.exec(done.errors) ?? [];

    expect(done.output).toMatch(new RegExp(`^The next poll reads on from ${position}\\.`));
    expect(undone.output).toMatch(/nothing was read in between/);
    expect(accepted(world.seen[0]?.id ?? '')).toBe(before);
  });
});

describe('verify', () => {
  it('accounts for every event', async () => {
    const { code, output } = await run(['verify', '--since', '1h', '--until', '1s']);

    expect(output).toMatch(/ 1 {2}dismissed/);
    expect(output).toMatch(/ 0 {2}MISSING\n✓ nothing is missing/);
    expect(code).toBe(0);
  });

  it('names what is missing', async () => {
    // Everything that was ever attempted is forgotten. The proof must not believe that it was
    // delivered.
    await rm(join(world.data, 'lines.log'));

    const { code, output } = await run(['verify', '--since', '1h', '--until', '1s', '--json']);

    expect(JSON.parse(output).missing).toBe(3);
    expect(JSON.parse(output).events).toBeGreaterThan(0);
    expect(code).toBe(1);
  });
});

describe('resend of a time', () => {
  it('sends what matches in it again, and nothing when there is nothing', async () => {
    const ids = [...new Set(world.seen.map(({ id }) => id).filter((id) => /^\d+$/.test(id)))];
    const before = new Map(ids.map((id) => [id, accepted(id)]));

    const nothing = await run(['events', 'resend', '--since', '3h', '--until', '2h', '--yes']);
    const all = await run(['events', 'resend', '--since', '1h', '--yes']);
    await until(() => ids.every((id) => accepted(id) === (before.get(id) ?? 0) + 1));

    expect(nothing.output).toBe('No event matches in that time.');
    expect(all.output).toMatch(/^\d+ events are on the queue/);
  });
});

async function untilListed(count: number): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const { output } = await run(['events', 'list', '--dead', '--json']);
    if (JSON.parse(output).events.length === count) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the dead letters did not come');
}
