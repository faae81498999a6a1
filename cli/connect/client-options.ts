import type { GlobalOptions } from '../context.ts';

/** How every client finds AWS: as the AWS command line does, with the two options of ours first. */
export function clientOptions({ region, profile }: GlobalOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
}
