import type { Process } from './process.ts';
import type { Promised } from './promise.ts';
import type { World } from './world.ts';

interface Step {
  readonly world: World;
  readonly processes: readonly Process[];
  readonly promised: Promised;
}

/** Checks what must hold after every call of a process. Throws the violation, if there is one. */
export function checkStep({ world, processes, promised }: Step, process: Process): void {
  const allowed = world.reserved * world.sideBySide;
  const requests = processes
    .filter((other) => !other.isOver)
    .reduce((sum, other) => sum + other.pending.filter(({ kind }) => kind === 'post').length, 0);
  if (requests > allowed) promised.fail('P4', `${requests} requests at once, ${allowed} are allowed`);
  if (process.status === 'running' && process.pending.length === 0)
    promised.fail('P6', `${process.name} waits for nothing`);
  if (process.isOvertaken && process.pending.some(({ kind }) => kind === 'put batch'))
    promised.fail('P1', `${process.name} puts a batch by a state that another poll has moved`);
  if (promised.violation) throw promised.violation;
}
