// npm install openid-client@6
import { createInterface } from 'node:readline/promises';
import * as client from 'openid-client';

const redirect_uri = '{{redirect_uri}}';
const config = await client.discovery(
  new URL('{{issuer}}'),
  '{{client_id}}',
{{secret}}  process.env.CLIENT_SECRET,
{{secret}}  client.ClientSecretBasic(process.env.CLIENT_SECRET),
{{public}}  undefined,
{{public}}  client.None(),
{{https}}  { algorithm: 'oauth2' },
{{http}}  { algorithm: 'oauth2', execute: [client.allowInsecureRequests] }, // Plain http: on this machine only.
);

const pkceCodeVerifier = client.randomPKCECodeVerifier();
const expectedState = client.randomState();
const address = client.buildAuthorizationUrl(config, {
  redirect_uri,
{{scoped}}  scope: '{{scope}}',
  state: expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
});

console.log(`Open this address, then paste the one that you come back with:\n${address.href}`);
const input = createInterface({ input: process.stdin });
const answer = new URL(await input.question(''));
input.close();
const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier, expectedState });
console.log(JSON.stringify(tokens));
