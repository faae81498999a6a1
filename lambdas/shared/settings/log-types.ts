import { words } from '../text/words.ts';

/**
 * Auth0's log event type codes: its page "Log Type Codes", the codes that only its catalogue of
 * schemas has, and those of older tenants. A code that is missing here gets a warning and is taken,
 * as new ones come. docs/log-api.md says what the groups stand for; a test holds both together.
 */

/**
 * What a user did, or what was done to one, with success. Calls of the Management API are `sapi`,
 * whatever they change.
 */
const USERS = words(`
  ss sdu sce scp scpn scu sv sui si sscim ublkdu limit_wc limit_sul organization_member_added
  gd_enrollment_complete gd_unenroll gd_update_device_account
  my_account_authentication_method_succeeded
  connected_accounts_connection_succeeded connected_accounts_delete_succeeded
`);

const ORGANIZATIONS = words(`
  organization_member_added si
  my_organization_api_org_details_succeeded my_organization_api_idp_succeeded
  my_organization_api_domain_succeeded my_organization_api_member_succeeded
  my_organization_api_role_succeeded
`);

const FAILURES = words(`
  actions_execution_failed ciba_exchange_failed ciba_start_failed
  connected_accounts_connection_failed connected_accounts_delete_failed
  custom_domain_verification_failed directory_sync_failed f failed_on_behalf_of_token_exchange
  fapi fc fce fco fcoa fcp fcph fcpn fcpr fcpro fcu fd fdeac fdeaz fdecc fdeleacft fdelsa fdu
  feacft feccft fecte fede federated_logout_failed fens feoobft feotpft fepft fepotpft fercft
  ferrt fertft feta fi flo flows_execution_failed fn forms_submission_failed fp fpar fpurh fs fsa
  fscim fu fui fv fvr gd_auth_fail_email_verification gd_auth_failed gd_auth_rejected
  gd_recovery_failed gd_send_email_verification_failure gd_send_pn_failure gd_send_sms_failure
  gd_send_voice_failure gd_start_enroll_failed gd_webauthn_challenge_failed
  gd_webauthn_enrollment_failed idjag_exchange_failed jwt_bearer_exchange_failed
  kms_key_management_failure my_account_authentication_method_failed
  my_organization_api_config_failed my_organization_api_domain_failed my_organization_api_idp_failed
  my_organization_api_member_failed my_organization_api_org_details_failed
  my_organization_api_role_failed oidc_backchannel_logout_failed passkey_challenge_failed
  rich_consents_access_error ss_sso_failure universal_logout_failed
`);

const OTHERS = words(`
  acls_summary acul_sdk_notice admin_update_launch api_limit api_limit_warning appi
  ciba_exchange_succeeded ciba_start_succeeded cls coff con cs depnote directory_sync_completed
  directory_sync_started du elevated_rate_limit flows_execution_completed forms_submission_succeeded
  gd_auth_email_verification gd_auth_succeed gd_otp_rate_limit_exceed gd_recovery_rate_limit_exceed
  gd_recovery_succeed gd_send_email gd_send_email_verification gd_send_pn gd_send_sms gd_send_voice
  gd_start_auth gd_start_enroll gd_tenant_update gd_user_delete idjag_exchange_succeeded
  kms_key_management_success kms_key_state_changed limit_delegation limit_mu limit_phone limit_ui
  mfar mgmt_api_read oidc_backchannel_logout_succeeded passkey_challenge_started pla pwd_leak
  reset_pwd_leak resource_cleanup s sapi scoa scpr scv sd sdel sdeleacft sdelsa seacft seccft secte
  sede sens seoobft seotpft sepft sepkoobft sepkotpft sepkrcft sercft sertft seta signup_pwd_leak
  slo srrt ss_sso_info ss_sso_success ssa success_on_behalf_of_token_exchange svr sys_os_update_end
  sys_os_update_start sys_update_end sys_update_start too_many_records universal_logout_succeeded w
  wn wum
`);

/** Names that AUTH0_LOG_TYPES takes beside codes. */
export const LOG_TYPE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  users: USERS,
  organizations: ORGANIZATIONS,
  failures: FAILURES,
};

export const LOG_TYPES: ReadonlySet<string> = new Set([...USERS, ...ORGANIZATIONS, ...FAILURES, ...OTHERS]);

/** What people write for a code that nobody could guess. */
export const SPOKEN_TYPES: Readonly<Record<string, string>> = {
  api: 'sapi',
  delete: 'sdu',
  deleted: 'sdu',
  deletion: 'sdu',
  email: 'sce',
  fail: 'failures',
  failed: 'failures',
  login: 's',
  logout: 'slo',
  management: 'sapi',
  organisation: 'organizations',
  org: 'organizations',
  password: 'scp',
  scim: 'sscim',
  signup: 'ss',
  success: 's',
};
