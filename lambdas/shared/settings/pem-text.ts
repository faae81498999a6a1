/** One block of a PEM text (RFC 7468), such as a certificate. */
export interface PemBlock {
  /** The label, such as `CERTIFICATE` or `PRIVATE KEY`. */
  readonly label: string;
  /** The block in lines of 64 characters, as every reader takes it. */
  readonly text: string;
  readonly isEncrypted: boolean;
}

const LABELS = [
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
  'PRIVATE KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'EC PARAMETERS',
  'PUBLIC KEY',
];

/**
 * Finds the blocks of a PEM text in any form in which people paste it. Line breaks may be spaces,
 * lost, or written as `\n` or `\r\n`; the whole may be in base64 or in quotes. Undefined when a
 * block is cut short, or there is none.
 */
export function pemBlocks(value: string): readonly PemBlock[] | undefined {
  const text = unwrapped(value).replace(/\\r\\n|\\n|\\r/g, '\n');
  const found = [...text.matchAll(/-----\s*BEGIN([A-Z0-9\s]*?)-----(.*?)-----\s*END\1-----/gs)];
  const begun = text.match(/-----\s*BEGIN/g)?.length ?? 0;
  if (found.length === 0 || found.length !== begun) return undefined;
  const blocks = found.map(([, label = '', content = '']) => block(label, content));
  return blocks.some((one) => one === undefined) ? undefined : blocks.filter((one) => one !== undefined);
}

/** Takes off base64 around the whole text. */
function unwrapped(value: string): string {
  if (value.includes('-----') || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(value)) return value;
  return Buffer.from(value, 'base64').toString('latin1');
}

function block(written: string, content: string): PemBlock | undefined {
  const label = LABELS.find((one) => one.replaceAll(' ', '') === written.replace(/\s/g, ''));
  // In OpenSSL's old form an encrypted key has headers before it.
  const isEncrypted = label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:\s*4,\s*ENCRYPTED/.test(content);
  const base64 = content.replace(/\s/g, '');
  if (label === undefined || (!isEncrypted && !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))) return undefined;
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    label,
    isEncrypted,
    text: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'),
  };
}
