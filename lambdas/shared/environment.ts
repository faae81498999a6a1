/**
 * Reads the variables that a contract names. The stack sets all of them, so a missing one is a
 * fault of the deployment.
 */
export function requiredEnv<Name extends string>(
  contract: Readonly<Record<Name, string>>,
  environment: NodeJS.ProcessEnv,
): Readonly<Record<Name, string>> {
  const names = Object.keys(contract) as Name[];
  const missing = names.map((name) => contract[name]).filter((variable) => !environment[variable]);
  if (missing.length > 0)
    throw new Error(`environment variables are missing: ${missing.join(', ')}; deploy the stack again`);
  return Object.fromEntries(names.map((name) => [name, environment[contract[name]]])) as Record<Name, string>;
}
