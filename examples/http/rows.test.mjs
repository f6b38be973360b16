// The rows that are a single call, as somebody with curl would make it: U1, F1, S4, S5, S6.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Browser } from '../common/forms.mjs';
import { PASSWORD, SERVICE, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://cloud.example/callback';
let jeton, portal;

before(async () => {
  // Row U1 names no client: only an operator who wants that opens it.
  jeton = await startJeton({ JETON_PASSWORD_GRANT: 'open' });
  portal = jeton.client('Cloud', CALLBACK, '--no-pkce');
});

after(() => jeton?.stop());

async function call(path, { form, query, token, method = form || !query ? 'POST' : 'GET' } = {}) {
  const url = `${jeton.url}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(url, { method, headers, body: form && new URLSearchParams(form) });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** Row U1, as its users have it: no client, no URL arguments. */
function password(username, scope, path = '/oauth2/token/') {
  return call(path, { form: { grant_type: 'password', username, password: PASSWORD, scope } });
}

const tokeninfo = (access_token, path = '/oauth/tokeninfo') => call(path, { query: { access_token } });

/** Row S4 by hand: the code of a browser walk, without PKCE, for a client that was registered so. */
async function code({ username = 'ada', scope = 'read write', state, ...more } = {}) {
  const query = { response_type: 'code', client_id: portal.id, redirect_uri: CALLBACK, scope, ...more };
  if (state) query.state = state;
  const url = `${jeton.url}/oauth2/authorize?${new URLSearchParams(query)}`;
  return new URL(await new Browser().authorize(url, { username, password: PASSWORD }));
}

function exchange(code, more = {}) {
  const { id: client_id, secret: client_secret } = portal;
  const form = { grant_type: 'authorization_code', client_id, client_secret, redirect_uri: CALLBACK, code, ...more };
  return call('/oauth2/token', { form });
}

async function granted(options) {
  const { status, body } = await exchange((await code(options)).searchParams.get('code'));
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

test("U1: a name and a password become a service's token, with and without the slash", async () => {
  for (const path of ['/oauth2/token/', '/oauth2/token', '/oauth/token/', '/oauth/token']) {
    const { status, headers, body } = await password('ada', SERVICE, path);
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.scope, SERVICE);
    assert.equal(body.expires_in, 3600);
    assert.match(body.access_token, /^jtn_at_[0-9A-Za-z]{49}$/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual((await tokeninfo(body.access_token)).body.scope, [SERVICE]);
  }
});

test('U1: a wrong password, an unknown name and an unknown scope are refused', async () => {
  const wrong = { grant_type: 'password', username: 'grace', password: 'wrong', scope: SERVICE };
  assert.equal((await call('/oauth2/token', { form: wrong })).body.error, 'invalid_grant');
  const nobody = await password('nobody', SERVICE);
  assert.deepEqual([nobody.status, nobody.body.error], [400, 'invalid_grant']);
  const unknown = await password('grace', 'service_id=unknown.example');
  assert.deepEqual([unknown.status, unknown.body.error], [400, 'invalid_scope']);
});

test('F1: a resource server learns the number and the scopes of a token that it did not ask for', async () => {
  const { body: token } = await password('ada', 'read');
  for (const path of ['/oauth/tokeninfo', '/oauth/tokeninfo/', '/oauth2/tokeninfo']) {
    const { status, body } = await tokeninfo(token.access_token, path);
    assert.equal(status, 200);
    assert.ok(Number.isInteger(body.id), `a number: ${body.id}`);
    assert.deepEqual(body.scope, ['read']);
    assert.deepEqual([body.username, body.access], ['ada', 'full']);
  }
  const byHeader = await call('/oauth2/tokeninfo', { method: 'GET', token: token.access_token });
  assert.deepEqual([byHeader.status, byHeader.body.scope], [200, ['read']]);
  const dead = await tokeninfo('OWLwWDpL2QDWKAHN8qWC7eBwqjKjs9');
  assert.deepEqual([dead.status, dead.body.error], [400, 'invalid_token']);
});

test('S3 and S4: the code comes back with state and becomes an access and a refresh token', async () => {
  const callback = await code({ state: 'a b&c=d/é' });
  assert.equal(callback.searchParams.get('state'), 'a b&c=d/é');
  const { status, body } = await exchange(callback.searchParams.get('code'));
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(body.access_token && body.refresh_token);
  const { id: client_id, secret: client_secret } = portal;
  const form = { grant_type: 'refresh_token', client_id, client_secret, refresh_token: body.refresh_token };
  const refreshed = await call('/oauth2/token', { form: { ...form, redirect_uri: CALLBACK } });
  assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body));
  assert.deepEqual((await tokeninfo(refreshed.body.access_token)).body.scope, ['read', 'write']);
});

test('S4: another redirect address, another secret and a verifier out of nowhere are refused', async () => {
  const fresh = async () => (await code()).searchParams.get('code');
  const elsewhere = await exchange(await fresh(), { redirect_uri: 'https://evil.example/callback' });
  assert.deepEqual([elsewhere.status, elsewhere.body.error], [400, 'invalid_grant']);
  const intruder = await exchange(await fresh(), { client_secret: 'wrong' });
  assert.deepEqual([intruder.status, intruder.body.error], [401, 'invalid_client']);
  const verifier = randomBytes(32).toString('base64url');
  const downgraded = await exchange(await fresh(), { code_verifier: verifier });
  assert.deepEqual([downgraded.status, downgraded.body.error], [400, 'invalid_grant']);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const bound = await code({ code_challenge, code_challenge_method: 'S256' });
  const right = await exchange(bound.searchParams.get('code'), { code_verifier: verifier });
  assert.equal(right.status, 200, JSON.stringify(right.body));
});

test('S5: a token revokes itself and its refresh token, by query and by body', async () => {
  for (const place of ['query', 'form']) {
    const token = await granted();
    const other = await granted();
    assert.equal((await tokeninfo(token.access_token)).status, 200);
    const revoked = await call('/oauth2/revoke', { method: 'POST', [place]: { access_token: token.access_token } });
    assert.deepEqual([revoked.status, revoked.body.success], [200, true]);
    assert.equal(typeof revoked.body.message, 'string');
    assert.equal((await tokeninfo(token.access_token)).status, 400);
    const { id: client_id, secret: client_secret } = portal;
    const form = { grant_type: 'refresh_token', client_id, client_secret, refresh_token: token.refresh_token };
    assert.equal((await call('/oauth2/token', { form })).body.error, 'invalid_grant');
    assert.equal((await tokeninfo(other.access_token)).status, 200, 'another token is not touched');
  }
  const unknown = await call('/oauth2/revoke', { method: 'POST', query: { access_token: 'nonsense' } });
  assert.deepEqual([unknown.status, unknown.body.success], [200, false]);
});

test('S6: a token can do what its person may do at the moment of use', async () => {
  const { access_token } = await granted({ username: 'grace' });
  const info = async () => (await tokeninfo(access_token)).body;
  assert.deepEqual([(await info()).access, (await info()).scope], ['full', ['read', 'write']]);
  jeton.run('user', 'set', 'grace', '--access', 'partial', '--scope', 'read');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert.deepEqual([(await info()).access, (await info()).scope], ['partial', ['read']]);
  jeton.run('user', 'set', 'grace', '--access', 'full');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert.deepEqual([(await info()).access, (await info()).scope], ['full', ['read', 'write']]);
});

test('S6: an account with partial access gives away no more than it has', async () => {
  const token = await granted({ username: 'guest' });
  const { body } = await tokeninfo(token.access_token);
  assert.deepEqual([body.access, body.scope], ['partial', ['read']]);
});
