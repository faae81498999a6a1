import { Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { webhookApp, webhookTemplate } from './template.ts';

describe('stack', () => {
  it('is one of its own for each webhook, with nothing in common', () => {
    const { stacks } = webhookApp({ webhooks: [{ name: 'users' }, { name: 'clients' }] });

    expect(stacks.map(({ stackName }) => stackName)).toEqual(['users', 'clients']);
    expect(stacks.flatMap(({ dependencies }) => dependencies)).toEqual([]);
    const clients = JSON.stringify(webhookTemplate({ webhooks: [{ name: 'clients' }] }).toJSON());
    expect(clients).not.toContain('users');
  });

  it('fits the longest name into every physical name', () => {
    const name = 'a'.repeat(54);
    const template = webhookTemplate({ name });

    const queues = Object.values(template.findResources('AWS::SQS::Queue'));
    expect(queues.every(({ Properties }) => Properties.QueueName.length <= 80)).toBe(true);
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions.every(({ Properties }) => Properties.FunctionName.length <= 64)).toBe(true);
  });

  it('tags what it makes with the name of the webhook, and as configured', () => {
    const template = webhookTemplate({ tags: { team: 'identity' } });
    const tags = [
      { Key: 'auth0-webhook', Value: 'auth0-webhooks' },
      { Key: 'team', Value: 'identity' },
    ];

    for (const type of [
      'AWS::Lambda::Function',
      'AWS::SQS::Queue',
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
    ]) {
      template.allResourcesProperties(type, { Tags: tags });
    }
  });

  it('needs neither account nor region to be synthesised', () => {
    const [stack] = webhookApp().stacks;

    expect(stack?.environment).toBe('aws://unknown-account/unknown-region');
  });

  it('prints links, names and commands to paste', () => {
    const outputs = webhookTemplate().findOutputs('*');
    const values = Object.entries(outputs).map(([key, { Value }]) => [key, readable(Value)]);

    expect(Object.fromEntries(values)).toMatchInlineSnapshot(`
      {
        "AdoptCommand": "npx cdk import auth0-webhooks --resource-mapping-inline '{"StateTable":{"TableName":"<StateTable>"},"EventQueue":{"QueueUrl":"<EventQueue>"},"DeadLetterQueue":{"QueueUrl":"<DeadLetterQueue>"},"Auth0Secret":{"Id":"<Auth0Secret>"},"WebhookSecret":{"Id":"<WebhookSecret>"}}'",
        "Auth0SettingsCommand": "aws secretsmanager put-secret-value --region <AWS::Region> --secret-id auth0-webhooks/auth0 --secret-string file://auth0.json",
        "Auth0SettingsLink": "https://<AWS::Region>.console.aws.amazon.com/secretsmanager/secret?name=auth0-webhooks%2Fauth0&region=<AWS::Region>",
        "DashboardLink": "https://<AWS::Region>.console.aws.amazon.com/cloudwatch/home?region=<AWS::Region>#dashboards/dashboard/auth0-webhooks",
        "DeadLetterQueueUrl": "<DeadLetterQueue>",
        "DelivererLogsCommand": "aws logs tail /aws/lambda/auth0-webhooks-deliverer --region <AWS::Region> --follow",
        "DelivererName": "<DelivererFunctionC82CF0C5>",
        "PollerLogsCommand": "aws logs tail /aws/lambda/auth0-webhooks-poller --region <AWS::Region> --follow",
        "PollerName": "<PollerFunctionD1C91003>",
        "QueueUrl": "<EventQueue>",
        "TableName": "<StateTable>",
        "TestEventCommand": "id=test-$(date +%s); aws sqs send-message --region <AWS::Region> --queue-url <EventQueue> --message-group-id test --message-deduplication-id $id --message-attributes "ledger={DataType=String,StringValue=test},batch={DataType=String,StringValue=test},ordinal={DataType=String,StringValue=0},resource={DataType=String,StringValue=test},log_id={DataType=String,StringValue=$id}" --message-body "{\\"log_id\\":\\"$id\\",\\"type\\":\\"test\\",\\"description\\":\\"Test event\\",\\"request\\":{},\\"response\\":{}}"",
        "WebhookSettingsCommand": "aws secretsmanager get-secret-value --region <AWS::Region> --secret-id auth0-webhooks/webhook --query SecretString --output text | jq '.WEBHOOK_URL="https://example.com/hook"' | aws secretsmanager put-secret-value --region <AWS::Region> --secret-id auth0-webhooks/webhook --secret-string file:///dev/stdin",
        "WebhookSettingsLink": "https://<AWS::Region>.console.aws.amazon.com/secretsmanager/secret?name=auth0-webhooks%2Fwebhook&region=<AWS::Region>",
      }
    `);
  });

  it('has no finding of AwsSolutions without a written reason', () => {
    const { app } = webhookApp({ webhooks: [{ name: 'users' }, { name: 'clients', concurrentCalls: 1 }] });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('would not pass with a finding', () => {
    const { app, stacks } = webhookApp();
    for (const stack of stacks) new Queue(stack, 'Bare');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).toThrow(/SQS4/);
  });

  it('is as the snapshot has it, but for the hashes of the code', () => {
    const text = JSON.stringify(webhookTemplate().toJSON());

    expect(JSON.parse(text.replaceAll(/[0-9a-f]{64}\.zip/g, '<hash>.zip'))).toMatchSnapshot();
  });
});

/** An output as CloudFormation will show it, with the names of what it does not know yet. */
function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::Join': join } = Object(value);
  return join === undefined ? `<${ref}>` : join[1].map(readable).join('');
}
