import type { Tenant } from '../stand-ins/tenant/tenant.ts';

/** Commands that call the simulated Management API, ready to paste. */
export interface CurlCommands {
  readonly curl: string;
  readonly sdk: string;
}

export function curlCommands({ domain, caFile, management }: Tenant): CurlCommands {
  const { clientId, clientSecret, audience } = management;
  return {
    curl: [
      `CA='${caFile}'`,
      `TOKEN=$(curl -s --cacert "$CA" https://${domain}/oauth/token \\`,
      `  -d grant_type=client_credentials -d audience='${audience}' \\`,
      `  -d client_id='${clientId}' -d client_secret='${clientSecret}' |`,
      `  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
      `curl -s --cacert "$CA" https://${domain}/api/v2/users \\`,
      `  -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
      `  -d '{"connection":"Username-Password-Authentication","email":"'$RANDOM'@example.com","password":"a long one"}'`,
    ].join('\n'),
    sdk: [
      `// NODE_EXTRA_CA_CERTS='${caFile}' node this-file.mjs`,
      `import { ManagementClient } from 'auth0';`,
      `const auth0 = new ManagementClient({`,
      `  domain: '${domain}',`,
      `  audience: '${audience}',`,
      `  clientId: '${clientId}',`,
      `  clientSecret: '${clientSecret}',`,
      `});`,
      `const { user_id } = await auth0.users.create({`,
      `  connection: 'Username-Password-Authentication',`,
      `  email: \`\${Date.now()}@example.com\`,`,
      `  password: 'a long one',`,
      `});`,
      `await auth0.users.update(user_id, { app_metadata: { plan: 'pro' } });`,
    ].join('\n'),
  };
}
