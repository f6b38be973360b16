// openid-client 6, unmodified, as a relying party of OpenID Connect: discovery, the code flow with nonce and max_age, the ID
// token with its signature, userinfo, refresh, and beside each what must not work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../common/forms.mjs';
import { ADA, PASSWORD, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://notes.example/callback';
const LEFT = 'https://notes.example/left';
const ada = { username: 'ada', password: PASSWORD };
let jeton, notes, sketches;

/** Discovery by OpenID Connect; the signature of every ID token is checked, plain http is for this test's loopback issuer. */
async function discover({ id, secret }) {
  const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks];
  return client.discovery(new URL(jeton.url), id, secret, client.ClientSecretBasic(secret), { execute });
}

before(async () => {
  jeton = await startJeton();
  notes = await discover(jeton.client('Notes', CALLBACK, '--post-logout-redirect-uri', LEFT));
  const curve = await discover(jeton.client('Sketches', CALLBACK, '--id-token-alg', 'ES256'));
  sketches = new client.Configuration(curve.serverMetadata(), curve.clientMetadata().client_id, {
    ...curve.clientMetadata(),
    id_token_signed_response_alg: 'ES256',
  }, client.ClientSecretPost(curve.clientMetadata().client_secret));
  client.allowInsecureRequests(sketches);
  client.enableNonRepudiationChecks(sketches);
});

after(() => jeton?.stop());

/** One sign-in: the callback's address, and what the client has to remember for it. */
async function ask(config, { browser = new Browser(), ...more } = {}) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  });
  return { callback: new URL(await browser.authorize(url.href, ada)), checks };
}

async function signIn(config, options) {
  const { callback, checks } = await ask(config, options);
  return client.authorizationCodeGrant(config, callback, checks);
}

/** The library found fault with this claim or parameter. */
const about = (name) => (error) => error.cause.message.includes(`"${name}"`);

test('a sign-in brings an ID token with a good signature, and userinfo tells who it is', async () => {
  for (const [config, alg] of [[notes, 'RS256'], [sketches, 'ES256']]) {
    const granted = await signIn(config);
    const { iss, aud, sub, sid } = granted.claims();
    assert.equal(sid, undefined, 'a client without a back channel hears of no session');
    assert.deepEqual([iss, aud], [jeton.url, config.clientMetadata().client_id]);
    assert.ok(sub);
    const header = JSON.parse(Buffer.from(granted.id_token.split('.')[0], 'base64url'));
    assert.equal(header.alg, alg);
    const { updated_at: _, ...told } = await client.fetchUserInfo(config, granted.access_token, sub);
    assert.deepEqual(told, { sub, ...ADA });
    await assert.rejects(client.fetchUserInfo(config, granted.access_token, `${sub}0`), about('sub'));
  }
});

test('a second client knows the same person by the same number', async () => {
  const [one, other] = [await signIn(notes), await signIn(sketches)];
  assert.equal(one.claims().sub, other.claims().sub);
});

test('an answer to another request is not taken', async () => {
  const { callback, checks } = await ask(notes);
  await assert.rejects(client.authorizationCodeGrant(notes, callback, { ...checks, expectedState: 'other' }), about('state'));
  await assert.rejects(client.authorizationCodeGrant(notes, callback, { ...checks, expectedNonce: 'other' }), about('nonce'));
});

test('a session goes on silently, and max_age asks to sign in again', async () => {
  const browser = new Browser();
  const first = await signIn(notes, { browser, max_age: 3600 });
  const { callback, checks } = await ask(notes, { browser, prompt: 'none', id_token_hint: first.id_token });
  const second = await client.authorizationCodeGrant(notes, callback, { ...checks, maxAge: 3600 });
  assert.equal(second.claims().auth_time, first.claims().auth_time);
  const renewed = await ask(notes, { browser, max_age: 0 });
  const third = await client.authorizationCodeGrant(notes, renewed.callback, { ...renewed.checks, maxAge: 0 });
  assert.ok(third.claims().auth_time >= first.claims().auth_time);
  const silent = await ask(notes, { prompt: 'none' });
  await assert.rejects(client.authorizationCodeGrant(notes, silent.callback, silent.checks), { error: 'login_required' });
});

test('the claims parameter brings a claim into the ID token', async () => {
  const claims = JSON.stringify({ id_token: { email: { essential: true } } });
  const granted = await signIn(notes, { scope: 'openid', claims });
  assert.equal(granted.claims().email, ADA.email);
  assert.equal((await signIn(notes, { scope: 'openid', prompt: 'consent' })).claims().email, undefined);
});

test('a refresh brings a new ID token of the same sign-in', async () => {
  const first = await signIn(notes, { scope: 'openid offline_access', prompt: 'consent' });
  const second = await client.refreshTokenGrant(notes, first.refresh_token);
  for (const name of ['iss', 'sub', 'aud', 'auth_time']) assert.deepEqual(second.claims()[name], first.claims()[name]);
  assert.equal((await client.fetchUserInfo(notes, second.access_token, first.claims().sub)).sub, first.claims().sub);
  await assert.rejects(client.refreshTokenGrant(sketches, second.refresh_token), { error: 'invalid_grant' });
});

test('signing out ends the session and leads back with the state', async () => {
  const browser = new Browser();
  const { id_token: hint } = await signIn(notes, { browser });
  const silent = async () => {
    const { callback, checks } = await ask(notes, { browser, prompt: 'none' });
    return client.authorizationCodeGrant(notes, callback, checks);
  };
  assert.ok((await silent()).claims().sub);
  const wish = { post_logout_redirect_uri: LEFT, id_token_hint: hint, state: 'bye & thanks' };
  const left = new URL(await browser.leave(client.buildEndSessionUrl(notes, wish).href));
  assert.deepEqual([left.origin + left.pathname, [...left.searchParams]], [LEFT, [['state', 'bye & thanks']]]);
  await assert.rejects(silent(), { error: 'login_required' });
  const elsewhere = client.buildEndSessionUrl(notes, { ...wish, post_logout_redirect_uri: `${LEFT}/other` });
  await assert.rejects(browser.leave(elsewhere.href), /^Error: 400 /);
});
