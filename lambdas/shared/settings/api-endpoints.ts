import { words } from '../text/words.ts';

/**
 * First path segments of the Management API: those of the `auth0` package 7.1, and those that only
 * the dashboard calls and the log shows. The list tells a slip from a name. An endpoint that is
 * missing here is taken as it is written.
 */
export const API_ENDPOINTS: readonly string[] = words(`
  actions agents anomaly attack-protection branding client-grants clients connection-profiles
  connections connections-directory-provisionings connections-scim-configurations custom-domains
  device-credentials email-templates emails event-streams events experimentation flows forms grants
  groups guardian hooks integrations jobs keys log-streams logs network-acls organizations prompts
  rate-limit-policies refresh-tokens resource-servers risk-assessment risk-assessments roles rules
  rules-configs self-service-profiles sessions stats supplemental-signals tenants tickets
  token-exchange-profiles user-attribute-profiles user-blocks users users-by-email
  verifiable-credentials
`);

/** Names of collections below them. They are taken in any case; ids keep theirs. */
export const SUB_ENDPOINTS: readonly string[] = words(`
  authentication-methods authenticators credentials deploy enabled_connections executions factors
  identities installed invitations keys members multifactor permissions policies provider roles
  scim-configuration settings signing status themes users vault
`);

/**
 * First path segments of other APIs whose calls are logged with their path: SCIM, My Account, My
 * Organization.
 */
export const OTHER_APIS: readonly string[] = ['scim', 'me', 'my-org'];
