import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EventQueue } from '../queue.ts';
import type { State } from '../state.ts';

/** Moves every dead letter back to the queue, for a whole new retry window. */
export function redriveCommand(scope: Construct, { queue, deadLetterQueue }: EventQueue): string {
  const { region } = Stack.of(scope);
  return `aws sqs start-message-move-task --region ${region} --source-arn ${deadLetterQueue.queueArn} --destination-arn ${queue.queueArn}`;
}

/** Moves the cursor back to `POSITION`, never forward; a poll that runs meanwhile ends, as with any other writer. */
export function rewindCommand(scope: Construct, { table }: State): string {
  const { region } = Stack.of(scope);
  return [
    `aws dynamodb update-item --region ${region} --table-name ${table.tableName}`,
    `--key '{"pk":{"S":"ledger"},"sk":{"S":"state"}}'`,
    `--update-expression 'SET #cursor = :to, #seq = #seq + :one'`,
    `--condition-expression '#cursor > :to'`,
    `--expression-attribute-names '{"#cursor":"cursor","#seq":"seq"}'`,
    `--expression-attribute-values '{":to":{"S":"POSITION"},":one":{"N":"1"}}'`,
  ].join(' ');
}
