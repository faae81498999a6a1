import * as z from 'zod';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { isItem } from './attribute-value.ts';

/**
 * The requests of DynamoDB's JSON protocol that are understood here. They are strict: a parameter
 * that was ignored would make local mode do something else than AWS.
 */
const item = z.custom<Item>(isItem, 'no item of S, N, BOOL, NS, L and M');
const TableName = z.string();
const consistent = { ConsistentRead: z.boolean().optional() };
const keys = z.array(item).min(1).max(100);

const condition = {
  ConditionExpression: z.string().min(1).optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: item.optional(),
};

export const REQUESTS = {
  GetItem: z.strictObject({ TableName, Key: item, ...consistent }),
  BatchGetItem: z.strictObject({
    RequestItems: z.record(z.string(), z.strictObject({ Keys: keys, ...consistent })),
  }),
  Query: z.strictObject({
    TableName,
    KeyConditionExpression: z.string(),
    ExpressionAttributeValues: item,
    ExclusiveStartKey: item.optional(),
    Limit: z.number().int().min(1).optional(),
    ...consistent,
  }),
  Scan: z.strictObject({
    TableName,
    ExclusiveStartKey: item.optional(),
    Limit: z.number().int().min(1).optional(),
    ...consistent,
  }),
  PutItem: z.strictObject({ TableName, Item: item, ...condition }),
  UpdateItem: z.strictObject({
    TableName,
    Key: item,
    UpdateExpression: z.string().min(1),
    ReturnValues: z.enum(['NONE', 'ALL_NEW']).default('NONE'),
    ...condition,
  }),
  DeleteItem: z.strictObject({ TableName, Key: item, ...condition }),
} as const;
