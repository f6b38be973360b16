// WebKit by plain WebDriver over fetch, on a screen of its own that no hardware draws.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './jeton.mjs';
import { Person } from './person.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const CONTROL = '\uE009';
/** Where elements of a role can be; which of them have it, the browser says. */
const PLACES = {
  button: 'button, [role=button]', checkbox: 'input[type=checkbox]', combobox: 'input[list], select, [role=combobox]',
  dialog: 'dialog, [role=dialog]', alertdialog: '[role=alertdialog]', heading: 'h1, h2, h3', link: 'a[href]',
  password: 'input[type=password]', textbox: 'input, textarea',
};

/** A password has no role; a field with proposals is a plain text field to WebKit. */
const TOLD = { password: '', combobox: 'textbox' };

/** The screen and the driver, for all tests of a file. */
export class WebKitDriver {
  #screen;
  #driver;

  static async launch() {
    const driver = new WebKitDriver();
    driver.#screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const [display] = await once(driver.#screen.stdio[3], 'data');
    const port = await freePort();
    driver.url = `http://127.0.0.1:${port}`;
    const env = { ...process.env, DISPLAY: `:${String(display).trim()}`, LIBGL_ALWAYS_SOFTWARE: '1' };
    driver.#driver = spawn(process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
    await driver.#ready();
    return driver;
  }

  async #ready() {
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await fetch(`${this.url}/status`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error('the driver of WebKit did not start');
  }

  async close() {
    for (const child of [this.#driver, this.#screen]) {
      const ended = once(child, 'exit');
      if (child.kill()) await ended;
    }
  }
}

export class WebKit extends Person {
  name = 'WebKit';
  problems = [];
  #session;

  /** Somebody with a fresh profile. */
  static async arrive(driver) {
    const webkit = new WebKit();
    webkit.#session = driver.url;
    const wishes = { capabilities: { alwaysMatch: { pageLoadStrategy: 'none' } } };
    const { sessionId } = await webkit.#call('POST', '/session', wishes);
    webkit.#session = `${driver.url}/session/${sessionId}`;
    return webkit;
  }

  async #call(method, path, body) {
    const answer = await fetch(this.#session + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKit, ${path}: ${value.error} ${value.message}`);
    return value;
  }

  leave() {
    return this.#call('DELETE', '');
  }

  /** The driver does not wait for the page, so this waits until the one before is gone. */
  async open(url) {
    await this.evaluate(() => { globalThis.left = true; });
    await this.#call('POST', '/url', { url });
    await this.until(() => this.evaluate(() => !globalThis.left && document.readyState !== 'loading'), url);
  }

  async find(role, name, inside) {
    const places = { using: 'css selector', value: PLACES[role] };
    const found = await this.#call('POST', inside ? `/element/${inside[ELEMENT]}/elements` : '/elements', places);
    for (const element of found) if (await this.#isIt(element, role, name)) return element;
    return undefined;
  }

  async #isIt(element, role, name) {
    const path = `/element/${element[ELEMENT]}`;
    if (!await this.#call('GET', `${path}/displayed`)) return false;
    const told = TOLD[role] ?? role;
    if (told && await this.#call('GET', `${path}/computedrole`) !== told) return false;
    return name === undefined || await this.#call('GET', `${path}/computedlabel`) === name;
  }

  click(element) {
    return this.#call('POST', `/element/${element[ELEMENT]}/click`, {});
  }

  /** Types in place of what was there. */
  async type(element, text) {
    await this.#call('POST', `/element/${element[ELEMENT]}/clear`, {});
    await this.#call('POST', `/element/${element[ELEMENT]}/value`, { text });
  }

  value(element) {
    return this.#call('GET', `/element/${element[ELEMENT]}/property/value`);
  }

  paste(element) {
    return this.#call('POST', `/element/${element[ELEMENT]}/value`, { text: `${CONTROL}v` });
  }

  text() {
    return this.evaluate(() => document.body.innerText);
  }

  evaluate(run) {
    return this.#call('POST', '/execute/sync', { script: `return (${run})()`, args: [] });
  }
}
