import type { CountsByKind } from '../pipeline/counts.ts';
import { PRICES } from './prices.ts';

/** Milliseconds of this machine's CPU, which is taken for one vCPU of Lambda. */
export interface CpuTimes {
  readonly pollMs: number;
  readonly eventMs: number;
}

/** Megabytes at which a function has one vCPU (Lambda Developer Guide, "Configure memory"). */
const VCPU_MB = 1_769;

export const SERVICES = ['Lambda', 'SQS', 'DynamoDB', 'Secrets Manager', 'logs'] as const;
export type Dollars = Readonly<Record<(typeof SERVICES)[number], number>>;

/** Memory of the functions, in megabytes. */
export interface Memory {
  readonly poller: number;
  readonly deliverer: number;
}

/** What was counted, in dollars at list prices. */
export function dollarsOf(counts: CountsByKind, memory: Memory, cpu: CpuTimes): Dollars {
  const of = (...kinds: readonly string[]) => kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const gbSeconds = (waitMs: number, cpuMs: number, mb: number) =>
    ((waitMs + (cpuMs * VCPU_MB) / mb) / 1_000) * (mb / 1_024);
  const polls = gbSeconds(of('lambda.pollerMs'), of('logs.pollLines') * cpu.pollMs, memory.poller);
  const calls = gbSeconds(of('lambda.delivererMs'), of('webhook.requests') * cpu.eventMs, memory.deliverer);
  return {
    Lambda:
      (polls + calls) * PRICES.lambdaGbSecond +
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
