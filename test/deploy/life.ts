import { type Receiver, startReceiver } from '../../local/stand-ins/receiver/receiver.ts';
import { startTenant, type Tenant } from '../../local/stand-ins/tenant/tenant.ts';
import { type Seen, seenOf, userChange } from '../system/events.ts';
import type { Outputs } from './cdk.ts';
import { type DeployedSystem, startDeployedSystem } from './deployed-system.ts';
import { type Deployment, startDeployment } from './deployment.ts';
import { editSettings, readSettings } from './settings.ts';

/** Number of users whose changes the events are. */
const USERS = 8;

/** One account, one tenant and one webhook, over several deployments. */
export interface Life extends Deployment {
  readonly tenant: Tenant;
  /** The receiver; it exists after `fillSettings`. */
  receiver(): Receiver;
  /** Every call to the webhook, in order. */
  readonly seen: readonly Seen[];
  /**
   * Writes the settings into the two secrets, as the README says. The rest of each secret stays.
   */
  fillSettings(name: string): Promise<void>;
  /**
   * Makes so many more changes in the tenant.
   * @returns their ids
   */
  happen(count: number): readonly string[];
  /** Runs what was deployed. The system before it must have stopped. */
  run(outputs: Outputs): Promise<DeployedSystem>;
}

export async function startLife(): Promise<Life> {
  const deployment = await startDeployment();
  const tenant = await startTenant({ directory: deployment.folder, history: 0 });
  const seen: Seen[] = [];
  let receiver: Receiver | undefined;
  let index = 0;

  return {
    ...deployment,
    tenant,
    seen,
    receiver() {
      if (receiver === undefined) throw new Error('the webhook has no signing secret yet');
      return receiver;
    },
    async fillSettings(name) {
      const { values } = await readSettings(deployment.emulator, `${name}/webhook`);
      receiver ??= await startReceiver({
        secrets: [values.WEBHOOK_SIGNING_SECRET ?? ''],
        onCall: (call) => seen.push(seenOf(call)),
      });
      await editSettings(deployment.emulator, `${name}/auth0`, {
        AUTH0_DOMAIN: tenant.domain,
        AUTH0_CLIENT_ID: tenant.clientId,
        AUTH0_CLIENT_SECRET: tenant.clientSecret,
        START_FROM: 'earliest',
        SETTLE_SECONDS: '0',
      });
      await editSettings(deployment.emulator, `${name}/webhook`, {
        WEBHOOK_URL: receiver.url,
        WEBHOOK_ALLOW_HTTP: 'true',
        WEBHOOK_ALLOW_PRIVATE: 'true',
      });
    },
    happen(count) {
      const date = new Date().toISOString();
      return tenant.append(Array.from({ length: count }, () => userChange(index++, date, USERS)));
    },
    run: (outputs) =>
      startDeployedSystem({
        emulator: deployment.emulator,
        outputs,
        folder: deployment.folder,
        caFile: tenant.caFile,
      }),
    async stop() {
      await Promise.all([tenant.stop(), receiver?.stop()]);
      await deployment.stop();
    },
  };
}
