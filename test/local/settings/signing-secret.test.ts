import { describe, expect, it } from 'vitest';
import { signingSecretOf } from '../../../local/settings/signing-secret.ts';

const GENERATED = {
  name: 'hook/webhook',
  arn: 'arn',
  initialValue: () => '{"WEBHOOK_URL":"","WEBHOOK_SIGNING_SECRET":"new"}',
};

describe('signingSecretOf', () => {
  it('keeps the one that is there', () => {
    expect(signingSecretOf('{"WEBHOOK_SIGNING_SECRET":"kept","WEBHOOK_URL":"x"}', GENERATED)).toBe('kept');
  });

  it.each([undefined, '{', '{}', '{"WEBHOOK_SIGNING_SECRET":""}'])(
    'generates one in place of %s',
    (value) => {
      expect(signingSecretOf(value, GENERATED)).toBe('new');
    },
  );
});
