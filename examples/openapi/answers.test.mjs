// Real answers of each endpoint that speaks JSON, as docs/openapi.json describes them.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Browser } from '../common/forms.mjs';
import { PASSWORD, startJeton } from '../common/start.mjs';
import { judge } from './document.mjs';

const CALLBACK = 'https://notes.example/callback';
let jeton, client, tokens;

before(async () => {
  jeton = await startJeton();
  client = jeton.client('Notes', CALLBACK);
  tokens = await signIn();
});

after(() => jeton?.stop());

/** Calls an endpoint; the status must be this one, and the answer as described. */
async function call(method, path, status, { form, basic, bearer, query = '' } = {}) {
  const { id, secret } = client;
  const headers = {
    ...(basic && { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }),
    ...(bearer && { authorization: `Bearer ${bearer}` }),
  };
  const answer = await fetch(jeton.url + path + query, { method, headers, body: form && new URLSearchParams(form) });
  const body = await answer.json();
  assert.equal(answer.status, status, JSON.stringify(body));
  return judge(method, path, status, body);
}

async function signIn() {
  const verifier = randomBytes(32).toString('base64url');
  const query = {
    client_id: client.id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid profile email offline_access read',
    prompt: 'consent', code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  };
  const url = `${jeton.url}/oauth2/authorize?${new URLSearchParams(query)}`;
  const callback = new URL(await new Browser().authorize(url, { username: 'ada', password: PASSWORD }));
  const code = callback.searchParams.get('code');
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier };
  return call('POST', '/oauth2/token', 200, { basic: true, form });
}

test('tokens, and a refusal with the address that explains it', async () => {
  assert.deepEqual(Object.keys(tokens).sort(), ['access_token', 'expires_in', 'id_token', 'refresh_token', 'scope', 'token_type']);
  const form = { grant_type: 'authorization_code', code: 'none' };
  assert.ok((await call('POST', '/oauth2/token', 400, { basic: true, form })).error_uri);
  await call('POST', '/oauth2/token', 401, { form: { grant_type: 'client_credentials', client_id: client.id } });
});

test('introspection of a token that is good, of one that is not, and by a stranger', async () => {
  const ask = (token, basic, status) => call('POST', '/oauth2/introspect', status, { basic, form: { token } });
  assert.equal((await ask(tokens.access_token, true, 200)).active, true);
  assert.deepEqual(await ask('none', true, 200), { active: false });
  await ask(tokens.access_token, false, 401);
});

test('tokeninfo and userinfo', async () => {
  const query = `?access_token=${tokens.access_token}`;
  assert.equal((await call('GET', '/oauth2/tokeninfo', 200, { query })).username, 'ada');
  await call('GET', '/oauth2/tokeninfo', 400, { query: '?access_token=none' });
  assert.equal((await call('GET', '/oauth2/userinfo', 200, { bearer: tokens.access_token })).name, 'Ada Lovelace');
  await call('POST', '/oauth2/userinfo', 401, { bearer: 'none' });
});

test('metadata, keys and health', async () => {
  for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']) {
    assert.equal((await call('GET', path, 200)).issuer, jeton.url);
  }
  assert.ok((await call('GET', '/oauth2/jwks', 200)).keys.length > 0);
  await call('GET', '/health/live', 200);
  await call('GET', '/health/ready', 200);
});

test('a pushed request, and a revocation', async () => {
  const form = { client_id: client.id, redirect_uri: CALLBACK, response_type: 'code', scope: 'read', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
  await call('POST', '/oauth2/par', 201, { basic: true, form });
  await call('POST', '/oauth2/par', 400, { basic: true, form: { ...form, code_challenge: 'short' } });
  assert.equal((await call('POST', '/oauth2/revoke', 200, { basic: true, form: { token: 'none' } })).success, true);
  await call('POST', '/oauth2/revoke', 401, { form: { token: 'none', client_id: client.id } });
});

test('what is not as described is found', () => {
  assert.throws(() => judge('POST', '/oauth2/token', 200, { access_token: 'x' }), /token_type/);
  assert.throws(() => judge('POST', '/oauth2/introspect', 200, { active: false, more: 1 }), /says more/);
  assert.throws(() => judge('POST', '/oauth2/introspect', 302, {}), /not described/);
});
