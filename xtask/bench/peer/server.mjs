// npm's oidc-provider with everything in memory: what the benchmark is held against. As few settings as let it do the same work.
import { once } from 'node:events';
import Provider from 'oidc-provider';
import { Memory } from './memory.mjs';

// PEER_ADAPTER: `own` for the adapter that comes with it, `map` for one that forgets nothing and never looks through anything.
const { PEER_ADDRESS, PEER_CLIENT, PEER_SECRET, PEER_CALLBACK, PEER_ADAPTER } = process.env;
const [host, port] = PEER_ADDRESS.split(':');

const provider = new Provider(`http://${PEER_ADDRESS}`, {
  ...(PEER_ADAPTER === 'map' && { adapter: Memory }),
  clients: [{
    client_id: PEER_CLIENT,
    client_secret: PEER_SECRET,
    redirect_uris: [PEER_CALLBACK],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid offline_access read',
  }],
  scopes: ['openid', 'offline_access', 'read'],
  features: { introspection: { enabled: true }, clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  cookies: { keys: ['a key of the benchmark alone'] },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, AuthorizationCode: 60, ClientCredentials: 3600, Grant: 86400, IdToken: 3600, Interaction: 3600, RefreshToken: 86400, Session: 86400 },
  // Nobody is asked: what was allowed before is allowed again.
  loadExistingGrant: async (ctx) => {
    const known = ctx.oidc.session.grantIdFor(ctx.oidc.client.clientId);
    if (known) return ctx.oidc.provider.Grant.find(known);
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('read');
    await grant.save();
    return grant;
  },
});
await once(provider.listen(Number(port), host), 'listening');
