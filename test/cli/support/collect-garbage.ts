import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/**
 * Collects what nobody holds.
 * @returns bytes of the heap that are still held
 */
export function collectGarbage(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
