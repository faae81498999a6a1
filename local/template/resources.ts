import * as z from 'zod';

/**
 * CloudFormation's properties, as far as local mode needs them. They are parsed after their
 * references are resolved.
 */

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);
const AttributeDefinitions = z
  .array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }))
  .min(1);

export const table = z.object({ KeySchema, AttributeDefinitions });

/**
 * Everything but the name is an attribute of the queue. SQS takes attributes as text, policies as
 * JSON.
 */
export const queue = z
  .object({ QueueName: z.unknown(), Tags: z.unknown() })
  .partial()
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())]));

export const redrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number(),
});

export const secret = z.object({
  GenerateSecretString: z
    .object({
      SecretStringTemplate: z.string().default('{}'),
      GenerateStringKey: z.string(),
      PasswordLength: z.number().default(32),
      ExcludePunctuation: z.literal(true),
    })
    .optional(),
  SecretString: z.string().optional(),
});

export const lambdaFunction = z.object({
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).default({ Variables: {} }),
  Code: z.object({ S3Key: z.string() }),
});

export const eventSourceMapping = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z.number().default(10),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
});

export const scheduledRule = z.object({
  ScheduleExpression: z.string(),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })).length(1),
});

export interface TableDefinition {
  readonly name: string;
  readonly keySchema: z.infer<typeof KeySchema>;
  readonly attributes: z.infer<typeof AttributeDefinitions>;
}

export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SecretDefinition {
  readonly name: string;
  readonly arn: string;
  /** Makes the first value. A generated one is new with each call. */
  initialValue(): string;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundle. */
  readonly folder: string;
  /** `<file without extension>.<export>` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined when none is reserved, so that the account's limit holds. */
  readonly reservedConcurrency: number | undefined;
}
