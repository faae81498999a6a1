import { distrustDroppedRoots } from '../lambdas/shared/trusted-roots.ts';
import { createPrinter } from './output/printer.ts';
import { HELP, parseArguments } from './run/arguments.ts';
import { run } from './run/run.ts';
import { refuseSwallowedOptions } from './run/swallowed-options.ts';
import { UserError } from './user-error.ts';

distrustDroppedRoots();

const printer = createPrinter(false);
process.stdout.on('error', () => {}); // a reader that went away (`| head`) is no reason to lose what is in flight

try {
  refuseSwallowedOptions(process.argv.slice(2), process.env);
  const args = parseArguments(process.argv.slice(2));
  if (args.help) process.stdout.write(`${HELP}\n`);
  else process.exitCode = await run(args, process.env);
} catch (error) {
  if (error instanceof UserError) printer.error(error.message);
  else printer.error(`Local mode broke: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = error instanceof UserError ? error.exitCode : 1;
}
process.exit(); // whatever a service may still hold open
