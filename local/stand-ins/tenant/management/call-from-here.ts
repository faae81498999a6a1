import type { Answer } from '../answer.ts';
import { answerManagement, type ManagementEndpoint } from './management-endpoint.ts';
import { MANAGEMENT_SCOPE } from './routes.ts';

/**
 * Makes a call of the Management API as if it came over the network. `path` comes after `/api/v2/`.
 */
export function callFromHere(
  management: ManagementEndpoint,
  method: string,
  path: string,
  body: object,
): Answer {
  return answerManagement(management, {
    method,
    url: new URL(`/api/v2/${path}`, management.origin),
    body: JSON.stringify(body),
    authorization: `Bearer ${management.tokens.issue(MANAGEMENT_SCOPE)}`,
    userAgent: 'local mode',
    auth0Client: '',
  });
}
