import { ACCOUNT_SHAPES } from './account-shapes.ts';
import { APPLICATION_SHAPES } from './application-shapes.ts';
import type { Shape } from './shape.ts';
import { USER_SHAPES } from './user-shapes.ts';

/** What somebody can have happen in the tenant on purpose. */
export const ACTS = [
  'create-user',
  'sign-up',
  'update-user',
  'delete-user',
  'assign-role',
  'change-password',
  'change-connection',
] as const;
export type Act = (typeof ACTS)[number];

const SHAPES: readonly Shape[] = [...USER_SHAPES, ...ACCOUNT_SHAPES, ...APPLICATION_SHAPES];

/** The field and value by which an act's entry is found among the recorded shapes. */
const FOUND_BY: Readonly<Record<Act, readonly [key: 'description' | 'type', value: string]>> = {
  'create-user': ['description', 'Create a User'],
  'sign-up': ['type', 'ss'],
  'update-user': ['description', 'Update a User'],
  'delete-user': ['description', 'Delete a User'],
  'assign-role': ['description', 'Assign roles to a user'],
  'change-password': ['type', 'scp'],
  'change-connection': ['description', 'Update a connection'],
};

export function shapeOf(act: Act): Shape {
  const [key, value] = FOUND_BY[act];
  const found = SHAPES.find(({ entries }) => entries.length === 1 && entries[0]?.[key] === value);
  if (!found) throw new Error(`No recorded shape has ${key} ${value}.`);
  return found;
}
