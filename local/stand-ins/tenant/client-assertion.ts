import { constants, createPublicKey, verify } from 'node:crypto';
import * as z from 'zod';
import { jsonOrUndefined } from '../../../lambdas/shared/text/json.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface AssertionCheck {
  readonly clientId: string;
  /** PEM. */
  readonly publicKey: string;
  /** Values that `aud` may have: the tenant, or its token endpoint. */
  readonly audiences: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

const headerSchema = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384']) });
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  jti: z.string(),
});

/** Says what is wrong with a client's signed assertion (RFC 7523); undefined when nothing is. */
export function assertionProblem(assertion: string, check: AssertionCheck): string | undefined {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const header = headerSchema.safeParse(jsonOrUndefined(decoded(head)));
  const claims = claimsSchema.safeParse(jsonOrUndefined(decoded(body)));
  if (!header.success) return 'Invalid client_assertion: algorithm';
  if (!claims.success) return 'Invalid client_assertion: claims';
  if (!isSigned(header.data.alg, `${head}.${body}`, signature, check.publicKey))
    return 'Invalid client_assertion: signature';
  const { iss, sub, aud, exp } = claims.data;
  if (iss !== check.clientId || sub !== check.clientId) return 'Invalid client_assertion: iss and sub';
  if (!check.audiences.includes(aud)) return 'Invalid client_assertion: aud';
  return exp * 1000 <= check.now ? 'Invalid client_assertion: expired' : undefined;
}

function isSigned(algorithm: string, signed: string, signature: string, publicKey: string): boolean {
  const key = createPublicKey(publicKey);
  const padding = algorithm.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const options = { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify(
    `sha${algorithm.slice(2)}`,
    Buffer.from(signed),
    options,
    Buffer.from(signature, 'base64url'),
  );
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString();
}
