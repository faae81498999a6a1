import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** Reads a secret's text; `{}` while it has no value. */
export async function readSecret(client: SecretsManagerClient, id: string): Promise<string> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return SecretString ?? '{}';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return '{}';
    throw error;
  }
}

export async function writeSecret(client: SecretsManagerClient, id: string, text: string): Promise<void> {
  await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: text }));
}

/** When the secret's value was last written, epoch milliseconds. */
export async function secretChangedAt(client: SecretsManagerClient, id: string): Promise<number | undefined> {
  const { CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  return CreatedDate?.getTime();
}
