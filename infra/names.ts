/** Physical names that follow from a webhook's name. They are short, as people type them. */
export function namesOf(webhook: string) {
  return {
    queue: `${webhook}.fifo`,
    deadLetterQueue: `${webhook}-dead-letters.fifo`,
    poller: `${webhook}-poller`,
    deliverer: `${webhook}-deliverer`,
    auth0Secret: `${webhook}/auth0`,
    webhookSecret: `${webhook}/webhook`,
  };
}

/**
 * Dashboards are global in an account. Without the region in its name two deployments would
 * overwrite each other's.
 */
export function dashboardNameOf(webhook: string, region: string): string {
  return `${webhook}-${region}`;
}

/** SQS takes 80 characters with `.fifo`, Lambda 64. */
export const LONGEST_NAME = Math.min(
  80 - namesOf('').deadLetterQueue.length,
  64 - namesOf('').deliverer.length,
);

/**
 * A name that stacks, queues, functions and secrets all accept. None ends in a dash: Secrets
 * Manager takes a dash and six characters at the end of a name (`-/auth0`) for the suffix of its
 * own ARNs.
 */
export function isWebhookName(text: string): boolean {
  return text.length <= LONGEST_NAME && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
}
