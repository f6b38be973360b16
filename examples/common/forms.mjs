// A browser of a few lines: cookies, redirects and forms, and no JavaScript. It is how the examples sign in and
// consent, and it shows on the way that both work without scripts.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10));
  });
}

function attributes(tag) {
  const pattern = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
  const pairs = [...tag.matchAll(pattern)].map(([, name, ...values]) => {
    return [name.toLowerCase(), decode(values.find((value) => value !== undefined) ?? '')];
  });
  return Object.fromEntries(pairs);
}

/** What a browser would send for `<input …>` without anybody touching it. */
function untouched(input) {
  if (!input.name || 'disabled' in input) return [];
  const type = (input.type ?? 'text').toLowerCase();
  if (['submit', 'button', 'image', 'reset'].includes(type)) return [];
  if (['checkbox', 'radio'].includes(type) && !('checked' in input)) return [];
  return [[input.name, input.value ?? (type === 'checkbox' ? 'on' : '')]];
}

/** The forms of a page: method, action, the fields as they stand, the names of all controls. */
export function formsOf(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head, body]) => {
    const controls = [...body.matchAll(/<(?:input|button)\b([^>]*)>/gi)].map(([, tag]) => attributes(tag));
    const inputs = [...body.matchAll(/<input\b([^>]*)>/gi)].map(([, tag]) => attributes(tag));
    const { method = 'get', action = '' } = attributes(head);
    const names = controls.map((control) => control.name).filter(Boolean);
    return { method: method.toLowerCase(), action, names, fields: inputs.flatMap(untouched) };
  });
}

export class Browser {
  #cookies;

  /** With the cookies of another one, as `cookies` gives them. */
  constructor(cookies = []) {
    this.#cookies = new Map(cookies);
  }

  get cookies() {
    return [...this.#cookies];
  }

  /** One request, no redirect followed. Gives `url`, `status`, `location` (absolute, if any) and `html`. */
  async request(url, { method = 'GET', fields } = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie && { cookie }) };
    if (method === 'POST') headers.origin = new URL(url).origin;
    const body = fields && new URLSearchParams(fields);
    const answer = await fetch(url, { method, headers, body, redirect: 'manual' });
    answer.headers.getSetCookie().forEach((line) => this.#keep(line));
    const to = answer.headers.get('location');
    const location = to === null ? undefined : new URL(to, url).href;
    return { url, status: answer.status, location, html: await answer.text() };
  }

  #keep(line) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
    if (/;\s*max-age=(0|-\d+)/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** Sends a form of `page` with `changes` over the fields as they stood. */
  submit(page, form, changes) {
    const url = new URL(form.action || page.url, page.url).href;
    const fields = [...form.fields.filter(([name]) => !(name in changes)), ...Object.entries(changes)];
    return this.request(url, { method: 'POST', fields });
  }

  /**
   * Opens the authorization request `url`, signs in if asked and gives `decision`. Gives the address that the
   * authorization server sent the browser to; an error if it never did.
   */
  async authorize(url, { username, password, decision = 'allow' }) {
    const home = new URL(url).origin;
    const answers = { username, password, decision };
    let page = await this.request(url);
    for (let step = 0; step < 12; step += 1) {
      if (page.location && new URL(page.location).origin !== home) return page.location;
      page = page.location ? await this.request(page.location) : await this.#answer(page, answers);
    }
    throw new Error(`no end: ${page.url}`);
  }

  /** Opens a request to sign out. Gives the address that the browser is sent to. */
  async leave(url) {
    const page = await this.request(url);
    if (!page.location) throw new Error(`${page.status} without a way on: ${page.url}`);
    return page.location;
  }

  #answer(page, { username, password, decision }) {
    const forms = formsOf(page.html).filter((form) => form.method === 'post');
    const consent = forms.find((form) => form.names.includes('decision'));
    if (consent) return this.submit(page, consent, { decision });
    const login = forms.find((form) => form.names.includes('password'));
    // The form comes back with 422 if the password is wrong: not to be answered again.
    if (login && page.status === 200) return this.submit(page, login, { username, password });
    const title = page.html.match(/<title>([^<]*)/i)?.[1] ?? page.html.slice(0, 200);
    throw new Error(`${page.status} without a way on: ${decode(title)}`);
  }
}
