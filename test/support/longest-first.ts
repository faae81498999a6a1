import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tests that take longest, in that order. A short file may take long, and when it comes last all
 * others wait for it.
 */
const LONGEST = ['system/failures', 'monitoring/', 'system/', 'simulation/', 'local/main', 'infra/'];

/** Sorts the files. Before anything has run here, Vitest goes by their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((part) => moduleId.includes(`/test/${part}`));
  return found === -1 ? LONGEST.length : found;
}
