// openid-client 6, unmodified, as its documentation has it (row S7): authorization code with PKCE, refresh,
// introspection, revocation, and beside each what must not work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../common/forms.mjs';
import { PASSWORD, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://notes.example/callback';
const ada = { username: 'ada', password: PASSWORD };
let jeton, notes, device, intruder;

/** The library's own discovery, RFC 8414; plain http is for the loopback issuer of this test only. */
async function discover({ id, secret }, authentication) {
  const options = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] };
  return client.discovery(new URL(jeton.url), id, secret, authentication, options);
}

before(async () => {
  jeton = await startJeton();
  const registered = jeton.client('Notes', CALLBACK);
  const native = jeton.client('Device', 'http://127.0.0.1/callback', '--public');
  notes = await discover(registered, client.ClientSecretBasic(registered.secret));
  device = await discover(native, client.None());
  const wrong = `${registered.secret.slice(0, -1)}!`;
  intruder = await discover({ ...registered, secret: wrong }, client.ClientSecretPost(wrong));
});

after(() => jeton?.stop());

/** The browser's part: gives the callback's address and what the client has to remember for it. */
async function ask(config, { redirect_uri = CALLBACK, decision, ...more } = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'read write',
    state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  });
  const callback = new URL(await new Browser().authorize(url.href, { ...ada, decision }));
  return { callback, checks: { pkceCodeVerifier, expectedState } };
}

async function tokens(config = notes, options) {
  const { callback, checks } = await ask(config, options);
  return client.authorizationCodeGrant(config, callback, checks);
}

const active = async (token) => (await client.tokenIntrospection(notes, token)).active;
const refused = (error) => (failure) => failure.error === error;

test('discovery lists what the library needs, and PKCE with S256 alone', () => {
  const server = notes.serverMetadata();
  assert.equal(server.issuer, jeton.url);
  assert.deepEqual(server.code_challenge_methods_supported, ['S256']);
  assert.equal(server.authorization_response_iss_parameter_supported, true);
  for (const endpoint of ['authorization', 'token', 'introspection', 'revocation']) {
    assert.ok(server[`${endpoint}_endpoint`]?.startsWith(jeton.url), endpoint);
  }
});

test('a code becomes a token, and introspection tells whose it is and for what', async () => {
  const granted = await tokens();
  assert.equal(granted.token_type, 'bearer');
  assert.equal(granted.expires_in, 3600);
  assert.equal(granted.scope, 'read write');
  const seen = await client.tokenIntrospection(notes, granted.access_token);
  assert.equal(seen.active, true);
  assert.equal(seen.username, 'ada');
  assert.equal(seen.scope, 'read write');
  assert.equal(seen.client_id, notes.clientMetadata().client_id);
  assert.equal((await client.tokenIntrospection(notes, 'nonsense')).active, false);
});

test('a refresh token rotates, and an old one ends everything that came from it', async () => {
  const first = await tokens();
  const second = await client.refreshTokenGrant(notes, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(await active(second.access_token), true);
  const third = await client.refreshTokenGrant(notes, second.refresh_token);
  assert.equal(await active(third.access_token), true);
  await assert.rejects(client.refreshTokenGrant(notes, first.refresh_token), refused('invalid_grant'));
  await assert.rejects(client.refreshTokenGrant(notes, third.refresh_token), refused('invalid_grant'));
  assert.equal(await active(third.access_token), false);
});

test('a refreshed token may have less scope and never more', async () => {
  const granted = await tokens(notes, { scope: 'read' });
  const more = { scope: 'read write' };
  await assert.rejects(client.refreshTokenGrant(notes, granted.refresh_token, more), refused('invalid_scope'));
  const same = await client.refreshTokenGrant(notes, granted.refresh_token, { scope: 'read' });
  assert.equal(same.scope, 'read');
});

test('a revoked token is inactive from that moment', async () => {
  const granted = await tokens();
  const other = await tokens();
  assert.equal(await active(granted.access_token), true);
  await client.tokenRevocation(notes, granted.access_token);
  assert.equal(await active(granted.access_token), false);
  assert.equal(await active(other.access_token), true, 'another token is not touched');
  await client.tokenRevocation(notes, 'nonsense');
});

test('a revoked refresh token takes its access token along', async () => {
  const granted = await tokens();
  await client.tokenRevocation(notes, granted.refresh_token, { token_type_hint: 'refresh_token' });
  assert.equal(await active(granted.access_token), false);
  await assert.rejects(client.refreshTokenGrant(notes, granted.refresh_token), refused('invalid_grant'));
});

test('a code is good once, and with the verifier that it was asked for with', async () => {
  const { callback, checks } = await ask(notes);
  const granted = await client.authorizationCodeGrant(notes, callback, checks);
  await assert.rejects(client.authorizationCodeGrant(notes, callback, checks), refused('invalid_grant'));
  assert.equal(await active(granted.access_token), false, 'a code that comes twice was stolen by somebody');
  const again = await ask(notes);
  again.checks.pkceCodeVerifier = client.randomPKCECodeVerifier();
  await assert.rejects(client.authorizationCodeGrant(notes, again.callback, again.checks), refused('invalid_grant'));
});

test('a redirect address that is not registered gets a page and no redirect', async () => {
  for (const redirect_uri of ['https://evil.example/callback', `${CALLBACK}/`, `${CALLBACK}?a=b`]) {
    await assert.rejects(ask(notes, { redirect_uri }), /^Error: 400 /, redirect_uri);
  }
  assert.ok((await ask(notes)).callback.searchParams.get('code'));
});

test('a refusal comes back as access_denied, with state and issuer that the library checks', async () => {
  const { callback, checks } = await ask(notes, { decision: 'deny', prompt: 'consent' });
  assert.equal(callback.searchParams.get('state'), checks.expectedState);
  assert.equal(callback.searchParams.get('iss'), jeton.url);
  await assert.rejects(client.authorizationCodeGrant(notes, callback, checks), refused('access_denied'));
});

test('a native application has no secret and any port of the loopback address', async () => {
  const granted = await tokens(device, { redirect_uri: 'http://127.0.0.1:49152/callback' });
  assert.equal(await active(granted.access_token), true);
  const rotated = await client.refreshTokenGrant(device, granted.refresh_token);
  assert.equal(await active(rotated.access_token), true);
  await assert.rejects(ask(device, { redirect_uri: 'http://127.0.0.1:49152/other' }), /^Error: 400 /);
});

test('a wrong client secret opens nothing', async () => {
  const { callback, checks } = await ask(notes);
  await assert.rejects(client.authorizationCodeGrant(intruder, callback, checks), { status: 401 });
  await assert.rejects(client.tokenIntrospection(intruder, 'nonsense'), { status: 401 });
});
