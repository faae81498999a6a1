import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const PROGRAM = fileURLToPath(new URL('aws.py', import.meta.url));

const answer = z.union([z.object({ response: z.unknown() }), z.object({ error: z.string() })]);

/**
 * Calls of AWS's APIs through boto3, which is there wherever moto is. The tests need clients that
 * the product does not have.
 */
export interface AwsCalls {
  /**
   * Makes a call. Gives the answer as boto3 does; times are text, streams are base64. Throws when
   * the service refuses.
   */
  aws(service: string, operation: string, parameters?: object): Promise<unknown>;
  /**
   * Makes a call that must be refused, and gives the code of the error. Throws when it is not
   * refused.
   */
  refusal(service: string, operation: string, parameters?: object): Promise<string>;
  stop(): Promise<void>;
}

export function startAwsCalls(endpoint: string, region: string): AwsCalls {
  const child = spawn('python3', [PROGRAM, endpoint, region], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const waiting: PromiseWithResolvers<string>[] = [];
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.resolve(line));
  child.on('exit', () => {
    for (const { reject } of waiting) reject(new Error('aws.py ended'));
  });

  async function call(service: string, operation: string, parameters: object = {}) {
    const line = Promise.withResolvers<string>();
    waiting.push(line);
    child.stdin.write(`${JSON.stringify([service, operation, parameters])}\n`);
    return answer.parse(JSON.parse(await line.promise));
  }

  return {
    async aws(service, operation, parameters) {
      const result = await call(service, operation, parameters);
      if ('response' in result) return result.response;
      throw new Error(`${service} ${operation}: ${result.error}`);
    },
    async refusal(service, operation, parameters) {
      const result = await call(service, operation, parameters);
      if ('error' in result) return result.error;
      throw new Error(`${service} ${operation} was not refused`);
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
