import { Match, Template } from 'aws-cdk-lib/assertions';
import { projectContext } from '../../infra/project-context.ts';
import { createWebhookApp } from '../../infra/webhook-app.ts';

/**
 * Context without bundling. These tests are about the template; `synthesise.test.ts` is about the
 * code.
 */
const WITHOUT_BUNDLES = { 'aws:cdk:bundling-stacks': [] };

/** The app as shipped (cdk.json), with `context` as if it came by `-c`. */
export function webhookApp(context: Readonly<Record<string, unknown>> = {}) {
  return createWebhookApp({
    context: { ...projectContext(), ...WITHOUT_BUNDLES, ...context },
    analyticsReporting: false,
  });
}

/** Template of the first webhook of `webhookApp`. */
export function webhookTemplate(context: Readonly<Record<string, unknown>> = {}): Template {
  const [stack] = webhookApp(context).stacks;
  if (stack === undefined) throw new Error('no stack');
  return Template.fromStack(stack);
}

/**
 * The one resource of that type that has these properties.
 * @returns its logical id and its whole definition
 */
export function theResource(template: Template, type: string, properties: Record<string, unknown> = {}) {
  const found = Object.entries(template.findResources(type, { Properties: Match.objectLike(properties) }));
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) throw new Error(`${found.length} resources ${type}`);
  const [logicalId, definition] = only;
  return { logicalId, definition };
}

/** Every statement of a function's role, with its actions sorted. */
export function statementsOf(template: Template, functionName: string) {
  const { definition } = theResource(template, 'AWS::Lambda::Function', { FunctionName: functionName });
  const role: string = definition.Properties.Role['Fn::GetAtt'][0];
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter((policy) =>
    policy.Properties.Roles.some((attached: { Ref: string }) => attached.Ref === role),
  );
  return policies.flatMap((policy) =>
    policy.Properties.PolicyDocument.Statement.map(
      (statement: { Action: string | string[]; Effect: string; Resource: unknown; Condition?: unknown }) => ({
        ...statement,
        Action: [statement.Action].flat().sort(),
      }),
    ),
  );
}
