import * as z from 'zod';
import type { Emulator } from './emulator.ts';

const template = z.object({
  TemplateBody: z.object({
    Resources: z.record(
      z.string(),
      z.object({
        Type: z.string(),
        Properties: z.record(z.string(), z.unknown()).default({}),
        DeletionPolicy: z.string().optional(),
      }),
    ),
  }),
});
const resources = z.object({
  StackResources: z.array(
    // moto lists what it passed over without a word.
    z.object({ LogicalResourceId: z.string().optional(), PhysicalResourceId: z.string().default('') }),
  ),
});

/** The template that CloudFormation was given for the stack. It has what moto passes over, too. */
export async function deployedTemplate({ aws }: Emulator, StackName: string) {
  const { TemplateBody } = template.parse(await aws('cloudformation', 'get_template', { StackName }));
  return TemplateBody.Resources;
}

/** Physical ids by logical ids. */
export async function physicalIds(
  { aws }: Emulator,
  StackName: string,
): Promise<ReadonlyMap<string, string>> {
  const described = resources.parse(await aws('cloudformation', 'describe_stack_resources', { StackName }));
  return new Map(
    described.StackResources.flatMap(({ LogicalResourceId, PhysicalResourceId }) =>
      LogicalResourceId === undefined ? [] : [[LogicalResourceId, PhysicalResourceId]],
    ),
  );
}
