import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { statementsOf, theResource, webhookApp, webhookTemplate } from './template.ts';

const VPC = { subnets: ['subnet-01234567', 'subnet-89abcdef'], securityGroups: ['sg-01234567'] };
const VPC_CONFIG = { SubnetIds: VPC.subnets, SecurityGroupIds: VPC.securityGroups };
const POLLER = 'auth0-webhooks-poller';
const DELIVERER = 'auth0-webhooks-deliverer';
const ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

const plain = webhookTemplate();
const vpcConfigOf = (of: typeof plain, name: string) =>
  theResource(of, 'AWS::Lambda::Function', { FunctionName: name }).definition.Properties.VpcConfig;

describe('vpc', () => {
  it.each([
    [undefined, [DELIVERER]],
    ['deliverer', [DELIVERER]],
    ['poller', [POLLER]],
    ['both', [POLLER, DELIVERER]],
  ])('for %s puts just these functions into the subnets: %j', (functions, meant) => {
    const template = webhookTemplate({ vpc: functions === undefined ? VPC : { ...VPC, functions } });

    const connected = [POLLER, DELIVERER].filter((name) => vpcConfigOf(template, name) !== undefined);

    expect(connected).toEqual(meant);
    for (const name of connected) expect(vpcConfigOf(template, name)).toEqual(VPC_CONFIG);
  });

  it('lets Lambda make network interfaces by the role, and the code in the function not', () => {
    const template = webhookTemplate({ vpc: VPC });
    const added = statementsOf(template, DELIVERER).filter(({ Resource }) => Resource === '*');

    expect(added).toEqual([
      { Effect: 'Allow', Action: ACTIONS, Resource: '*' },
      {
        Effect: 'Deny',
        Action: ACTIONS,
        Resource: '*',
        Condition: { ArnEquals: { 'lambda:SourceFunctionArn': expect.anything() } },
      },
    ]);
    expect(JSON.stringify(added[1]?.Condition)).toContain(`:function:${DELIVERER}"`);
    expect(statementsOf(template, POLLER)).toEqual(statementsOf(plain, POLLER));
  });

  it('changes nothing else', () => {
    const { Resources: before } = plain.toJSON();
    const { Resources: after } = webhookTemplate({ vpc: VPC }).toJSON();
    const changed = Object.keys(after).filter(
      (id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]),
    );

    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(changed).toEqual(['DelivererRoleDefaultPolicy5BB04D52', 'DelivererFunctionC82CF0C5']);
  });

  it('has no finding of AwsSolutions without a written reason', () => {
    const { app } = webhookApp({ vpc: { ...VPC, functions: 'both' } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });
});
