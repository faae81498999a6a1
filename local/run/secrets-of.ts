import { DelivererEnv, PollerEnv } from '../../lambdas/shared/contract.ts';
import type { Services } from '../services/services.ts';
import type { SecretDefinition } from '../template/resources.ts';

/** The two secrets of the template, as its functions name them. */
export function secretsOf({
  pipeline,
}: Pick<Services, 'pipeline'>): Readonly<Record<'auth0' | 'webhook', SecretDefinition>> {
  const secretAt = (id: string | undefined): SecretDefinition => {
    const found = pipeline.secrets.find(({ arn, name }) => id === arn || id === name);
    if (!found) throw new Error(`The template has no secret ${id}.`);
    return found;
  };
  return {
    auth0: secretAt(pipeline.poller.environment[PollerEnv.secretId]),
    webhook: secretAt(pipeline.deliverer.environment[DelivererEnv.secretId]),
  };
}
