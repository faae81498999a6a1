import { fileURLToPath } from 'node:url';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LOGICAL_IDS, pinLogicalId } from './logical-ids.ts';

/**
 * Some packages are still CommonJS. In an ES module their `require` of Node's own modules fails
 * without this.
 */
const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/**
 * The SDK's ways to credentials from files and single sign-on are a quarter of the bundle. They are
 * imported only when the environment holds no credentials, and Lambda's always does. The rest of
 * the SDK is bundled, so that what runs is what was tested: the one in Lambda's runtime changes by
 * itself.
 */
const NEVER_REACHED = ['ini', 'process', 'sso', 'web-identity'].map(
  (way) => `@aws-sdk/credential-provider-${way}`,
);

const PROJECT = fileURLToPath(new URL('../', import.meta.url));

/** Modules that are bundled in place of others, by the absolute path of their file. */
export const ALIASES: Readonly<Record<string, string>> = { 'node:http': `${PROJECT}infra/node-http.cjs` };

// No source maps. Node reads one as large as the bundle at every cold start, which took 13 of 75
// ms.
export const bundlingDefaults = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  logLevel: LogLevel.WARNING, // quiet but for what is wrong: `npm start` bundles too
  banner: REQUIRE,
  externalModules: NEVER_REACHED,
  esbuildArgs: Object.fromEntries(Object.entries(ALIASES).map(([name, file]) => [`--alias:${name}`, file])),
} satisfies BundlingOptions;

export interface NodeFunctionProps
  extends Omit<NodejsFunctionProps, 'entry' | 'handler' | 'logGroup' | 'role'> {
  /** A folder of `lambdas/` with a `handler.ts` that exports `handler`. */
  readonly folder: 'poller' | 'deliverer';
  readonly functionName: string;
  readonly logRetention: RetentionDays;
}

/** A function with our defaults. The caller's values win. */
export class NodeFunction extends NodejsFunction {
  readonly folder: NodeFunctionProps['folder'];
  /** The name as text, where a reference would be a cycle. */
  readonly fixedName: string;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const { folder, logRetention, bundling, ...rest } = props;
    const logGroup = new LogGroup(scope, 'Logs', {
      logGroupName: `/aws/lambda/${props.functionName}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY, // a kept one would be in the way of the next deploy
    });
    // Our own role, without the managed policy that lets a function create log groups. With it the
    // function's last lines after `cdk destroy` would bring the group back, without retention and
    // in the way of the next deploy.
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    pinLogicalId(logGroup, LOGICAL_IDS[`${folder}Logs`]);

    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      loggingFormat: LoggingFormat.JSON,
      ...rest,
      entry: `${PROJECT}lambdas/${folder}/handler.ts`,
      // CDK would look for both in the working directory, which need not be this project's.
      projectRoot: PROJECT,
      depsLockFilePath: `${PROJECT}package-lock.json`,
      logGroup,
      role,
      bundling: { ...bundlingDefaults, ...bundling },
    });
    this.folder = folder;
    this.fixedName = props.functionName;
    pinLogicalId(this, LOGICAL_IDS[folder]);
  }
}
