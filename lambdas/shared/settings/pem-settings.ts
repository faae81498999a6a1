import { createPrivateKey, X509Certificate } from 'node:crypto';

/** The console's editor keeps one line: there `\\n` may stand for a line break. */
function lines(pemText: string): string {
  return pemText.replaceAll('\\n', '\n');
}

function pem(value: string, check: (text: string) => unknown): string | undefined {
  const text = lines(value);
  try {
    check(text);
    return text;
  } catch {
    return undefined;
  }
}

const BEGIN = '-----BEGIN CERTIFICATE-----';

/** The text of one or more X.509 certificates in PEM, each of which can be read. */
export function certificates(value: string): string | undefined {
  return pem(value, (text) => {
    const [, ...found] = text.split(BEGIN); // before the first one a comment may stand
    for (const one of found.length > 0 ? found.map((rest) => BEGIN + rest) : [text]) new X509Certificate(one);
  });
}

/** The text of a private key in PEM. */
export function privateKey(value: string): string | undefined {
  return pem(value, createPrivateKey);
}

/** False when both can be read but the key is another certificate's: every connection would fail. */
export function belongTogether(certificate: unknown, key: unknown): boolean {
  if (typeof certificate !== 'string' || typeof key !== 'string') return true;
  try {
    return new X509Certificate(lines(certificate)).checkPrivateKey(createPrivateKey(lines(key)));
  } catch {
    return true; // one of them is no PEM, which is a fault of its own
  }
}
