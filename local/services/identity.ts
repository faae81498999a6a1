import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Region and account of everything that local mode makes. */
export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT = '000000000000';

/**
 * The run's key. Each process draws it anew, and the embedded services answer only to who has it.
 * They hold a real tenant's secret and people's data, and any program on this machine can connect
 * to them.
 */
export const LOCAL_CREDENTIALS = {
  accessKeyId: `local${randomBytes(20).toString('hex')}`,
  secretAccessKey: randomBytes(20).toString('hex'),
} as const;

/** Options of an SDK client for an embedded service. */
export function clientOf(endpoint: string) {
  return { endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
}

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * True for a request to this machine by its own name. A page that was led here by another name (DNS
 * rebinding) has that in `Host`.
 */
export function isAddressedToLoopback({ headers }: IncomingMessage): boolean {
  return LOOPBACK_HOST.test(headers.host ?? '');
}

/**
 * True when the caller has this run's key. The access key id stands in the clear in each signed
 * request.
 */
export function isCalledByUs(request: IncomingMessage): boolean {
  const { authorization = '' } = request.headers;
  return (
    isAddressedToLoopback(request) && authorization.includes(`Credential=${LOCAL_CREDENTIALS.accessKeyId}/`)
  );
}

/** What AWS answers to credentials that it does not know. */
export const UNKNOWN_CALLER = {
  status: 403,
  body: {
    __type: 'UnrecognizedClientException',
    message: "This endpoint answers only to the run of local mode that started it, by that run's key.",
  },
} as const;
