// oauth4webapi 3, unmodified, each step by itself as its documentation has it: discovery, the code flow, the ID token with its
// signature, userinfo, refresh, introspection, revocation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { Browser } from '../common/forms.mjs';
import { ADA, PASSWORD, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://notes.example/callback';
const LEFT = 'https://notes.example/left';
// The issuer of this test is plain http on the loopback address; the library wants to be told that this is meant.
const options = { [oauth.allowInsecureRequests]: true };
let jeton, as, client, authentication;

before(async () => {
  jeton = await startJeton();
  const registered = jeton.client('Notes', CALLBACK, '--post-logout-redirect-uri', LEFT);
  const issuer = new URL(jeton.url);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  client = { client_id: registered.id };
  authentication = oauth.ClientSecretPost(registered.secret);
});

after(() => jeton?.stop());

/** The browser's part; gives the parameters of the answer, checked, and what belongs to them. */
async function ask({ browser = new Browser(), ...more } = {}) {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  });
  const callback = new URL(await browser.authorize(url.href, { username: 'ada', password: PASSWORD }));
  return { params: oauth.validateAuthResponse(as, client, callback, state), verifier, nonce };
}

async function signIn(more) {
  const { params, verifier, nonce } = await ask(more);
  const response = await oauth.authorizationCodeGrantRequest(as, client, authentication, params, CALLBACK, verifier, options);
  const checks = { expectedNonce: nonce, requireIdToken: true };
  const granted = await oauth.processAuthorizationCodeResponse(as, client, response, checks);
  await oauth.validateApplicationLevelSignature(as, response, options);
  return granted;
}

const userinfo = async (token, sub) =>
  oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, token, options));

test('discovery is of the issuer that was asked for, and lists what works', async () => {
  assert.equal(as.issuer, jeton.url);
  for (const name of ['userinfo_endpoint', 'jwks_uri', 'introspection_endpoint']) assert.ok(as[name].startsWith(jeton.url));
  const response = await oauth.discoveryRequest(new URL(jeton.url), options);
  await assert.rejects(oauth.processDiscoveryResponse(new URL('https://other.example'), response));
});

test('a code becomes an ID token whose signature is good, and userinfo tells who it is', async () => {
  const granted = await signIn();
  const claims = oauth.getValidatedIdTokenClaims(granted);
  assert.deepEqual([claims.iss, claims.aud], [jeton.url, client.client_id]);
  const { updated_at: _, ...told } = await userinfo(granted.access_token, claims.sub);
  assert.deepEqual(told, { sub: claims.sub, ...ADA });
});

test('an answer to another request is not taken, and a refusal is told', async () => {
  const { params, verifier } = await ask();
  const response = await oauth.authorizationCodeGrantRequest(as, client, authentication, params, CALLBACK, verifier, options);
  const checks = { expectedNonce: 'another', requireIdToken: true };
  await assert.rejects(oauth.processAuthorizationCodeResponse(as, client, response, checks), /nonce/);
  await assert.rejects(ask({ prompt: 'none' }), { error: 'login_required' });
});

test('userinfo of somebody else is not taken, and one without a token not given', async () => {
  const granted = await signIn();
  await assert.rejects(userinfo(granted.access_token, 'somebody'), /sub/);
  await assert.rejects(userinfo(granted.access_token.slice(0, -1), 'somebody'), (error) => error.status === 401);
});

test('a refresh brings tokens and an ID token of the same sign-in', async () => {
  const first = await signIn();
  const request = () => oauth.refreshTokenGrantRequest(as, client, authentication, first.refresh_token, options);
  const response = await request();
  const second = await oauth.processRefreshTokenResponse(as, client, response);
  await oauth.validateApplicationLevelSignature(as, response, options);
  const [before, later] = [first, second].map((granted) => oauth.getValidatedIdTokenClaims(granted));
  for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid']) assert.deepEqual(later[name], before[name], name);
  assert.equal((await userinfo(second.access_token, later.sub)).sub, before.sub);
});

test('introspection knows a token until it is revoked', async () => {
  const { access_token: token } = await signIn();
  const seen = async () => {
    const response = await oauth.introspectionRequest(as, client, authentication, token, options);
    return oauth.processIntrospectionResponse(as, client, response);
  };
  const { active, username, client_id: id } = await seen();
  assert.deepEqual([active, username, id], [true, 'ada', client.client_id]);
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, token, options));
  assert.equal((await seen()).active, false);
});

test('signing out ends the session and leads back', async () => {
  const browser = new Browser();
  const { id_token: hint } = await signIn({ browser });
  assert.ok((await ask({ browser, prompt: 'none' })).params.get('code'));
  const url = new URL(as.end_session_endpoint);
  url.search = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: LEFT, state: 'bye' });
  assert.equal(await browser.leave(url.href), `${LEFT}?state=bye`);
  await assert.rejects(ask({ browser, prompt: 'none' }), { error: 'login_required' });
});
