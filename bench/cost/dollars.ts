import type { CountsByKind } from '../pipeline/counts.ts';
import { PRICES } from './prices.ts';

/** CPU of this machine, which is taken for one vCPU of Lambda, in milliseconds. */
export interface CpuTimes {
  readonly pollMs: number;
  readonly eventMs: number;
}

/** A vCPU is what a function of this size has (Lambda Developer Guide, "Configure memory"). */
const VCPU_MB = 1_769;

export const SERVICES = ['Lambda', 'SQS', 'DynamoDB', 'Secrets Manager', 'logs'] as const;
export type Dollars = Readonly<Record<(typeof SERVICES)[number], number>>;

/** What was counted, at list prices. */
export function dollarsOf(counts: CountsByKind, memoryMb: number, cpu: CpuTimes): Dollars {
  const of = (...kinds: readonly string[]) => kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const cpuMs =
    (of('logs.pollLines') * cpu.pollMs + of('webhook.requests') * cpu.eventMs) * (VCPU_MB / memoryMb);
  const ms = of('lambda.pollerMs', 'lambda.delivererMs') + cpuMs;
  return {
    Lambda:
      (ms / 1_000) * (memoryMb / 1_024) * PRICES.lambdaGbSecond +
      of('lambda.pollerInvocations', 'lambda.delivererInvocations') * PRICES.lambdaInvocation,
    SQS:
      of('sqs.send', 'sqs.receive', 'sqs.emptyReceive', 'sqs.delete', 'sqs.change', 'sqs.attributes') *
      PRICES.sqsRequest,
    DynamoDB: of('dynamodb.readUnits') * PRICES.readUnit + of('dynamodb.writeUnits') * PRICES.writeUnit,
    'Secrets Manager': of('secrets.poller', 'secrets.deliverer') * PRICES.secretRead,
    logs: (of('logs.bytes') / 1e9) * (PRICES.logGb + PRICES.logGbKept),
  };
}

export function total(dollars: Dollars): number {
  return SERVICES.reduce((sum, service) => sum + dollars[service], 0);
}

export function price(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}
