/**
 * A setting that is wrong: its key, and what was expected. It never has the value, which may be a
 * secret.
 */
export interface SettingFault {
  readonly key: string;
  readonly expected: string;
}
