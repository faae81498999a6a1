import { describe, expect, it } from 'vitest';
import { theResource, webhookTemplate } from './template.ts';

const template = webhookTemplate();
const SECRET = 'AWS::SecretsManager::Secret';

describe('stateful resources', () => {
  it('keeps the table under its logical id, and after its stack', () => {
    expect(template.findResources('AWS::DynamoDB::GlobalTable').StateTable).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it.each([
    ['EventQueue', 'AWS::SQS::Queue'],
    ['DeadLetterQueue', 'AWS::SQS::Queue'],
    ['Auth0Secret', SECRET],
    ['WebhookSecret', SECRET],
  ])(
    'keeps %s under its logical id, and after its stack, but not its name after a first deploy that fails',
    (logicalId, type) => {
      expect(template.findResources(type)[logicalId]).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    },
  );

  it('has no others', () => {
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.resourceCountIs(SECRET, 2);
  });

  it('keeps ids, names and secrets when the configuration changes', () => {
    const changed = webhookTemplate({
      schedule: 'rate(5 minutes)',
      concurrentCalls: 20,
      reserveConcurrency: false,
      retryWindow: '1 day',
      memory: 1_024,
      logRetentionDays: 7,
      alarmEmail: 'ops@example.com',
    });

    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::SQS::Queue', SECRET]) {
      expect(changed.findResources(type)).toEqual(template.findResources(type));
    }
  });

  it('keeps the secrets as they are when tags change', () => {
    const tagged = webhookTemplate({ tags: { team: 'identity' } });

    expect(tagged.findResources(SECRET)).toEqual(template.findResources(SECRET));
  });
});

describe('state table', () => {
  it('is on demand, restorable to any point in time, protected, and has no name of its own', () => {
    expect(theResource(template, 'AWS::DynamoDB::GlobalTable').definition.Properties).toEqual({
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [
        {
          Region: { Ref: 'AWS::Region' },
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          Tags: [{ Key: 'auth0-webhook', Value: 'auth0-webhooks' }],
        },
      ],
    });
  });
});

// These are frozen: CloudFormation writes a secret anew when any of this changes, over what people
// entered. Do not bring them up to date with new keys (see infra/settings-secrets.ts).
describe('secrets', () => {
  it('starts the Auth0 settings with every key empty, as frozen', () => {
    const { definition } = theResource(template, SECRET, { Name: 'auth0-webhooks/auth0' });

    expect(definition.Properties).toEqual({
      Name: 'auth0-webhooks/auth0',
      Description: 'The Auth0 tenant whose log is read, and which of its events are sent',
      SecretString:
        '{"AUTH0_DOMAIN":"","AUTH0_CLIENT_ID":"","AUTH0_CLIENT_SECRET":"","AUTH0_API_ENDPOINTS":"","AUTH0_API_METHODS":"","AUTH0_LOG_TYPES":"","START_FROM":""}',
      Tags: [{ Key: 'auth0-webhook', Value: 'auth0-webhooks' }],
    });
  });

  it('generates the signing secret once, beside empty webhook settings, as frozen', () => {
    const { definition } = theResource(template, SECRET, { Name: 'auth0-webhooks/webhook' });

    expect(definition.Properties).toEqual({
      Name: 'auth0-webhooks/webhook',
      Description: 'Where the events are sent, and the secret that signs them',
      GenerateSecretString: {
        SecretStringTemplate:
          '{"WEBHOOK_URL":"","WEBHOOK_AUTHORIZATION":"","WEBHOOK_HEADERS":"","WEBHOOK_TIMEOUT_SECONDS":""}',
        GenerateStringKey: 'WEBHOOK_SIGNING_SECRET',
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
      Tags: [{ Key: 'auth0-webhook', Value: 'auth0-webhooks' }],
    });
  });
});
