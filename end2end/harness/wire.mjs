// The same server without a browser: what applications and services say to it.
import { createHash, randomBytes } from 'node:crypto';

export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The address that an application sends its user to. */
export function authorizeUrl(jeton, client, more = {}) {
  const url = new URL('/oauth2/authorize', jeton.url);
  const parameters = { response_type: 'code', client_id: client.id, redirect_uri: client.redirectUri, ...more };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

async function post(jeton, path, parameters) {
  const response = await fetch(new URL(path, jeton.url), { method: 'POST', body: new URLSearchParams(parameters) });
  return { status: response.status, ...await response.json() };
}

const credentials = (client) => ({ client_id: client.id, ...(client.secret && { client_secret: client.secret }) });

export function exchange(jeton, client, code, verifier) {
  return post(jeton, '/oauth2/token', {
    grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: client.redirectUri, ...credentials(client),
  });
}

export function refresh(jeton, client, token) {
  return post(jeton, '/oauth2/token', { grant_type: 'refresh_token', refresh_token: token, ...credentials(client) });
}

export function introspect(jeton, client, token) {
  return post(jeton, '/oauth2/introspect', { token, ...credentials(client) });
}

export async function tokeninfo(jeton, token) {
  const response = await fetch(`${jeton.url}/oauth2/tokeninfo?access_token=${token}`);
  return { status: response.status, ...await response.json() };
}
