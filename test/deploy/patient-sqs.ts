import { SQSClient } from '@aws-sdk/client-sqs';
import type { Emulator } from './emulator.ts';
import { REGION } from './emulator.ts';

/**
 * Makes a client whose long polls last a second and are never broken off. moto goes on with a poll
 * whose caller is gone. What it then receives for nobody stays hidden for the whole visibility
 * time-out.
 */
export function patientSqs({ url }: Emulator): SQSClient {
  const client = new SQSClient({
    endpoint: url,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    useQueueUrlAsEndpoint: false,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      if ('WaitTimeSeconds' in args.input) Object.assign(args.input, { WaitTimeSeconds: 1 });
      return next(args);
    },
    { step: 'initialize' },
  );
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => handle(request, { ...options, abortSignal: undefined });
  return client;
}
