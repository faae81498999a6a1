import { describe, expect, it } from 'vitest';
import { refuseSwallowedOptions } from '../../../local/run/swallowed-options.ts';

describe('refuseSwallowedOptions', () => {
  it('says what to type when npm kept an option', () => {
    const environment = { npm_lifecycle_event: 'start', npm_config_once: 'true' };

    expect(() => refuseSwallowedOptions(['--quiet'], environment)).toThrow(
      'npm kept --once for itself, as the `--` before our options is missing. Type: npm start -- --once --quiet',
    );
  });

  it.each([
    { npm_lifecycle_event: 'start' },
    { npm_config_once: 'true' },
    { npm_lifecycle_event: 'start', npm_config_loglevel: 'silent' },
  ])('lets %o pass', (environment) => {
    expect(() => refuseSwallowedOptions([], environment)).not.toThrow();
  });
});
