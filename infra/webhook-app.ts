import { App, type AppProps } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { parseConfig, type Values } from './config.ts';
import { contextHints } from './context-hints.ts';
import { projectContext } from './project-context.ts';
import { WebhookStack } from './stack.ts';

export interface WebhookApp {
  readonly app: App;
  /** One independent stack for each webhook, in the order of the configuration. */
  readonly stacks: readonly WebhookStack[];
  /** Hints about what is odd but no fault. */
  readonly hints: readonly string[];
}

/**
 * The whole app, made from its context. What the CDK command line passes wins over `props.context`.
 *
 * @throws {ConfigError} naming every fault of the context.
 */
export function createWebhookApp({ context = {}, ...props }: AppProps = {}): WebhookApp {
  // Takes the library's recommended flags. Its version is pinned, so they are as fixed as 90 flags
  // in cdk.json would be.
  const app = new App({ ...props, context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...context } });
  const given: Values = app.node.getAllContext();
  const project = projectContext();
  return {
    app,
    stacks: parseConfig(given, project).map((webhook) => new WebhookStack(app, webhook)),
    hints: contextHints(given, project),
  };
}
