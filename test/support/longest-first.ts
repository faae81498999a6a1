import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, in that order; a file that is short itself may take long, and one that comes
 * last keeps all waiting.
 */
const LONGEST = ['system/failures', 'monitoring/', 'system/', 'simulation/', 'local/main', 'infra/'];

/** Before anything has run here, Vitest goes by the size of the files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((part) => moduleId.includes(`/test/${part}`));
  return found === -1 ? LONGEST.length : found;
}
