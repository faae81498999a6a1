import type { TestProject } from 'vitest/node';
import {
  HOW_TO_INSTALL_CFN_LINT,
  HOW_TO_INSTALL_COMMANDS,
  HOW_TO_INSTALL_MOTO,
  hasCfnLint,
  hasCommands,
  hasMoto,
} from './installed.ts';

declare module 'vitest' {
  interface ProvidedContext {
    hasMoto: boolean;
    hasCfnLint: boolean;
    hasCommands: boolean;
  }
}

/**
 * Says aloud what the machine lacks, once for all test files. The tests that need it count as
 * skipped.
 */
export function setup(project: TestProject): void {
  const found = { hasMoto: hasMoto(), hasCfnLint: hasCfnLint(), hasCommands: hasCommands() };
  if (!found.hasMoto) tell(HOW_TO_INSTALL_MOTO);
  if (!found.hasCfnLint) tell(HOW_TO_INSTALL_CFN_LINT);
  if (!found.hasCommands) tell(HOW_TO_INSTALL_COMMANDS);
  project.provide('hasMoto', found.hasMoto);
  project.provide('hasCfnLint', found.hasCfnLint);
  project.provide('hasCommands', found.hasCommands);
}

function tell(line: string): void {
  process.stderr.write(`\n*** ${line}\n`);
}
