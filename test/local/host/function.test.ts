import { describe, expect, it, onTestFinished } from 'vitest';
import { type HostedFunction, hostFunction } from '../../../local/host/function.ts';
import type { FunctionDefinition } from '../../../local/template/resources.ts';
import { throwAwayFunction } from '../support/throw-away-function.ts';

interface Hosted {
  readonly hosted: HostedFunction;
  readonly lines: string[];
}

async function host(
  source: string,
  overrides: Partial<FunctionDefinition> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<Hosted> {
  const lines: string[] = [];
  const definition = await throwAwayFunction(source, overrides);
  const hosted = hostFunction(definition, {
    variables,
    onLine: (line, stream) => lines.push(`${stream} ${line}`),
  });
  onTestFinished(() => hosted.close());
  return { hosted, lines };
}

function payloadOf(result: Awaited<ReturnType<HostedFunction['invoke']>>): unknown {
  if (result.kind !== 'success') throw new Error(`not a success: ${JSON.stringify(result)}`);
  return JSON.parse(result.payload);
}

describe('hostFunction', () => {
  it('answers with what the handler returns, and hands it the event', async () => {
    const { hosted } = await host('export const handler = async (event) => ({ got: event })');

    expect(payloadOf(await hosted.invoke('{"a":[1]}'))).toEqual({ got: { a: [1] } });
  });

  it('answers null for a handler that returns nothing', async () => {
    const { hosted } = await host('export const handler = async () => {}');

    expect(payloadOf(await hosted.invoke('{}'))).toBeNull();
  });

  it("gives the handler Lambda's context and the remaining time", async () => {
    const { hosted } = await host(`export const handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis() })`);

    expect(payloadOf(await hosted.invoke('{}'))).toMatchObject({
      functionName: 'throw-away',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:throw-away',
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      left: expect.closeTo(4_900, -3),
    });
  });

  it('keeps a process for the next invocation', async () => {
    const { hosted } = await host('export const handler = async () => process.pid');

    const first = payloadOf(await hosted.invoke('{}'));

    expect(payloadOf(await hosted.invoke('{}'))).toBe(first);
  });

  it('starts processes before they are needed, no more than may run at a time', async () => {
    const source = "console.log('loaded'); export const handler = async () => process.pid";
    const { hosted, lines } = await host(source, { reservedConcurrency: 2 });

    await hosted.warm(3);

    await expect.poll(() => lines).toEqual(['stdout loaded', 'stdout loaded']);
    const pids = await Promise.all([hosted.invoke('{}'), hosted.invoke('{}')]);

    expect(new Set(pids.map(payloadOf)).size).toBe(2);
    expect(lines).toHaveLength(2);
  });

  it('tells at the first invocation why a process that was started before could not load', async () => {
    const { hosted, lines } = await host("console.log('loaded'); throw new Error('no table')");

    await hosted.warm(1);

    await expect.poll(() => lines).toContain('stdout loaded');

    expect(await hosted.invoke('{}')).toMatchObject({ kind: 'error', message: 'no table' });
  });

  it('sees only what Lambda sets, its own variables and the extra ones', async () => {
    process.env.A_SECRET_OF_THE_USER = 'x';
    onTestFinished(() => void delete process.env.A_SECRET_OF_THE_USER);
    const { hosted } = await host(
      'export const handler = async () => process.env',
      { environment: { TABLE_NAME: 'State' } },
      { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' },
    );

    const variables = payloadOf(await hosted.invoke('{}'));

    expect(variables).toMatchObject({
      TABLE_NAME: 'State',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      AWS_LAMBDA_FUNCTION_NAME: 'throw-away',
      AWS_REGION: 'us-east-1',
    });
    const own = /^(AWS_|LAMBDA_|_HANDLER$|HOME$|LANG$|PATH$|TZ$|TABLE_NAME$|__CF)/;

    expect(Object.keys(Object(variables)).filter((name) => !own.test(name))).toEqual([]);
  });

  it('tells what the handler threw', async () => {
    const { hosted } = await host("export const handler = async () => { throw new RangeError('too far'); }");

    expect(await hosted.invoke('{}')).toEqual({ kind: 'error', errorType: 'RangeError', message: 'too far' });
  });

  it('reports a process that ends as an error and starts another one', async () => {
    const { hosted } = await host(
      `export const handler = async (event) => { if (event.crash) process.exit(3); return 'well'; }`,
    );

    expect(await hosted.invoke('{"crash":true}')).toEqual({
      kind: 'error',
      errorType: 'Runtime.ExitError',
      message: 'The process ended (exit code 3)',
    });
    expect(payloadOf(await hosted.invoke('{}'))).toBe('well');
  });

  it('kills a handler that hangs when its time is over, even in a loop without end', async () => {
    const { hosted } = await host(
      `export const handler = async (event) => { while (event.hang) {} return 'well'; }`,
      { timeoutSeconds: 1 },
    );

    expect(await hosted.invoke('{"hang":true}')).toEqual({
      kind: 'error',
      errorType: 'Sandbox.Timedout',
      message: 'Task timed out after 1.00 seconds',
    });
    expect(payloadOf(await hosted.invoke('{}'))).toBe('well');
  });

  it('reports a bundle that cannot be loaded', async () => {
    const { hosted } = await host("throw new Error('a variable is missing');");

    expect(await hosted.invoke('{}')).toEqual({
      kind: 'error',
      errorType: 'Error',
      message: 'a variable is missing',
    });
  });

  it('throttles what is beyond the reserved concurrency', async () => {
    const { hosted } = await host(
      'export const handler = () => new Promise((resolve) => setTimeout(() => resolve(process.pid), 200))',
      { reservedConcurrency: 2 },
    );

    const results = await Promise.all([hosted.invoke('{}'), hosted.invoke('{}'), hosted.invoke('{}')]);

    expect(results.map(({ kind }) => kind)).toEqual(['success', 'success', 'throttled']);
    expect(new Set(results.slice(0, 2).map(payloadOf)).size).toBe(2);
  });

  it('has handed over every printed line when an invocation ends, an unfinished last one too', async () => {
    const { hosted, lines } = await host(`export const handler = async () => {
      console.log('one'); process.stdout.write('two\\nthree'); }`);

    await hosted.invoke('{}');

    expect(lines).toEqual(['stdout one', 'stdout two', 'stdout three']);
  });

  it('cuts a line that has no end instead of keeping all of it', async () => {
    const { hosted, lines } = await host(`export const handler = async () => {
      for (let i = 0; i < 40; i += 1) process.stdout.write('x'.repeat(100_000)); }`);

    await hosted.invoke('{}');

    expect(lines.map((line) => line.length)).toEqual(['stdout '.length + 1024 * 1024]);
  });

  it('hands over what a process printed before it died', async () => {
    const { hosted, lines } = await host(`export const handler = async () => {
      console.log('before'); console.error('why'); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}); }`);

    await hosted.invoke('{}');

    expect(lines.toSorted()).toEqual(['stderr why', 'stdout before']);
  });
});
