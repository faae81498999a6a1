import * as z from 'zod';

/**
 * Finds what the template's references stand for. Both functions throw when there is no such thing.
 */
export interface References {
  ref(id: string): unknown;
  attribute(id: string, name: string): unknown;
  /** True when a condition of the template holds here. */
  condition(id: string): boolean;
}

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({
    'Fn::GetAtt': z.union([
      z.tuple([z.string(), z.string()]),
      z.templateLiteral([z.string(), '.', z.string()]),
    ]),
  }),
  z.strictObject({ 'Fn::If': z.tuple([z.string(), z.unknown(), z.unknown()]) }),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
  z.strictObject({
    'Fn::Sub': z.union([z.string(), z.tuple([z.string(), z.record(z.string(), z.unknown())])]),
  }),
]);

/**
 * Replaces every intrinsic function of CloudFormation that the stack uses by what it stands for.
 */
export function resolveIntrinsics(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((entry) => resolveIntrinsics(entry, references));
  if (typeof value !== 'object' || value === null) return value;
  const parsed = intrinsic.safeParse(value);
  if (parsed.success) return call(parsed.data, references);
  const unknown = Object.keys(value).find((key) => key.startsWith('Fn::') || key === 'Ref');
  if (unknown !== undefined)
    throw new Error(`Local mode does not know this use of ${unknown}: ${JSON.stringify(value)}`);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, resolveIntrinsics(entry, references)]),
  );
}

function call(intrinsicCall: z.infer<typeof intrinsic>, references: References): unknown {
  if ('Ref' in intrinsicCall) return references.ref(intrinsicCall.Ref);
  if ('Fn::GetAtt' in intrinsicCall) return attribute(intrinsicCall['Fn::GetAtt'], references);
  if ('Fn::If' in intrinsicCall) {
    const [id, then, otherwise] = intrinsicCall['Fn::If'];
    return resolveIntrinsics(references.condition(id) ? then : otherwise, references);
  }
  if ('Fn::Join' in intrinsicCall) {
    const [separator, parts] = intrinsicCall['Fn::Join'];
    return parts.map((part) => String(resolveIntrinsics(part, references))).join(separator);
  }
  const sub = intrinsicCall['Fn::Sub'];
  const [text, variables] = typeof sub === 'string' ? [sub, {}] : sub;
  return text.replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
    if (name in variables) return String(resolveIntrinsics(variables[name], references));
    return String(name.includes('.') ? attribute(name, references) : references.ref(name));
  });
}

function attribute(path: string | readonly [string, string], references: References): unknown {
  const [id, name] =
    typeof path === 'string' ? [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)] : path;
  return references.attribute(id, name);
}
