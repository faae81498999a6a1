import { onTestFinished } from 'vitest';
import { startTenant, type Tenant } from '../../local/stand-ins/tenant/tenant.ts';
import type { TenantOptions } from '../../local/stand-ins/tenant/tenant-options.ts';
import { folderForTest } from './folder.ts';

/** Starts a tenant that ends with the test. Its log is empty unless the options say otherwise. */
export async function tenantForTest(options: Partial<TenantOptions> = {}): Promise<Tenant> {
  const tenant = await startTenant({ directory: await folderForTest(), history: 0, ...options });
  onTestFinished(() => tenant.stop());
  return tenant;
}
