// Runs inside each execution environment, as Lambda's own runtime client does. It loads the
// handler, then asks the Runtime API for one event after the other. It is plain JavaScript without
// imports of ours, as the child sees only the bundle.

import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const { AWS_LAMBDA_RUNTIME_API: api, LAMBDA_TASK_ROOT: root, _HANDLER: handlerName } = process.env;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

// Ctrl-C reaches the whole process group, but the host decides when a function ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

// Standard input ends when the host does, even by kill -9. A thread of its own sees that while the
// handler hangs.
new Worker(
  `const { Socket } = require('node:net');
   const input = new Socket({ fd: 0, readable: true, writable: false });
   input.on('error', () => {}).on('close', () => process.kill(process.pid, 'SIGKILL')).resume();`,
  { eval: true, stdin: true, env: {} },
).unref();

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(`http://${api}/2018-06-01/runtime/${path}`, { method, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function described(error) {
  const isError = error instanceof Error;
  return JSON.stringify({
    errorType: isError ? error.name : 'Error',
    errorMessage: isError ? error.message : String(error),
  });
}

async function load() {
  const [file, exported] = handlerName.split('.');
  const path = ['mjs', 'js', 'cjs'].map((extension) => `${root}/${file}.${extension}`).find(existsSync);
  if (!path) throw new Error(`Cannot find module '${file}' in ${root}`);
  const module = await import(pathToFileURL(path).href);
  const handler = module[exported] ?? module.default?.[exported];
  if (typeof handler !== 'function') throw new Error(`${handlerName} is not a function`);
  return handler;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function run(handler) {
  for (;;) {
    const { headers, text } = await call('GET', 'invocation/next');
    const id = headers['lambda-runtime-aws-request-id'];
    const answer = await Promise.resolve()
      .then(() => handler(JSON.parse(text), contextOf(headers)))
      .then((result) => ({ path: 'response', body: JSON.stringify(result) ?? 'null' }))
      .catch((error) => ({ path: 'error', body: described(error) }));
    // Everything that the invocation printed comes before this mark, for which the host waits.
    process.stdout.write(`\n\0end ${id}\n`);
    await call('POST', `invocation/${id}/${answer.path}`, answer.body);
  }
}

const handler = await load().catch(async (error) => {
  await call('POST', 'init/error', described(error));
  process.exit(1);
});
await run(handler).catch(() => process.exit(1)); // the Runtime API is gone, and so is the host
