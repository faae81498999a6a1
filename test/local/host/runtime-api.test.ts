import { expect, it, onTestFinished } from 'vitest';
import { startRuntimeApi } from '../../../local/host/runtime-api.ts';

const INVOCATION = { requestId: 'r1', functionArn: 'arn', payload: '{"Records":[]}', timeoutMs: 1_000 };

async function world() {
  const told: string[] = [];
  const api = await startRuntimeApi({
    idle: () => told.push('idle'),
    taken: () => told.push('taken'),
    done: () => told.push('done'),
    initFailed: () => told.push('initFailed'),
  });
  onTestFinished(api.close);
  return { api, told };
}

it('a process that was told the address gets the events, and ends them', async () => {
  const { api, told } = await world();
  api.offer(INVOCATION);
  const next = await fetch(`http://${api.address}/2018-06-01/runtime/invocation/next`);

  expect(await next.text()).toBe(INVOCATION.payload);

  await fetch(`http://${api.address}/2018-06-01/runtime/invocation/r1/response`, {
    method: 'POST',
    body: '{}',
  });

  expect(told).toEqual(['idle', 'taken', 'done']);
});

it.each([
  ['GET', 'invocation/next'],
  ['POST', 'invocation/r1/response'],
  ['POST', 'invocation/r1/error'],
  ['POST', 'init/error'],
])('another process that finds the port gets no event and ends none: %s %s', async (method, path) => {
  const { api, told } = await world();
  api.offer(INVOCATION);
  const { host } = new URL(`http://${api.address}`);
  const answer = await fetch(`http://${host}/2018-06-01/runtime/${path}`, { method });

  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe('');
  expect(told).toEqual([]);
});
