import * as z from 'zod';
import { jsonText } from './json-text.ts';

const EXAMPLE = '{"subnets":["subnet-..."],"securityGroups":["sg-..."],"functions":"deliverer"}';

/** Subnets and security groups that exist already, and which functions go into them. */
export const vpcField = z.preprocess(
  jsonText,
  z
    .strictObject(
      {
        subnets: ids('subnet', 16),
        securityGroups: ids('sg', 5),
        functions: z
          .enum(['deliverer', 'poller', 'both'], { error: 'deliverer, poller or both' })
          .default('deliverer'),
      },
      { error: `${EXAMPLE}, or {} for none` },
    )
    .refine(({ subnets, securityGroups }) => (subnets.length === 0) === (securityGroups.length === 0), {
      error: 'subnets and securityGroups go together',
    }),
);

/** A list of AWS's ids of that kind, no more than Lambda takes. */
function ids(kind: 'subnet' | 'sg', most: number) {
  const error = `a list of at most ${most} ids such as ${kind}-0123456789abcdef0`;
  const id = z.string({ error }).regex(new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`), { error });
  return z.array(id, { error }).max(most, { error }).default([]);
}
