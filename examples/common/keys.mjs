// A client's key, and its public half in a file for `jeton client add --jwks-file`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `alg`, `kid`, the `privateKey`, and `register`, which calls back with the name of the file while it is there. */
export async function clientKey(alg = 'ES256') {
  const kinds = {
    ES256: { name: 'ECDSA', namedCurve: 'P-256' },
    PS256: { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(kinds[alg], true, ['sign', 'verify']);
  const kid = `key-${alg}`;
  const { key_ops: _, ext: __, ...jwk } = await crypto.subtle.exportKey('jwk', publicKey);
  const register = (callback) => {
    const folder = mkdtempSync(join(tmpdir(), 'jeton-jwks.'));
    try {
      const file = join(folder, 'jwks.json');
      writeFileSync(file, JSON.stringify({ keys: [{ ...jwk, alg, kid, use: 'sig' }] }));
      return callback(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  return { alg, kid, privateKey, register };
}
