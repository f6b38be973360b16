// openid-client 6, unmodified: a public client with a key of its own (DPoP with nonces, RFC 9449), tokens for one service (RFC 8707)
// that the service reads by itself (RFC 9068), and refreshes with the same key alone.
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../common/forms.mjs';
import { PASSWORD, startJeton } from '../common/start.mjs';

const CALLBACK = 'https://spa.example/callback';
const SERVICE = 'https://api.example/v1';
let jeton, spa, DPoP;

before(async () => {
  jeton = await startJeton();
  jeton.run('service', 'add', '--resource', SERVICE, '--jwt');
  const registered = jeton.client('Single page', CALLBACK, '--public', '--require-dpop');
  const options = { execute: [client.allowInsecureRequests] };
  spa = await client.discovery(new URL(jeton.url), registered.id, undefined, client.None(), options);
  DPoP = client.getDPoPHandle(spa, await client.randomDPoPKeyPair('ES256'));
});

after(() => jeton?.stop());

const refused = (error) => (failure) => failure.error === error;

/** What the library asks for, as the person allows it, with this key. */
async function tokens(parameters, options = { DPoP }) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(spa, {
    redirect_uri: CALLBACK,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const callback = new URL(await new Browser().authorize(url.href, { username: 'ada', password: PASSWORD }));
  const extra = parameters.resource ? { resource: parameters.resource } : undefined;
  return client.authorizationCodeGrant(spa, callback, { pkceCodeVerifier }, extra, options);
}

/** Reads a signed token as a service does: by the published key that it names. */
async function read(token) {
  const [header, claims, signature] = token.split('.').map((part) => Buffer.from(part, 'base64url'));
  const { kid, typ } = JSON.parse(header);
  const { keys } = await (await fetch(spa.serverMetadata().jwks_uri)).json();
  const key = createPublicKey({ key: keys.find((one) => one.kid === kid), format: 'jwk' });
  const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')));
  assert.ok(verify('sha256', signed, key, signature) && typ === 'at+jwt');
  return JSON.parse(claims);
}

test('a code becomes a token that is bound to the key, the nonce being fetched on the way', async () => {
  const granted = await tokens({ scope: 'read', resource: SERVICE });
  assert.equal(granted.token_type, 'dpop');
  const claims = await read(granted.access_token);
  assert.deepEqual([claims.iss, claims.aud, claims.scope], [jeton.url, SERVICE, 'read']);
  assert.equal(claims.cnf.jkt, await DPoP.calculateThumbprint());
  const again = await client.refreshTokenGrant(spa, granted.refresh_token, undefined, { DPoP });
  assert.equal((await read(again.access_token)).aud, SERVICE);
  const thief = client.getDPoPHandle(spa, await client.randomDPoPKeyPair('ES256'));
  const stolen = client.refreshTokenGrant(spa, again.refresh_token, undefined, { DPoP: thief });
  await assert.rejects(stolen, refused('invalid_grant'));
  const wider = client.refreshTokenGrant(spa, again.refresh_token, { resource: 'https://b.example' }, { DPoP });
  await assert.rejects(wider, refused('invalid_target'));
});

test('userinfo answers whoever proves the key, and nobody else', async () => {
  const granted = await tokens({ scope: 'openid profile' });
  const { sub } = granted.claims();
  const told = await client.fetchUserInfo(spa, granted.access_token, sub, { DPoP });
  assert.equal(told.preferred_username, 'ada');
  await assert.rejects(client.fetchUserInfo(spa, granted.access_token, sub));
  assert.equal(granted.refresh_token, undefined);
  const offline = await tokens({ scope: 'openid offline_access', prompt: 'consent' });
  const again = await client.refreshTokenGrant(spa, offline.refresh_token, undefined, { DPoP });
  assert.equal(again.claims().sub, sub);
});

test('a client that must prove gets nothing without', async () => {
  await assert.rejects(tokens({ scope: 'read' }, {}), refused('invalid_request'));
});
