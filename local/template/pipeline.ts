import type { Assembly } from './assembly.ts';
import { readDashboard, type WidgetDefinition } from './dashboard.ts';
import { functionDefinition, queueDefinition, secretDefinition } from './definitions.ts';
import { functionArn, references } from './physical-names.ts';
import * as schema from './resources.ts';
import { only, templateReader } from './template-reader.ts';

/** What the stack would deploy, as far as it runs here. */
export interface Pipeline {
  readonly table: schema.TableDefinition;
  readonly queues: readonly schema.QueueDefinition[];
  readonly secrets: readonly schema.SecretDefinition[];
  readonly poller: schema.FunctionDefinition;
  readonly deliverer: schema.FunctionDefinition;
  readonly mapping: Mapping;
  /** `expression` as EventBridge has it; `input` for the function, if the rule gives one. */
  /** What the dashboard shows. */
  readonly dashboard: readonly WidgetDefinition[];
  readonly schedule: { readonly expression: string; readonly input: string | undefined };
}

export interface Mapping {
  readonly queue: schema.QueueDefinition;
  readonly deadLetterQueue: schema.QueueDefinition;
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
}

/**
 * Reads the pipeline from the synthesised stack: the scheduled function polls, and the one behind
 * the queue delivers. Throws, naming what is missing or unreadable.
 */
export function readPipeline(assembly: Assembly, queueUrl: (name: string) => string): Pipeline {
  const { template, assetFolder } = assembly;
  const find = templateReader(template, references(template, queueUrl));

  const functions = find(['AWS::Lambda::Function'], schema.lambdaFunction);
  const functionAt = (target: string): schema.FunctionDefinition => {
    const found = functions.filter(({ name }) => target === name || target === functionArn(name));
    const { name, read } = only(found, `function ${target}`);
    return functionDefinition(name, read(), assetFolder);
  };

  const queues = find(['AWS::SQS::Queue'], schema.queue).map(({ name, read }) =>
    queueDefinition(name, read()),
  );
  const queueAt = (target: string): schema.QueueDefinition =>
    only(
      queues.filter(({ arn }) => arn === target),
      `queue ${target}`,
    );

  const table = only(
    find(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'], schema.table),
    'DynamoDB table',
  );
  const { KeySchema, AttributeDefinitions } = table.read();
  const rules = find(['AWS::Events::Rule'], schema.scheduledRule);
  const rule = only(
    rules.filter(({ written }) => 'ScheduleExpression' in written),
    'rule with a schedule',
  ).read();
  const target = only(rule.Targets, 'target of the schedule');
  const mapping = only(
    find(['AWS::Lambda::EventSourceMapping'], schema.eventSourceMapping),
    'event source mapping',
  ).read();
  const queue = queueAt(mapping.EventSourceArn);
  const redrive = schema.redrivePolicy.parse(JSON.parse(queue.attributes.RedrivePolicy ?? '{}'));

  return {
    table: { name: table.name, keySchema: KeySchema, attributes: AttributeDefinitions },
    queues,
    secrets: find(['AWS::SecretsManager::Secret'], schema.secret).map(({ name, read }) =>
      secretDefinition(name, read()),
    ),
    poller: functionAt(target.Arn),
    deliverer: functionAt(mapping.FunctionName),
    mapping: {
      queue,
      deadLetterQueue: queueAt(redrive.deadLetterTargetArn),
      batchSize: mapping.BatchSize,
      maximumConcurrency: mapping.ScalingConfig.MaximumConcurrency,
      reportsBatchItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    },
    dashboard: readDashboard(assembly, queueUrl),
    schedule: { expression: rule.ScheduleExpression, input: target.Input },
  };
}
