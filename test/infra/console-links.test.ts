import { describe, expect, it } from 'vitest';
import { resolveIntrinsics } from '../../local/template/intrinsics.ts';
import { webhookTemplate } from './template.ts';

const template = webhookTemplate();
const { Value: link } = template.findOutputs('Begin1Auth0SettingsLink').Begin1Auth0SettingsLink ?? {};
const conditions: Readonly<Record<string, { 'Fn::Equals': [unknown, string] }>> =
  template.toJSON().Conditions;

/** Resolves the template as CloudFormation does in that partition and region. */
function resolved(partition: string, region: string): unknown {
  return resolveIntrinsics(link, {
    ref: () => region,
    attribute: () => undefined,
    condition: (id) => conditions[id]?.['Fn::Equals'][1] === partition,
  });
}

describe('links to the console', () => {
  it.each([
    ['aws', 'eu-west-1', 'eu-west-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['aws-eusc', 'eusc-de-east-1', 'eusc-de-east-1.console.amazonaws-eusc.eu'],
  ])('of the partition %s in %s lead to %s', (partition, region, host) => {
    expect(resolved(partition, region)).toBe(
      `https://${host}/secretsmanager/secret?name=auth0-webhooks%2Fauth0&region=${region}`,
    );
  });
});
