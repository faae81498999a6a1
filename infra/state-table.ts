import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TableKey } from '../lambdas/shared/contract.ts';
import { pinLogicalId } from './logical-ids.ts';

/** Holds checkpoint and open batches: one small table, which outlives its stack. */
export class StateTable extends Construct {
  readonly table: ITableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // The table has no fixed name. One made anew after `cdk destroy` begins a ledger of its own,
    // beside the one that was kept.
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: TableKey.partition, type: AttributeType.STRING },
      sortKey: { name: TableKey.sort, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Always kept, as a rollback could not delete a table that is protected.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinLogicalId(table, 'StateTable');
    this.table = table;
  }

  /**
   * Grants consistent reads and conditional writes of single items, which are all that the ledger
   * needs.
   */
  grantLedger(grantee: IGrantable): void {
    this.table.grant(
      grantee,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    );
  }
}
