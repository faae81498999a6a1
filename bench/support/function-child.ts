/** Runs a function in a process of its own, as Lambda does, and says what each invocation took. */
import * as z from 'zod';

const bundle = z.string().parse(process.argv[2]);
const module = z.object({
  handler: z.custom<(event: unknown, context: object) => unknown>((value) => typeof value === 'function'),
});
const { handler } = module.parse(await import(bundle));
const request = z.object({ event: z.unknown(), seconds: z.number() });

process.on('message', (message) => {
  const { event, seconds } = request.parse(message);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const before = process.cpuUsage();
  const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => endsAt - performance.now() };
  const done = (error?: unknown) => {
    const cpu = process.cpuUsage(before);
    process.send?.({
      ms: performance.now() - startedAt,
      cpuMs: (cpu.user + cpu.system) / 1_000,
      rssMb: process.resourceUsage().maxRSS / 1_024,
      ...(error === undefined ? {} : { error: String(error) }),
    });
  };
  Promise.resolve(handler(event, context)).then(() => done(), done);
});
process.send?.({ ready: true });
