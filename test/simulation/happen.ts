import { Fault, ServiceError } from './fault.ts';
import { ignoringErrors, type LateCalls } from './late-calls.ts';
import type { Effect, Process } from './process.ts';

interface Happening {
  crashes: number;
  readonly late: LateCalls;
  readonly now: number;
  kill(process: Process, why: string): void;
  say(line: () => string): void;
}

/**
 * Carries out a call in the chosen way: well, not at all, twice, or as the last thing that its
 * caller did.
 */
export function happen(sim: Happening, process: Process, effect: Effect, fault: string | undefined): void {
  switch (fault) {
    case Fault.crashBefore:
    case Fault.crashAfter:
    case Fault.arrivesLate:
      sim.crashes++;
      if (fault === Fault.crashAfter) ignoringErrors(effect);
      if (fault === Fault.arrivesLate) sim.late.add(effect, sim.now);
      sim.kill(process, 'crashes');
      return;
    case Fault.failsAfter:
      ignoringErrors(effect);
      effect.reject(new ServiceError('timed out'));
      return;
    case Fault.fails:
      effect.reject(new ServiceError('failed'));
      return;
    case Fault.cut:
      process.interrupt();
      break;
    case Fault.retried:
      ignoringErrors(effect);
      break;
  }
  try {
    effect.resolve(effect.perform(fault));
  } catch (error) {
    sim.say(() => `   answers ${error instanceof Error ? error.name : 'an error'}`);
    effect.reject(error);
  }
}
