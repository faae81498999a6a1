import type { Auth0Log } from './auth0-log.ts';
import { Beside } from './beside.ts';
import { checkStep } from './check-step.ts';
import type { Choices } from './choices.ts';
import type { Deployed } from './deployed.ts';
import { Diary } from './diary.ts';
import { OTHER_TENANT } from './fixed-settings.ts';
import { happen } from './happen.ts';
import { LateCalls } from './late-calls.ts';
import { endOverdue, wrongRelease } from './overdue.ts';
import { pathOf } from './paths.ts';
import { ProbeWatch } from './probe-watch.ts';
import type { Process } from './process.ts';
import { Promised } from './promise.ts';
import type { Queues } from './queue-client.ts';
import { RetryWindows } from './retry-windows.ts';
import { StateTable } from './state-table.ts';
import { type TwoLogs, twoLogs } from './two-logs.ts';
import { untilIdle } from './until-idle.ts';
import { watchedQueues } from './watched-queues.ts';
import type { WebhookMode } from './webhook.ts';
import type { World } from './world.ts';

const BEGIN = Date.UTC(2026, 0, 1);
/** Milliseconds that a call takes. */
const CALL_MS = 20;

/** One run's services, clock and processes. It decides how each call goes. */
export class Simulation extends Diary {
  readonly world: World;
  readonly logs: TwoLogs;
  readonly queues: Queues;
  readonly table: StateTable;
  readonly promised: Promised;
  readonly beside = new Beside((line, message) => this.promised.fail(line, message));
  readonly windows = new RetryWindows((line, message) => this.promised.fail(line, message));
  readonly probes: ProbeWatch;
  readonly processes: Process[] = [];
  now = BEGIN;
  step = 0;
  crashes = 0;
  webhook: WebhookMode = 'up';
  narrow: boolean;
  /** What the settings and the last deploy say. */
  readonly deployed: Deployed;
  poisonMended = false;
  /** What the delivery processes know about the largest request. */
  readonly requestLimit = { bytes: Number.POSITIVE_INFINITY };
  private readonly choices: Choices;
  readonly late = new LateCalls();
  private drawn = 0;

  constructor(world: World, choices: Choices, traced: boolean) {
    super(traced);
    const now = () => this.now;
    this.world = world;
    this.choices = choices;
    this.logs = twoLogs(now, world, this.pass);
    this.promised = new Promised({
      log: () => this.log,
      logs: Object.values(this.logs),
      table: () => this.table,
      step: () => this.step,
      now,
      meet: (path) => this.meet(path),
      totalOrder: world.totalOrder === true && !world.script.includes('group-each'),
      beginsAtTheEnd: world.latestAfterLoss === true,
    });
    this.queues = watchedQueues(this.promised, this.beside, now, world);
    this.table = new StateTable(world.tablePage ?? 100, (sk, before, after) => {
      if (sk === 'endpoint') this.probes.onWrite(before, after);
      else this.promised.onWrite(sk, before, after);
      const wrong = sk === 'delivering' ? wrongRelease(this, before, after) : undefined;
      if (wrong !== undefined) this.promised.fail('P4', wrong);
    });
    const endpoint = () => this.table.items.get('endpoint');
    this.probes = new ProbeWatch(endpoint, now, (message) => this.promised.fail('P8', message));
    this.deployed = { isOtherTenant: false, order: world.totalOrder ? 'total' : 'resource' };
    this.narrow = world.narrowFirst === true;
    this.promised.filters.add(this.narrow ? 'narrow' : 'wide');
    this.now += 60_000;
  }

  /** The log of the tenant to which the ledger is bound. */
  get log(): Auth0Log {
    const tenant = this.table.items.get('state')?.tenant?.S;
    return tenant === OTHER_TENANT ? this.logs.other : this.logs.own;
  }

  /** Gives a text that no other call gets. It is random enough, and the same in every replay. */
  draw = (): string => `r${++this.drawn}`;
  pass = (ms: number): void => {
    this.now += ms;
  };

  /** Moves the clock. Calls that wait side by side take no longer than one. */
  passUntil = (time: number): void => {
    this.now = Math.max(this.now, time);
  };

  choose(options: number, favourite = 0): number {
    return this.calm || options < 2 ? 0 : this.choices.choose(options, favourite);
  }

  kill(process: Process, why: string): void {
    this.say(`   ${process.name} ${why}`);
    process.status = 'dead';
    process.endedAt = this.step;
    process.pending = [];
  }

  /** Carries out one call of the process, in one of the ways in which it may go. */
  async advance(process: Process): Promise<void> {
    endOverdue(this);
    if (process.isOver) return;
    const effect = process.pending.splice(this.choose(process.pending.length), 1)[0];
    if (!effect) throw new Error(`${process.name} waits for nothing`);
    this.step++;
    this.now += CALL_MS;
    const favourite = effect.faults.findIndex((one) => `${effect.kind} ${one}` === this.world.favourite);
    const chosen = this.choose(effect.faults.length + 1, favourite + 1);
    const fault = chosen === 0 ? undefined : effect.faults[chosen - 1];
    this.say(
      () =>
        `${process.name} ${effect.kind} ${effect.detail()}${fault === undefined ? '' : `  << ${fault} >>`}`,
    );
    if (fault !== undefined) {
      process.faults.push(`${effect.kind} ${fault}`);
      const path = pathOf(effect.kind, fault);
      if (path !== undefined) this.meet(path);
    }
    happen(this, process, effect, fault);
    await untilIdle();
    checkStep(this, process);
  }

  landLate(): void {
    this.late.land(this.now, (effect) => this.say(() => `-- late: ${effect.kind} ${effect.detail()}`));
  }

  get hasLate(): boolean {
    return !this.late.isEmpty;
  }
}
