import { spawnSync } from 'node:child_process';

export const HOW_TO_INSTALL_MOTO =
  "the deployment tests are SKIPPED: they need moto, pip install 'moto[server,all]==5.2.*'";
export const HOW_TO_INSTALL_CFN_LINT =
  'the check by cfn-lint is SKIPPED: it needs cfn-lint, pip install cfn-lint';

export const HOW_TO_INSTALL_COMMANDS =
  "the commands of the stack's outputs are SKIPPED: they need the AWS command line and jq, pip install awscli";

export function hasMoto(): boolean {
  return runs('python3', '-c', 'import boto3, moto.server, moto.cloudformation.parsing');
}

export function hasCfnLint(): boolean {
  return runs('cfn-lint', '--version');
}

export function hasCommands(): boolean {
  return runs('aws', '--version') && runs('jq', '--version');
}

function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
