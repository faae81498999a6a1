import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type ISecret, Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { pinLogicalId } from './logical-ids.ts';
import type { namesOf } from './names.ts';

// Never change these; a test holds them. CloudFormation writes a secret anew whenever its text,
// template or generator changes, over what people entered. A new setting is not added here: it is
// unset until somebody adds its key.
const AUTH0_KEYS = [
  'AUTH0_DOMAIN',
  'AUTH0_CLIENT_ID',
  'AUTH0_CLIENT_SECRET',
  'AUTH0_API_ENDPOINTS',
  'AUTH0_API_METHODS',
  'AUTH0_LOG_TYPES',
  'START_FROM',
] as const;
const WEBHOOK_KEYS = [
  'WEBHOOK_URL',
  'WEBHOOK_AUTHORIZATION',
  'WEBHOOK_HEADERS',
  'WEBHOOK_TIMEOUT_SECONDS',
] as const;
const GENERATED_KEY = 'WEBHOOK_SIGNING_SECRET';
/** Letters and digits of the signing secret: they are base64 of 48 bytes. */
const SIGNING_SECRET_CHARACTERS = 64;

export interface SettingsSecretsProps {
  readonly names: Pick<ReturnType<typeof namesOf>, 'auth0Secret' | 'webhookSecret'>;
}

/**
 * The two secrets that people edit, each with all its keys; an empty value means unset. They
 * outlive their stack.
 */
export class SettingsSecrets extends Construct {
  readonly auth0: ISecret;
  readonly webhook: ISecret;

  constructor(scope: Construct, id: string, props: SettingsSecretsProps) {
    super(scope, id);
    const { names } = props;

    this.auth0 = this.secret('Auth0Secret', {
      secretName: names.auth0Secret,
      description: 'The Auth0 tenant whose log is read, and which of its events are sent',
      // The text is plain, as it holds no secret yet.
      secretStringValue: SecretValue.unsafePlainText(emptyValues(AUTH0_KEYS)),
    });
    this.webhook = this.secret('WebhookSecret', {
      secretName: names.webhookSecret,
      description: 'Where the events are sent, and the secret that signs them',
      generateSecretString: {
        secretStringTemplate: emptyValues(WEBHOOK_KEYS),
        generateStringKey: GENERATED_KEY,
        passwordLength: SIGNING_SECRET_CHARACTERS,
        excludePunctuation: true,
      },
    });
  }

  private secret(id: string, props: SecretProps): ISecret {
    // Every operation keeps the secrets but the rollback of a first deploy. Were they kept then,
    // the next deploy would fail at their names.
    const removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const secret = new Secret(this, id, { ...props, removalPolicy });
    pinLogicalId(secret, id);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        "Auth0's client secret and the webhook's signing secret are changed at both ends by their owner; a rotation on one end alone would break the connection. Rotating the signing secret by hand is supported: several keys sign at once.",
    });
    return secret;
  }
}

/**
 * Grants `GetSecretValue` and nothing else. CDK's own `grantRead` adds `DescribeSecret`, which no
 * function uses.
 */
export function grantReadSettings(secret: ISecret, grantee: IGrantable): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
  );
}

function emptyValues(keys: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, ''])));
}
