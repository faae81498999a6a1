import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { projectContext } from '../../infra/project-context.ts';
import { createWebhookApp } from '../../infra/webhook-app.ts';

/** Rules that we break. W3005: CDK states dependencies that CloudFormation would see by itself. */
const ACCEPTED = ['W3005'];
/** A message about a property of October 2026. cfn-lint's own list of properties is older. */
const NEWER = "Additional properties are not allowed ('WarmUpConfiguration' was unexpected)";

it.skipIf(!inject('hasCfnLint'))(
  'cfn-lint finds nothing in the template, whatever the configuration',
  async () => {
    const outdir = await mkdtemp(join(tmpdir(), 'cfn-lint-'));
    onTestFinished(() => rm(outdir, { recursive: true, force: true }));
    const webhooks = [
      { name: 'usual', alarmEmail: 'ops@example.com' },
      { name: 'one-by-one', concurrentCalls: 1, schedule: 'cron(0/10 * * * ? *)', monitoring: 'essential' },
      {
        name: 'private-receiver',
        vpc: { subnets: ['subnet-01234567'], securityGroups: ['sg-01234567'], functions: 'both' },
      },
      { name: 'new-account', reserveConcurrency: false, tags: { team: 'identity' } },
    ];
    const { app, stacks } = createWebhookApp({
      outdir,
      context: { ...projectContext(), webhooks, 'aws:cdk:bundling-stacks': [] },
      analyticsReporting: false,
    });
    app.synth();
    const templates = stacks.map(({ templateFile }) => join(outdir, templateFile));

    const options = ['--non-zero-exit-code', 'none', '--format', 'json', '--ignore-checks', ...ACCEPTED];
    const { stdout } = await promisify(execFile)('cfn-lint', [...options, '--template', ...templates]);

    const found = z.array(z.looseObject({ Message: z.string() })).parse(JSON.parse(stdout));

    expect(found.filter(({ Message }) => Message !== NEWER)).toEqual([]);
  },
);
