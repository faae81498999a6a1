import { Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { webhookApp, webhookTemplate } from './template.ts';

describe('stack', () => {
  it('is one of its own for each webhook, with nothing in common', () => {
    const { stacks } = webhookApp({ webhooks: [{ name: 'staff' }, { name: 'partners' }] });

    expect(stacks.map(({ stackName }) => stackName)).toEqual(['staff', 'partners']);
    expect(stacks.flatMap(({ dependencies }) => dependencies)).toEqual([]);
    const partners = JSON.stringify(webhookTemplate({ webhooks: [{ name: 'partners' }] }).toJSON());

    expect(partners).not.toContain('staff');
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

  it('prints what to do first, in order, and the long command last', () => {
    const outputs = webhookTemplate().findOutputs('*');
    const printed = Object.keys(outputs).toSorted(); // as the command line and the console do

    expect(Object.keys(outputs)).toEqual(printed);
    const values = printed.map((key) => [key, readable(outputs[key]?.Value)]);

    expect(Object.fromEntries(values)).toMatchInlineSnapshot(`
      {
        "Begin1Auth0SettingsCommand": "( printf 'AUTH0_DOMAIN: ' >&2; read -r AUTH0_DOMAIN; [ -n "$AUTH0_DOMAIN" ] || { echo 'empty: nothing was changed' >&2; exit 1; }; printf 'AUTH0_CLIENT_ID: ' >&2; read -r AUTH0_CLIENT_ID; [ -n "$AUTH0_CLIENT_ID" ] || { echo 'empty: nothing was changed' >&2; exit 1; }; printf 'AUTH0_CLIENT_SECRET (not shown): ' >&2; read -rs AUTH0_CLIENT_SECRET; echo >&2; [ -n "$AUTH0_CLIENT_SECRET" ] || { echo 'empty: nothing was changed' >&2; exit 1; }; export AUTH0_DOMAIN; export AUTH0_CLIENT_ID; export AUTH0_CLIENT_SECRET; old=$(aws secretsmanager get-secret-value --region <AWS::Region> --secret-id auth0-webhooks/auth0 --query SecretString --output text) && new=$(printf %s "$old" | jq -e '.AUTH0_DOMAIN=env.AUTH0_DOMAIN | .AUTH0_CLIENT_ID=env.AUTH0_CLIENT_ID | .AUTH0_CLIENT_SECRET=env.AUTH0_CLIENT_SECRET') && printf %s "$new" | aws secretsmanager put-secret-value --region <AWS::Region> --secret-id auth0-webhooks/auth0 --secret-string file:///dev/stdin )",
        "Begin1Auth0SettingsLink": "https://<AWS::Region>.console.aws.amazon.com/secretsmanager/secret?name=auth0-webhooks%2Fauth0&region=<AWS::Region>",
        "Begin2WebhookSettingsCommand": "( printf 'WEBHOOK_URL: ' >&2; read -r WEBHOOK_URL; [ -n "$WEBHOOK_URL" ] || { echo 'empty: nothing was changed' >&2; exit 1; }; export WEBHOOK_URL; old=$(aws secretsmanager get-secret-value --region <AWS::Region> --secret-id auth0-webhooks/webhook --query SecretString --output text) && new=$(printf %s "$old" | jq -e '.WEBHOOK_URL=env.WEBHOOK_URL') && printf %s "$new" | aws secretsmanager put-secret-value --region <AWS::Region> --secret-id auth0-webhooks/webhook --secret-string file:///dev/stdin )",
        "Begin2WebhookSettingsLink": "https://<AWS::Region>.console.aws.amazon.com/secretsmanager/secret?name=auth0-webhooks%2Fwebhook&region=<AWS::Region>",
        "Begin2WebhookSigningSecretCommand": "aws secretsmanager get-secret-value --region <AWS::Region> --secret-id auth0-webhooks/webhook --query SecretString --output text | jq -r .WEBHOOK_SIGNING_SECRET",
        "Begin3TestEventCommand": "id=test-$(date +%s); aws sqs send-message --region <AWS::Region> --queue-url <EventQueue> --message-group-id $id --message-deduplication-id $id --message-attributes "ledger={DataType=String,StringValue=test},batch={DataType=String,StringValue=$id},ordinal={DataType=String,StringValue=0},resource={DataType=String,StringValue=$id},log_id={DataType=String,StringValue=$id}" --message-body "{\\"log_id\\":\\"$id\\",\\"type\\":\\"test\\",\\"description\\":\\"Test event\\",\\"request\\":{},\\"response\\":{}}"",
        "DashboardLink": "https://<AWS::Region>.console.aws.amazon.com/cloudwatch/home?region=<AWS::Region>#dashboards/dashboard/auth0-webhooks-<AWS::Region>",
        "DeadLetterQueueUrl": "<DeadLetterQueue>",
        "DelivererName": "<DelivererFunctionC82CF0C5>",
        "DeployedWith": "{}",
        "PollerName": "<PollerFunctionD1C91003>",
        "QueueUrl": "<EventQueue>",
        "TableName": "<StateTable>",
        "WhenDestroyedAdoptCommand": "npx cdk import auth0-webhooks --resource-mapping-inline '{"StateTable":{"TableName":"<StateTable>"},"EventQueue":{"QueueUrl":"<EventQueue>"},"DeadLetterQueue":{"QueueUrl":"<DeadLetterQueue>"},"Auth0Secret":{"Id":"<Auth0Secret>"},"WebhookSecret":{"Id":"<WebhookSecret>"}}'",
      }
    `);
  });

  it('has written in it every value that is not the default', () => {
    const deployedWith = (context: Record<string, unknown>) =>
      JSON.parse(webhookTemplate(context).findOutputs('DeployedWith').DeployedWith?.Value);

    expect(deployedWith({})).toEqual({});
    expect(deployedWith({ name: 'users', concurrentCalls: '20', tags: '{"team":"a"}', memory: 256 })).toEqual(
      {
        name: 'users',
        concurrentCalls: 20,
        tags: { team: 'a' },
      },
    );
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

  it('is as the snapshot has it, but for the hashes of the code and the text of the runbook', () => {
    const text = JSON.stringify(webhookTemplate().toJSON())
      .replaceAll(/[0-9a-f]{64}\.zip/g, '<hash>.zip')
      .replaceAll(/"AlarmDescription":"(?:[^"\\]|\\.)*"/g, '"AlarmDescription":"<the article>"');

    expect(JSON.parse(text)).toMatchSnapshot();
  });
});

/**
 * An output as CloudFormation shows it in AWS's first partition. It has the names of what is not
 * known yet.
 */
function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::Join': join, 'Fn::If': choice } = Object(value);
  if (choice !== undefined) return readable(choice[2]);
  return join === undefined ? `<${ref}>` : join[1].map(readable).join('');
}
