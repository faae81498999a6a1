import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';

/** One item of the table, as DynamoDB writes it. */
export type Item = Record<string, AttributeValue>;

export const S = (value: string): AttributeValue => ({ S: value });
export const N = (value: number): AttributeValue => ({ N: String(value) });
export const NS = (values: Iterable<number>): AttributeValue => ({ NS: [...values].map(String) });
export const BOOL = (value: boolean): AttributeValue => ({ BOOL: value });

export const string = z.pipe(
  z.object({ S: z.string() }),
  z.transform(({ S }) => S),
);
export const number = z.pipe(
  z.object({ N: z.string() }),
  z.transform(({ N }) => Number(N)),
);
export const boolean = z.pipe(
  z.object({ BOOL: z.boolean() }),
  z.transform(({ BOOL }) => BOOL),
);
/** A set of numbers. DynamoDB stores no empty set, so a missing attribute is one. */
export const numbers = z.pipe(
  z.optional(z.object({ NS: z.array(z.string()) })),
  z.transform((set) => new Set(set?.NS.map(Number))),
);
export const strings = z.pipe(
  z.object({ L: z.array(z.object({ S: z.string() })) }),
  z.transform(({ L }) => L.map(({ S }) => S)),
);
