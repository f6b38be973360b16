// openid-client 6, unmodified, as a client of the FAPI 2.0 security profile: its key proves who it is (RFC 7523), its requests
// are pushed (RFC 9126), its tokens are bound to a key (RFC 9449); and beside each what must not work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../common/forms.mjs';
import { clientKey } from '../common/keys.mjs';
import { ADA, PASSWORD, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://bank.example/callback';
const ada = { username: 'ada', password: PASSWORD };
const SCOPE = 'openid profile email offline_access';
let jeton, bank, stranger;

async function discover(id, { privateKey, kid }) {
  const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks];
  const metadata = { id_token_signed_response_alg: 'ES256' };
  return client.discovery(new URL(jeton.url), id, metadata, client.PrivateKeyJwt({ key: privateKey, kid }), { execute });
}

before(async () => {
  jeton = await startJeton();
  const [key, other] = [await clientKey('PS256'), await clientKey('PS256')];
  const flags = ['--fapi', '--auth-method', 'private_key_jwt', '--id-token-alg', 'ES256'];
  const { id } = key.register((file) => jeton.client('Bank', CALLBACK, ...flags, '--jwks-file', file));
  bank = await discover(id, key);
  stranger = await discover(id, other);
});

after(() => jeton?.stop());

/** Pushes a request and sends the person; the callback's address and what the client has to remember for it. */
async function ask(DPoP, config = bank) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  };
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    prompt: 'consent',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  }, { DPoP });
  return { url, checks };
}

const handle = async () => client.getDPoPHandle(bank, await client.randomDPoPKeyPair('ES256'));

async function signIn(DPoP) {
  const { url, checks } = await ask(DPoP);
  const callback = new URL(await new Browser().authorize(url.href, ada));
  return client.authorizationCodeGrant(bank, callback, checks, undefined, { DPoP });
}

test('discovery lists pushed requests, proofs of possession and assertions', () => {
  const server = bank.serverMetadata();
  assert.equal(server.pushed_authorization_request_endpoint, `${jeton.url}/oauth2/par`);
  assert.ok(server.dpop_signing_alg_values_supported.includes('ES256'));
  assert.ok(server.token_endpoint_auth_methods_supported.includes('private_key_jwt'));
});

test('a pushed request travels as nothing but its name, and ends in bound tokens and userinfo', async () => {
  const DPoP = await handle();
  const { url, checks } = await ask(DPoP);
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  const callback = new URL(await new Browser().authorize(url.href, ada));
  const granted = await client.authorizationCodeGrant(bank, callback, checks, undefined, { DPoP });
  assert.equal(granted.token_type, 'dpop');
  const { sub } = granted.claims();
  const { updated_at: _, ...told } = await client.fetchUserInfo(bank, granted.access_token, sub, { DPoP });
  assert.deepEqual(told, { sub, ...ADA });
});

test('a bound token is of no use with another key, or without one', async () => {
  const granted = await signIn(await handle());
  const { sub } = granted.claims();
  for (const options of [{ DPoP: await handle() }, {}]) {
    await assert.rejects(client.fetchUserInfo(bank, granted.access_token, sub, options), (error) => error.status === 401);
  }
});

test('a refresh keeps the key, and brings a new ID token of the same sign-in', async () => {
  const DPoP = await handle();
  const first = await signIn(DPoP);
  const second = await client.refreshTokenGrant(bank, first.refresh_token, undefined, { DPoP });
  assert.equal(second.token_type, 'dpop');
  assert.deepEqual(second.claims().sub, first.claims().sub);
  assert.equal((await client.fetchUserInfo(bank, second.access_token, first.claims().sub, { DPoP })).sub, first.claims().sub);
});

test('another key proves nothing, and a request that was not pushed is refused', async () => {
  await assert.rejects(ask(undefined, stranger), (error) => error.status === 401);
  const url = client.buildAuthorizationUrl(bank, { redirect_uri: CALLBACK, scope: SCOPE, state: 's' });
  const callback = new URL(await new Browser().authorize(url.href, ada));
  assert.equal(callback.searchParams.get('error'), 'invalid_request');
});
