#!/usr/bin/env node
// What a shell finds as `aws`: gives its words to the test that runs it, and prints what comes back.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const words = process.argv.slice(2).map((word) => {
  const [, path] = /^fileb?:\/\/(.*)$/.exec(word) ?? [];
  if (path === undefined) return word;
  return readFileSync(path === '/dev/stdin' ? 0 : path, 'utf8');
});
const socket = connect(process.env.AWS_STAND_IN);
socket.end(JSON.stringify({ program: process.env.PROGRAM ?? 'aws', words, variables: process.env }));
let reply = '';
for await (const chunk of socket.setEncoding('utf8')) reply += chunk;
const { stdout, stderr, exitCode } = JSON.parse(reply);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
