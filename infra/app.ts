import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError } from './config.ts';
import { createWebhookApp } from './webhook-app.ts';

// The CDK command line runs this file and hands over the context of cdk.json and of its `-c`
// options.
try {
  const { app, hints } = createWebhookApp();
  for (const hint of hints) process.stderr.write(`Note: ${hint}\n`);
  // A finding without a written reason ends the synthesis.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`); // the user's own mistake: a stack trace would only hide it
  process.exitCode = 1;
}
