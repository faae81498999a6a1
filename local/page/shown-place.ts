import { randomUUID } from 'node:crypto';
import type { Receiver } from '../stand-ins/receiver/receiver.ts';
import type { Tenant } from '../stand-ins/tenant/tenant.ts';
import type { Place } from './shapes.ts';
import { createTenantToys, type TenantToys } from './tenant-toys.ts';
import type { WebhookMode } from './webhook-toys.ts';

export interface ShownPlace {
  place(): Place;
  readonly toys: TenantToys | undefined;
  onWebhookMode(mode: WebhookMode): void;
}

/** What the page is about. It is sent again whenever it changes. */
export function createPlace(
  {
    tenant,
    receiver,
    domain,
    webhookUrl,
  }: {
    readonly tenant: Tenant | undefined;
    readonly receiver: Receiver | undefined;
    readonly domain: string;
    readonly webhookUrl: string;
  },
  tell: (place: Place) => void,
): ShownPlace {
  const run = randomUUID();
  let webhookMode: WebhookMode = 'ok';
  const place = (): Place => ({
    run,
    domain,
    webhookUrl,
    webhookMode,
    simulated: tenant !== undefined,
    ours: receiver !== undefined,
    rate: toys?.rate(),
  });
  const toys = tenant && createTenantToys(tenant, () => tell(place()));
  return {
    place,
    toys,
    onWebhookMode(mode) {
      webhookMode = mode;
      tell(place());
    },
  };
}
