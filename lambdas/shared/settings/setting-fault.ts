/**
 * A setting that is wrong: its key and what was expected. Never its value, which may be a secret.
 */
export interface SettingFault {
  readonly key: string;
  readonly expected: string;
}
