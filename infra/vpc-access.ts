import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { WebhookConfig } from './config.ts';
import type { NodeFunction } from './node-function.ts';

/**
 * What Lambda does with the function's role to connect it to subnets. IAM knows no narrower
 * resource for these actions.
 */
const NETWORK_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** Puts a function into the configured subnets, if it is one of those that belong there. */
export function connectToVpc(lambda: NodeFunction, { vpc }: Pick<WebhookConfig, 'vpc'>): void {
  const isMeant = vpc.functions === 'both' || vpc.functions === lambda.folder;
  const resource = lambda.node.defaultChild;
  if (vpc.subnets.length === 0 || !isMeant || !(resource instanceof CfnFunction)) return;
  resource.vpcConfig = { subnetIds: [...vpc.subnets], securityGroupIds: [...vpc.securityGroups] };
  lambda.addToRolePolicy(new PolicyStatement({ actions: NETWORK_ACTIONS, resources: ['*'] }));
  // Lambda itself uses this right, outside of the function. The code inside is denied the same.
  lambda.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: NETWORK_ACTIONS,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': arnOf(lambda) } },
    }),
  );
  if (lambda.role !== undefined)
    Validations.of(lambda.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'Lambda connects a function to subnets by its role, with actions that know no narrower resource (Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"). A denial keeps the code in the function from using them.',
    });
}

/**
 * The function's ARN as text. The function depends on its policy, so a reference in the policy
 * would be a cycle.
 */
function arnOf(lambda: NodeFunction): string {
  return Stack.of(lambda).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: lambda.fixedName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
