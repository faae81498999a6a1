import { Auth0Log } from './auth0-log.ts';
import type { Choices } from './choices.ts';
import { Fault, ServiceError } from './fault.ts';
import { FifoQueue, type Sent } from './fifo-queue.ts';
import type { Effect, Process } from './process.ts';
import { Promised } from './promise.ts';
import type { Queues } from './queue-client.ts';
import { StateTable } from './state-table.ts';
import type { WebhookMode } from './webhook.ts';
import type { World } from './world.ts';

const BEGIN = Date.UTC(2026, 0, 1);
/** Lambda's longest time-out. */
const LONGEST_ON_ITS_WAY_MS = 15 * 60_000;
/** What a call takes. */
const CALL_MS = 20;

/** One run's services, clock and processes; decides at every call how it goes. */
export class Simulation {
  readonly world: World;
  readonly log: Auth0Log;
  readonly queues: Queues;
  readonly table: StateTable;
  readonly promised: Promised;
  /** What was said in log lines. */
  readonly told: string[] = [];
  readonly trace: string[] | undefined;
  readonly processes: Process[] = [];
  now = BEGIN;
  step = 0;
  crashes = 0;
  webhook: WebhookMode = 'up';
  narrow: boolean;
  /** No more faults: what is left must come right by itself. */
  calm = false;
  poisonMended = false;
  /** What the delivery processes know of how large a request may be. */
  readonly requestLimit = { bytes: Number.POSITIVE_INFINITY };
  private readonly choices: Choices;
  private late: { readonly effect: Effect; readonly sentAt: number }[] = [];
  private drawn = 0;

  constructor(world: World, choices: Choices, traced: boolean) {
    const now = () => this.now;
    this.world = world;
    this.choices = choices;
    this.trace = traced ? [] : undefined;
    this.log = new Auth0Log(now, world.page);
    this.promised = new Promised({
      log: this.log,
      table: () => this.table,
      step: () => this.step,
      now,
      totalOrder: world.totalOrder === true,
    });
    const lost = ({ attributes }: Sent) => this.promised.purged.add(attributes.log_id ?? '');
    const dead = ({ attributes }: Sent) => this.promised.deadLettered.add(attributes.log_id ?? '');
    this.queues = {
      main: new FifoQueue('m', now, {
        lost,
        sent: ({ attributes }) => this.promised.sent.add(attributes.log_id ?? ''),
      }),
      dead: new FifoQueue('d', now, { lost, sent: dead }),
    };
    this.table = new StateTable(world.tablePage ?? 100, (...write) => this.promised.onWrite(...write));
    this.narrow = world.narrowFirst === true;
    this.promised.filters.add(this.narrow ? 'narrow' : 'wide');
    for (const letter of world.log.slice(0, world.initial)) {
      this.now += 1_000;
      this.log.append(letter, this.now);
    }
    this.now += 60_000;
  }

  /** A number that no other call gets: random enough, and the same in every replay. */
  draw = (): string => `r${++this.drawn}`;

  pass = (ms: number): void => {
    this.now += ms;
  };

  /** Calls that wait side by side take no longer than one. */
  passUntil = (time: number): void => {
    this.now = Math.max(this.now, time);
  };

  say(line: string | (() => string)): void {
    this.trace?.push(typeof line === 'string' ? line : line());
  }

  choose(options: number): number {
    return this.calm || options < 2 ? 0 : this.choices.choose(options);
  }

  kill(process: Process, why: string): void {
    this.say(`   ${process.name} ${why}`);
    process.status = 'dead';
    process.endedAt = this.step;
    process.pending = [];
  }

  /** One call of the process happens, in one of the ways that it may. */
  async advance(process: Process): Promise<void> {
    const effect = process.pending.splice(this.choose(process.pending.length), 1)[0];
    if (!effect) throw new Error(`${process.name} waits for nothing`);
    this.step++;
    this.now += CALL_MS;
    const chosen = this.choose(effect.faults.length + 1);
    const fault = chosen === 0 ? undefined : effect.faults[chosen - 1];
    this.say(
      () =>
        `${process.name} ${effect.kind} ${effect.detail()}${fault === undefined ? '' : `  << ${fault} >>`}`,
    );
    if (fault !== undefined) process.faults.push(`${effect.kind} ${fault}`);
    this.happen(process, effect, fault);
    await settled();
    this.check(process);
  }

  private happen(process: Process, effect: Effect, fault: string | undefined): void {
    switch (fault) {
      case Fault.crashBefore:
      case Fault.crashAfter:
      case Fault.arrivesLate:
        this.crashes++;
        if (fault === Fault.crashAfter) ignoringErrors(effect);
        if (fault === Fault.arrivesLate) this.late.push({ effect, sentAt: this.now });
        this.kill(process, 'crashes');
        return;
      case Fault.failsAfter:
        ignoringErrors(effect);
        effect.reject(new ServiceError('timed out'));
        return;
      case Fault.fails:
        effect.reject(new ServiceError('failed'));
        return;
      case Fault.retried:
        ignoringErrors(effect);
        break;
    }
    try {
      effect.resolve(effect.perform(fault));
    } catch (error) {
      this.say(() => `   answers ${error instanceof Error ? error.name : 'an error'}`);
      effect.reject(error);
    }
  }

  /** What a dead process had sent and was still on its way; nothing stays on its way for longer than it may run. */
  landLate(): void {
    for (const { effect, sentAt } of this.late.splice(0)) {
      if (this.now - sentAt > LONGEST_ON_ITS_WAY_MS) continue;
      this.say(() => `-- late: ${effect.kind} ${effect.detail()}`);
      ignoringErrors(effect);
    }
  }

  get hasLate(): boolean {
    return this.late.length > 0;
  }

  private check(process: Process): void {
    const { reserved, sideBySide } = this.world;
    const requests = this.processes
      .filter((other) => !other.isOver)
      .reduce((sum, other) => sum + other.pending.filter(({ kind }) => kind === 'post').length, 0);
    if (requests > reserved * sideBySide)
      this.promised.fail('P4', `${requests} requests at once, ${reserved * sideBySide} are allowed`);
    if (process.status === 'running' && process.pending.length === 0)
      this.promised.fail('P6', `${process.name} waits for nothing`);
    if (this.promised.violation) throw this.promised.violation;
  }
}

function ignoringErrors(effect: Effect): void {
  try {
    effect.perform();
  } catch {
    // its caller is gone, or sees another error
  }
}

/**
 * Everything that the resolved calls lead to has run: Node drains all promises before the next tick. (An immediate would do
 * too, but takes a turn of the event loop, and with it a system call, for each of ten million calls.)
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
