import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { WebhookConfig } from '../config.ts';

/**
 * The topic to which the alarms publish. People subscribe to it by e-mail, Slack or whatever SNS
 * knows.
 */
export function addAlarmTopic(
  scope: Construct,
  { name, alarmEmail }: Pick<WebhookConfig, 'name' | 'alarmEmail'>,
): ITopic {
  const topic = new Topic(scope, 'Topic', { displayName: `Webhook ${name}`, enforceSSL: true });
  const { account } = Stack.of(scope);
  // The topic's own policy replaces the default one, which lets the account's alarms publish. So
  // this one must let them, too.
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: {
          'aws:SourceArn': Stack.of(scope).formatArn({
            service: 'cloudwatch',
            resource: `alarm:${name}-*`,
          }),
        },
      },
    }),
  );
  if (alarmEmail !== '') topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}
