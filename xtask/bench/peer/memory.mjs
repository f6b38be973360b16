// Everything in memory and nothing forgotten: the adapter that comes with oidc-provider keeps a thousand things at the most, and looks
// through all of a grant's tokens whenever one is added.
const things = new Map();
const grants = new Map();
const uids = new Map();

export class Memory {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload) {
    things.set(this.key(id), payload);
    if (this.model === 'Session') uids.set(payload.uid, id);
    if (payload.grantId && this.model !== 'Session') {
      if (!grants.has(payload.grantId)) grants.set(payload.grantId, []);
      grants.get(payload.grantId).push(this.key(id));
    }
  }

  async find(id) {
    return things.get(this.key(id));
  }

  async findByUid(uid) {
    return this.find(uids.get(uid));
  }

  async consume(id) {
    things.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    things.delete(this.key(id));
  }

  async revokeByGrantId(grantId) {
    for (const key of grants.get(grantId) ?? []) things.delete(key);
    grants.delete(grantId);
  }
}
