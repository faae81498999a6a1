/**
 * Parses secrets of Standard Webhooks 1.0: 24 to 64 random bytes each, in base64. Undefined when
 * one of them is none.
 */
export function signingSecrets(value: string): readonly string[] | undefined {
  const secrets = value.split(/\s+/).map((secret) => secret.replace(/^whsec_/, ''));
  const isKey = (secret: string) => {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(secret) || secret.replace(/=+$/, '').length % 4 === 1) return false;
    const { length } = Buffer.from(secret, 'base64');
    return length >= 24 && length <= 64;
  };
  return secrets.every(isKey) ? secrets : undefined;
}
