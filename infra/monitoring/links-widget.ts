import { Stack } from 'aws-cdk-lib';
import { type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { namesOf } from '../names.ts';
import { redriveCommand, rewindCommand } from '../operator-commands.ts';
import type { MonitoringProps } from './monitoring-props.ts';

/** Where to go and what to type, at the foot of the dashboard. */
export function linksWidget(scope: Construct, { webhook, queues, state }: MonitoringProps): IWidget {
  const names = namesOf(webhook.name);
  const { region, account, urlSuffix } = Stack.of(scope);
  const console = `https://${region}.console.aws.amazon.com`;
  const secretLink = (title: string, name: string) =>
    `[${title}](${console}/secretsmanager/secret?name=${encodeURIComponent(name)}&region=${region})`;
  const queueLink = (title: string, name: string) =>
    // The console wants the queue's URL, encoded; a reference to it could not be.
    `[${title}](${console}/sqs/v3/home?region=${region}#/queues/https%3A%2F%2Fsqs.${region}.${urlSuffix}%2F${account}%2F${name})`;
  const runbook = /^https?:/.test(webhook.runbook)
    ? `[Runbook](${webhook.runbook})`
    : `Runbook: \`${webhook.runbook}\``;

  const markdown = [
    [
      secretLink('Auth0 settings', names.auth0Secret),
      secretLink('Webhook settings', names.webhookSecret),
      queueLink('Queue', names.queue),
      queueLink('Dead letters', names.deadLetterQueue),
      runbook,
    ].join(' · '),
    'Redrive: send the dead letters again, once the webhook works.',
    codeBlock(redriveCommand(region, queues)),
    'Rewind: read the log again from an older position (a `log_id`, or made from a time as the runbook says); the webhook gets those events again.',
    codeBlock(rewindCommand(region, state)),
  ].join('\n\n');
  return new TextWidget({ markdown, width: 24, height: 7 });
}

function codeBlock(command: string): string {
  return `\`\`\`\n${command}\n\`\`\``;
}
