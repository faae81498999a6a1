import { Aws, CfnCondition, Fn, type Stack } from 'aws-cdk-lib';

/** AWS's partitions whose consoles are elsewhere than at `console.aws.amazon.com`. */
const CONSOLES = [
  { id: 'IsChina', partition: 'aws-cn', domain: 'amazonaws.cn' },
  { id: 'IsGovCloud', partition: 'aws-us-gov', domain: 'amazonaws-us-gov.com' },
  { id: 'IsEuropeanSovereignCloud', partition: 'aws-eusc', domain: 'amazonaws-eusc.eu' },
] as const;

/** Addresses in the AWS console, wherever the stack is deployed. */
export interface ConsoleLinks {
  secret(name: string): string;
  dashboard(name: string): string;
  queue(name: string): string;
}

/** Call it once a stack, as it adds conditions to the template. */
export function createConsoleLinks(stack: Stack): ConsoleLinks {
  const { region, account, urlSuffix } = stack;
  const domain = CONSOLES.reduceRight<string>((otherwise, { id, partition, domain: own }) => {
    const expression = Fn.conditionEquals(Aws.PARTITION, partition);
    const { logicalId } = new CfnCondition(stack, id, { expression });
    return Fn.conditionIf(logicalId, own, otherwise).toString();
  }, 'aws.amazon.com');
  const console = `https://${region}.console.${domain}`;
  return {
    secret: (name) => `${console}/secretsmanager/secret?name=${encodeURIComponent(name)}&region=${region}`,
    dashboard: (name) => `${console}/cloudwatch/home?region=${region}#dashboards/dashboard/${name}`,
    // The console wants the queue's address URL-encoded. A reference to the queue cannot be encoded
    // in a template, so the address is made of its parts.
    queue: (name) =>
      `${console}/sqs/v3/home?region=${region}#/queues/https%3A%2F%2Fsqs.${region}.${urlSuffix}%2F${account}%2F${name}`,
  };
}
