import { type Receiver, startReceiver } from '../../local/stand-ins/receiver/receiver.ts';
import type { Tenant } from '../../local/stand-ins/tenant/tenant.ts';

export const SIGNING_SECRET = 'c2lnbmluZ1NlY3JldE9mVGhlVGVzdHNUaGF0Tm9ib2R5S25vd3NBdEFsbDEyMzQ1';

/** A receiver that knows when each event was written to the log. */
export interface FreshEvents {
  readonly receiver: Receiver;
  /** Seconds from the log to the call, for each event that came. */
  readonly waited: readonly number[];
  /** How many events have not come yet. */
  missing(): number;
  /** Writes a change of one of fifty users, now. */
  append(tenant: Tenant): void;
}

export async function freshEvents(): Promise<FreshEvents> {
  const written = new Map<string, number>();
  const waited: number[] = [];
  const receiver = await startReceiver({
    secrets: [SIGNING_SECRET],
    onCall({ webhookId }) {
      const at = written.get(webhookId ?? '');
      if (at !== undefined) waited.push((Date.now() - at) / 1_000);
      written.delete(webhookId ?? '');
    },
  });
  return {
    receiver,
    waited,
    missing: () => written.size,
    append(tenant) {
      const now = Date.now();
      const user = Math.floor(Math.random() * 50);
      const [id = ''] = tenant.append({
        date: new Date(now).toISOString(),
        type: 'sapi',
        description: 'Update a User',
        client_id: 'dashboard',
        details: {
          request: { method: 'patch', path: `/api/v2/users/auth0%7C${user}`, body: { blocked: true } },
          response: { statusCode: 200, body: {} },
        },
      });
      written.set(id, now);
    },
  };
}
