import { globSync } from 'node:fs';

/** Every source of ours, without what a build has left. */
export const SOURCES = [
  ...globSync('{infra,lambdas,local,cli,bench,test}/**/*.{ts,mjs}'),
  ...globSync('*.{ts,mjs}'),
].toSorted();
