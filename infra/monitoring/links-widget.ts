import { Stack } from 'aws-cdk-lib';
import { type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { namesOf } from '../names.ts';
import { redriveCommand } from '../operator-commands.ts';
import type { MonitoringProps } from './monitoring-props.ts';
import type { Runbook } from './runbook.ts';

/** Where to go and what to type, at the foot of the dashboard. */
export function linksWidget(
  scope: Construct,
  { webhook, queues, links }: MonitoringProps,
  runbook: Runbook,
): IWidget {
  const names = namesOf(webhook.name);
  const { region } = Stack.of(scope);

  const markdown = [
    [
      `[Auth0 settings](${links.secret(names.auth0Secret)})`,
      `[Webhook settings](${links.secret(names.webhookSecret)})`,
      `[Queue](${links.queue(names.queue)})`,
      `[Dead letters](${links.queue(names.deadLetterQueue)})`,
      runbook.markdown,
    ].join(' · '),
    'Redrive: send the dead letters again, once the webhook works.',
    codeBlock(redriveCommand(region, queues)),
    'Dismiss an event, or rewind to an older position of the log: as the runbook says.',
  ].join('\n\n');
  return new TextWidget({ markdown, width: 24, height: 5 });
}

function codeBlock(command: string): string {
  return `\`\`\`\n${command}\n\`\`\``;
}
