import { ConfigError } from '../../infra/config.ts';
import { synthesise } from '../../infra/synthesise.ts';

// synthesised.ts runs this in a process of its own, with the output folder and the context. So the
// CDK and what it prints stay out of local mode, and its memory is given back.
const [, , outdir = '', context = '{}'] = process.argv;
try {
  const { assemblyDirectory, stackName } = synthesise({ outdir, context: JSON.parse(context) });
  process.stdout.write(JSON.stringify({ assemblyDirectory, stackName }));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stdout.write(JSON.stringify({ mistake: error.message }));
}
