// A signed-in person without a browser: for making much data quickly, and for measuring the server alone.
import { PASSWORD } from './jeton.mjs';

const AT_ONCE = 8;

export class Visitor {
  #jar = new Map();
  #csrf;

  constructor(jeton) {
    this.jeton = jeton;
  }

  static async signedIn(jeton, username) {
    const visitor = new Visitor(jeton);
    await visitor.get('/login');
    const answer = await visitor.post('/login', [['username', username], ['password', PASSWORD]]);
    if (answer.status !== 303) throw new Error(`${username} could not sign in: ${answer.status}`);
    return visitor;
  }

  /** The value of the header `Cookie`. */
  get cookie() {
    return [...this.#jar].map((pair) => pair.join('=')).join('; ');
  }

  /** The same cookies, as a browser's context takes them. */
  get cookies() {
    return [...this.#jar].map(([name, value]) => ({ name, value, url: this.jeton.url, httpOnly: true, sameSite: 'Lax' }));
  }

  async get(path) {
    const text = await (await this.#send(path, {})).text();
    this.#csrf = text.match(/name="csrf" value="([^"]+)"/)?.[1] ?? this.#csrf;
    return text;
  }

  async post(path, pairs) {
    const answer = await this.#send(path, { method: 'POST', body: new URLSearchParams([['csrf', this.#csrf ?? ''], ...pairs]) });
    return { status: answer.status, text: await answer.text() };
  }

  async #send(path, options) {
    const headers = { cookie: this.cookie, origin: this.jeton.url };
    const answer = await fetch(this.jeton.url + path, { redirect: 'manual', headers, ...options });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
    this.#jar.set(name, value);
  }

  /** A permanent token for each of these names. */
  async makeTokens(names, scope = 'read') {
    await this.get('/account/tokens/new');
    const waiting = [...names.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [number, name] = next;
        const form = [['name', name], ['scopes', scope], ['intent', 'create'], ['form_id', `made-${number}-${name}`]];
        const answer = await this.post('/account/tokens/new', form);
        if (answer.status !== 200) throw new Error(`no token ${name}: ${answer.status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
