/** What is said of an AWS call that failed; undefined for an error that is not one of those. */
export function awsReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return 'no AWS credentials: run `aws configure` or `aws sso login`, or name a profile by --profile; for the run on this machine give --local';
  }
  if (/^(ExpiredToken|ExpiredTokenException|RequestExpired)$/.test(name))
    return 'the AWS credentials have expired: sign in again (`aws sso login`), then repeat the command';
  if (
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/.test(
      name,
    )
  )
    return 'AWS does not know these credentials: look at AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock of this machine';
  if (/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name))
    return `AWS refuses this: ${message.replace(/\s+/g, ' ').slice(0, 300)}. docs/operators.md has a policy with the rights that the commands need`;
  if (/Region is missing/.test(message)) return 'no AWS region: give --region, or set AWS_REGION';
  if (/could not (be )?load.*profile|profile .* (could not be found|not found)/i.test(message))
    return `${message.replace(/\s+/g, ' ')}: \`aws configure list-profiles\` shows those that there are`;
  if (
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH/.test(
      `${'code' in error ? error.code : ''} ${message}`,
    )
  )
    return `AWS was not reached (${'code' in error ? error.code : name}): is this machine on the network, and the region right?`;
  return undefined;
}
