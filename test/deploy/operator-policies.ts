import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { AwsCall } from './aws-front.ts';
import type { Refusal } from './aws-refusal.ts';
import { ACCOUNT, REGION } from './emulator.ts';

const texts = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => [value].flat()),
);
const document = z.object({ Statement: z.array(z.object({ Action: texts, Resource: texts })) });

export interface Policy {
  readonly actions: readonly string[];
  allows(call: AwsCall): boolean;
}

/**
 * Both policies of docs/operators.md: what somebody who looks may do, and what somebody who acts
 * may do besides.
 */
export async function operatorPolicies(): Promise<readonly [Policy, Policy]> {
  const text = await readFile('docs/operators.md', 'utf8');
  const [look, act] = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => policyOf(json));
  if (!look || !act) throw new Error('docs/operators.md has no two policies');
  return [look, act];
}

function policyOf(json: string): Policy {
  const filled = json.replaceAll('REGION', REGION).replaceAll('ACCOUNT', ACCOUNT);
  const { Statement } = document.parse(JSON.parse(filled));
  return {
    actions: Statement.flatMap(({ Action }) => Action),
    allows: ({ action, resource }) =>
      Statement.some(
        ({ Action, Resource }) =>
          Action.includes(action) && Resource.some((pattern) => matches(pattern, resource)),
      ),
  };
}

/** Compares as IAM does: `*` is any text. */
function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}

/** Makes a function that refuses, as AWS does, what none of the policies allows. */
export function refusedBy(policies: readonly Policy[]): (call: AwsCall) => Refusal | undefined {
  return (call) =>
    policies.some((policy) => policy.allows(call)) || call.action === 'sts:GetCallerIdentity'
      ? undefined
      : {
          status: 403,
          code: 'AccessDeniedException',
          message: `User: arn:aws:iam::${ACCOUNT}:user/operator is not authorized to perform: ${call.action} on resource: ${call.resource} because no identity-based policy allows the action`,
        };
}
