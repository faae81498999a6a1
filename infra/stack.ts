import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { shareConcurrency } from './concurrency.ts';
import type { WebhookConfig } from './config.ts';
import { createConsoleLinks } from './console-links.ts';
import { Deliverer } from './deliverer.ts';
import { Monitoring } from './monitoring.ts';
import { namesOf } from './names.ts';
import { addOutputs } from './outputs.ts';
import { Poller } from './poller.ts';
import { Queues } from './queues.ts';
import { SettingsSecrets } from './settings-secrets.ts';
import { StateTable } from './state-table.ts';

/**
 * Everything of one webhook. Its parts stand in the order in which an event passes through them.
 */
export class WebhookStack extends Stack {
  constructor(scope: Construct, webhook: WebhookConfig) {
    super(scope, webhook.name, { description: `Auth0 Management API webhook ${webhook.name}` });
    const { name } = webhook;
    const names = namesOf(name);
    const concurrency = shareConcurrency(webhook.concurrentCalls);

    const links = createConsoleLinks(this);
    const settings = new SettingsSecrets(this, 'Settings', { names });
    const state = new StateTable(this, 'State');
    const queues = new Queues(this, 'Events', { names });
    const poller = new Poller(this, 'Poller', {
      webhook,
      order: concurrency.order,
      state,
      queues,
      settings: settings.auth0,
    });
    const deliverer = new Deliverer(this, 'Deliverer', {
      webhook,
      concurrency,
      state,
      queues,
      settings: settings.webhook,
    });
    // A deploy that teaches both functions something new about messages teaches the reader first.
    poller.function.node.addDependency(deliverer.function);

    new Monitoring(this, 'Monitoring', { webhook, links, state, queues, poller, deliverer });
    addOutputs(this, {
      webhook,
      order: concurrency.order,
      links,
      settings,
      state,
      queues,
      poller: poller.function,
      deliverer: deliverer.function,
    });
    this.tag(webhook);
  }

  private tag({ name, tags }: WebhookConfig): void {
    Tags.of(this).add('auth0-webhook', name, { excludeResourceTypes: [DASHBOARD] });
    for (const [key, value] of Object.entries(tags)) {
      // Tags come and go, and no update may touch a secret (see settings-secrets.ts). So secrets
      // get none.
      Tags.of(this).add(key, value, { excludeResourceTypes: [DASHBOARD, 'AWS::SecretsManager::Secret'] });
    }
  }
}

/**
 * Dashboards get no tags. cfn-lint knows of none, and a property that a region does not have yet
 * would fail the deploy.
 */
const DASHBOARD = 'AWS::CloudWatch::Dashboard';
