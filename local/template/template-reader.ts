import type * as z from 'zod';
import type { Template } from './assembly.ts';
import { type References, resolveIntrinsics } from './intrinsics.ts';
import { physicalName } from './physical-names.ts';

/**
 * A resource of the template, parsed when it is wanted. Others of its type may be of no interest,
 * and have another shape.
 */
export interface Found<T> {
  readonly name: string;
  /** The properties as written, with references. */
  readonly written: Readonly<Record<string, unknown>>;
  /** Parses it. Throws when it is not what is expected, naming the properties. */
  read(): T;
}

/** Makes a reader that finds resources by their types. */
export function templateReader(template: Template, references: References) {
  return <T>(types: readonly string[], properties: z.ZodType<T>): readonly Found<T>[] =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, resource]) => ({
        name: physicalName(id, resource),
        written: resource.Properties,
        read() {
          const result = properties.safeParse(resolveIntrinsics(resource.Properties, references));
          if (result.success) return result.data;
          const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
          throw new Error(`Local mode cannot read ${resource.Type} ${id}: ${faults.join('; ')}`);
        },
      }));
}

/** The only one. Throws when there is none, or more than one. */
export function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw new Error(`One ${what} expected in the template, found ${found.length}.`);
}
