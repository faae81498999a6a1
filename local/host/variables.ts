import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../services/identity.ts';
import type { FunctionDefinition } from '../template/resources.ts';

/**
 * The environment of a function's process: what Lambda sets, the function's own variables, then
 * `extra`, such as the services' endpoints. It has none of this process's variables, as those may
 * hold the user's secrets.
 */
export function functionVariables(
  definition: FunctionDefinition,
  runtimeApi: string,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: definition.folder, // holds no .aws folder: the SDK must not read the user's
    LAMBDA_TASK_ROOT: definition.folder,
    _HANDLER: definition.handler,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    ...definition.environment,
    ...extra,
  };
}
