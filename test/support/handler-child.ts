/**
 * Runs a handler in a process of its own, as Lambda does. It takes events from the parent, and
 * gives back what the handler returned.
 */
import * as z from 'zod';

const bundle = z.string().parse(process.argv[2]);
const module = z.object({
  handler: z.custom<(event: unknown, context: object) => unknown>((value) => typeof value === 'function'),
});
const { handler } = module.parse(await import(bundle));
const endsAt = z.coerce.number().parse(process.argv[3]) + Date.now();

process.on('message', (event) => {
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => endsAt - Date.now() };
  Promise.resolve(handler(event, context)).then(
    (result) => process.send?.({ result }),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`); // Lambda prints it
      process.send?.({ error: String(error) });
    },
  );
});
process.send?.({ ready: true });
