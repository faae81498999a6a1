import type { GlobalOptions } from '../context.ts';

/**
 * Options of every AWS client: `--region` and `--profile` first, else what the AWS CLI would take.
 */
export function clientOptions({ region, profile }: GlobalOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
}
