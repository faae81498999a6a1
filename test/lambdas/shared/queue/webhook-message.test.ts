import { expect, it } from 'vitest';
import { fromAttributes, toAttributes } from '../../../../lambdas/shared/queue/webhook-message.ts';
import { webhookMessage } from '../../../support/messages.ts';

it('a message comes back as it was sent, with its round and the one before it', () => {
  const message = webhookMessage({ ordinal: 7, round: 1, after: 6 });

  expect(fromAttributes(message.body, toAttributes(message))).toEqual(message);
});

it.each([
  ['ordinal', '12345'],
  ['ordinal', ''],
  ['round', 'x'],
  ['round', '-1'],
  ['after', '1.5'],
])('one whose %s is "%s" is none of ours', (name, text) => {
  const attributes = toAttributes(webhookMessage());

  expect(fromAttributes('{}', attributes)).toBeDefined();
  expect(fromAttributes('{}', { ...attributes, [name]: text })).toBeUndefined();
});
