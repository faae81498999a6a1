/** All that the simulator needs to run: a mutant is made in a copy of it. */
export const COPIED: readonly string[] = [
  'lambdas',
  'local/dynamodb',
  'test/simulation',
  'test/support/sqs-record.ts',
  'package.json',
  'tsconfig.json',
];
