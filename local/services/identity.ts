/** Region and account of everything that local mode makes. The account is the one fauxqs puts into its ARNs. */
export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT = '000000000000';

/** The embedded services check that a signature is there, not whose it is. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** How an SDK client reaches an embedded service. */
export function clientOf(endpoint: string) {
  return { endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
}
