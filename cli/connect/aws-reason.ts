/** The parts of an AWS error that an explanation is made from. */
interface Failed {
  readonly name: string;
  /** On one line, without its full stop. */
  readonly message: string;
  readonly code: string;
  readonly host: string;
}

type Reason = readonly [RegExp, (error: Failed) => string];

const BY_NAME: readonly Reason[] = [
  [
    /^(CredentialsProviderError|TokenProviderError)$/,
    ({ message }) =>
      /profile/i.test(message)
        ? `no AWS credentials: ${message}; \`aws configure list-profiles\` shows the profiles that there are, and \`aws sso login\` signs in`
        : 'no AWS credentials: run `aws configure` or `aws sso login`, or name a profile by --profile; for the run on this machine give --local',
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
    () => 'the AWS credentials have expired: sign in again (`aws sso login`), then repeat the command',
  ],
  [
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|AuthFailure|InvalidAccessKeyId|MissingAuthenticationToken(Exception)?)$/,
    () =>
      'AWS does not know these credentials: look at AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock of this machine',
  ],
  [
    /AccessDenied|UnauthorizedOperation|NotAuthorized|OptInRequired/,
    ({ message }) =>
      `AWS refuses this: ${message}. docs/operators.md has a policy with the rights that the commands need`,
  ],
  [
    /Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|LimitExceededException|SlowDown/,
    ({ name }) =>
      `AWS asks for patience (${name}): wait a minute, then repeat the command. What was done by then stays done, and repeating is safe`,
  ],
  [
    /^(ResourceNotFoundException|QueueDoesNotExist|.*NonExistentQueue|StackNotFoundException)$/,
    ({ message }) =>
      `a part of the stack is not there: ${message}. \`auth0-webhooks doctor\` shows what was changed by hand; deploying again brings it back`,
  ],
  [
    /^(ServiceUnavailable|InternalFailure|InternalServerError|InternalServiceError|InternalServiceErrorException|ServiceException|TimeoutError|RequestTimeout.*)$/,
    ({ name }) => `AWS did not answer well (${name}): wait a minute, then repeat the command`,
  ],
];

const BY_MESSAGE: readonly Reason[] = [
  [
    /Region is missing|Region not accepted|Invalid region/i,
    ({ message }) =>
      /missing/.test(message)
        ? 'no AWS region: give --region, or set AWS_REGION'
        : `that is no AWS region (${message}): give --region, such as eu-west-1`,
  ],
  [
    /could not (be )?(load|resolve).*profile|profile .* (could not be found|not found)/i,
    ({ message }) => `${message}: \`aws configure list-profiles\` shows those that there are`,
  ],
  [
    /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|socket hang up/,
    ({ host, code, name }) =>
      `AWS was not reached${host === '' ? '' : ` at ${host}`} (${code || name}): is this machine on the network, and is there such a region?`,
  ],
];

const LONGEST_MESSAGE = 300;

/**
 * Says in plain words why an AWS call failed, and what to do. Undefined for an error that is not
 * one of these.
 */
export function awsReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const failed = {
    name: error.name,
    message: error.message.replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, LONGEST_MESSAGE),
    code: 'code' in error ? String(error.code) : '',
    host: 'hostname' in error ? String(error.hostname) : '',
  };
  const [, words] =
    BY_NAME.find(([name]) => name.test(failed.name)) ??
    BY_MESSAGE.find(([text]) => text.test(`${failed.code} ${failed.name} ${failed.message}`)) ??
    [];
  return words?.(failed);
}
