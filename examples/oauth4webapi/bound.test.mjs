// oauth4webapi 3, unmodified: a client whose key proves who it is (RFC 7523), whose requests are pushed (RFC 9126) and whose
// tokens are bound to a key (RFC 9449), each step by itself; and beside it what must not work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { Browser } from '../common/forms.mjs';
import { clientKey } from '../common/keys.mjs';
import { ADA, PASSWORD, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://notes.example/callback';
const options = { [oauth.allowInsecureRequests]: true };
let jeton, as, client, authentication, stranger;

before(async () => {
  jeton = await startJeton();
  const [key, other] = [await clientKey('ES256'), await clientKey('ES256')];
  const flags = ['--auth-method', 'private_key_jwt', '--require-pushed-requests', '--require-dpop'];
  const { id } = key.register((file) => jeton.client('Notes', CALLBACK, ...flags, '--jwks-file', file));
  const issuer = new URL(jeton.url);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  client = { client_id: id };
  const proof = ({ privateKey, kid }) => oauth.PrivateKeyJwt({ key: privateKey, kid });
  [authentication, stranger] = [proof(key), proof(other)];
});

after(() => jeton?.stop());

const handle = async () => oauth.DPoP(client, await oauth.generateKeyPair('ES256'));

/** Asks, and once more with the nonce that the first refusal brought (RFC 9449 §8). */
async function retried(step) {
  return step().catch((error) => {
    assert.ok(oauth.isDPoPNonceError(error), error.message);
    return step();
  });
}

/** Pushes a request; its name, and what belongs to it. */
async function push(DPoP, by = authentication) {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const request = new URLSearchParams({
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const pushed = await retried(async () => {
    const response = await oauth.pushedAuthorizationRequest(as, client, by, request, { ...options, DPoP });
    return oauth.processPushedAuthorizationResponse(as, client, response);
  });
  return { pushed, state, nonce, verifier };
}

async function visit(pushed) {
  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
  return new URL(await new Browser().authorize(url.href, { username: 'ada', password: PASSWORD }));
}

async function redeem(DPoP, { state, nonce, verifier }, callback) {
  const params = oauth.validateAuthResponse(as, client, callback, state);
  return retried(async () => {
    const extra = { ...options, DPoP };
    const response = await oauth.authorizationCodeGrantRequest(as, client, authentication, params, CALLBACK, verifier, extra);
    const granted = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce, requireIdToken: true });
    await oauth.validateApplicationLevelSignature(as, response, options);
    return granted;
  });
}

const userinfo = async (DPoP, token, sub) => retried(async () =>
  oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, token, { ...options, DPoP })));

test('a pushed request ends in tokens that are bound to the key, and in userinfo for whoever proves it', async () => {
  const DPoP = await handle();
  const asked = await push(DPoP);
  assert.ok(asked.pushed.expires_in > 0);
  const granted = await redeem(DPoP, asked, await visit(asked.pushed));
  assert.equal(granted.token_type, 'dpop');
  const { sub } = oauth.getValidatedIdTokenClaims(granted);
  const { updated_at: _, ...told } = await userinfo(DPoP, granted.access_token, sub);
  assert.deepEqual(told, { sub, ...ADA });
  const other = await handle();
  await assert.rejects(userinfo(other, granted.access_token, sub));
});

test('a code that is bound to one key is not redeemed with another', async () => {
  const DPoP = await handle();
  const asked = await push(DPoP);
  const callback = await visit(asked.pushed);
  await assert.rejects(redeem(await handle(), asked, callback));
});

test('a pushed request is good once', async () => {
  const DPoP = await handle();
  const asked = await push(DPoP);
  await redeem(DPoP, asked, await visit(asked.pushed));
  await assert.rejects(visit(asked.pushed).then((callback) => oauth.validateAuthResponse(as, client, callback, asked.state)));
});

test('another key proves nothing', async () => {
  const DPoP = await handle();
  await assert.rejects(push(DPoP, stranger), (error) => error.status === 401 || error.cause?.status === 401);
});
