import { globSync } from 'node:fs';

export const DOCUMENTS = globSync('{*.md,docs/**/*.md}').toSorted();

/** Documents that are made from the parser, which wraps nothing. */
export const GENERATED = ['docs/cli.md'];
