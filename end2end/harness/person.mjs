// What a person does in any browser, by roles and names as the browser itself computes them. A browser brings `find`,
// `click`, `type`, `value`, `text` and `evaluate`; elements are whatever it takes them for.
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 15_000;

export class Person {
  /** Waits until `look` returns something, and returns it. A page that is being left answers with errors. */
  async until(look, what) {
    let problem = '';
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(30)) {
      const found = await look().catch((error) => { problem = error.message; });
      if (found) return found;
    }
    throw new Error(`${this.name}: ${what} is not seen. ${problem}\n${await this.text().catch(() => 'no page')}`);
  }

  /** The element of this role and (any or this) name, once it is there; inside another one, if that is given. */
  sees(role, name, inside) {
    return this.until(() => this.find(role, name, inside), `${role} "${name}"`);
  }

  seesText(pattern) {
    return this.until(async () => pattern.test(await this.text()), pattern);
  }

  /** Waits for the open dialog of this name, of either role. */
  dialog(name) {
    const find = async () => await this.find('dialog', name) ?? this.find('alertdialog', name);
    return this.until(find, `the dialog "${name}"`);
  }

  /** Presses a button. One that is rendered anew between being found and being pressed is looked for again. */
  async press(name, inside) {
    const press = async () => this.click(await this.sees('button', name, inside));
    await press().catch((error) => (/detached/.test(error.message) ? press() : Promise.reject(error)));
  }

  async fill(role, name, text, inside) {
    await this.type(await this.sees(role, name, inside), text);
  }

  /** Waits until the WASM has been here and had its turn. */
  async awake() {
    const arrived = () => performance.getEntriesByType('resource').some((one) => one.name.endsWith('.wasm') && one.responseEnd > 0);
    await this.until(() => this.evaluate(arrived), 'the WASM');
    await sleep(300);
  }

  /** Marks the page, so that [`stayed`] can tell whether it was left since. */
  mark() {
    return this.evaluate(() => { globalThis.marked = true; });
  }

  stayed() {
    return this.evaluate(() => globalThis.marked === true);
  }
}
