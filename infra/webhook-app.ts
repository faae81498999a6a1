import { App, type AppProps } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { parseConfig } from './config.ts';
import { WebhookStack } from './stack.ts';

export interface WebhookApp {
  readonly app: App;
  /** One independent stack per webhook, in the order of the configuration. */
  readonly stacks: readonly WebhookStack[];
}

/**
 * The whole app, from its context: what `props.context` gives, under what the CDK command line
 * passes.
 *
 * @throws {ConfigError} naming every fault of the context.
 */
export function createWebhookApp({ context = {}, ...props }: AppProps = {}): WebhookApp {
  // The library is pinned to one version, so its own recommendation is as fixed as 90 flags in
  // cdk.json would be.
  const app = new App({ ...props, context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...context } });
  return {
    app,
    stacks: parseConfig(app.node.getAllContext()).map((webhook) => new WebhookStack(app, webhook)),
  };
}
