import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Gives a stateful resource a logical id that no later move of its construct changes:
 * CloudFormation takes a new id for a new resource, and would leave the old one with its data
 * behind.
 */
export function pinLogicalId(construct: Construct, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource))
    throw new TypeError(`${construct.node.path} has no resource of its own`);
  resource.overrideLogicalId(logicalId);
}
