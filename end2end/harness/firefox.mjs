// Firefox by WebDriver BiDi. Its complaints are kept: console errors and exceptions.
import puppeteer from 'puppeteer-core';
import { Person } from './person.mjs';

export class Firefox extends Person {
  name = 'Firefox';
  problems = [];
  #context;
  #page;

  /** One browser for all tests of a file. */
  static launch() {
    return puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true });
  }

  /** Somebody with a fresh profile. */
  static async arrive(browser) {
    const firefox = new Firefox();
    firefox.#context = await browser.createBrowserContext();
    firefox.#page = await firefox.#context.newPage();
    firefox.#page.on('console', (message) => { if (message.type() === 'error') firefox.problems.push(message.text()); });
    firefox.#page.on('pageerror', (error) => firefox.problems.push(String(error)));
    return firefox;
  }

  leave() {
    return this.#context.close();
  }

  open(url) {
    return this.#page.goto(url, { waitUntil: 'domcontentloaded' });
  }

  async find(role, name, inside = this.#page) {
    if (role === 'password') return inside.$('input[type=password]');
    return inside.$(`::-p-aria(${name ?? ''}[role="${role}"])`);
  }

  click(element) {
    return element.click();
  }

  /** Types in place of what was there. */
  async type(element, text) {
    await element.evaluate((field) => field.select());
    await element.type(text);
  }

  value(element) {
    return element.evaluate((field) => field.value);
  }

  async paste(element) {
    await element.focus();
    await this.#page.keyboard.down('Control');
    await this.#page.keyboard.press('v');
    await this.#page.keyboard.up('Control');
  }

  text() {
    return this.evaluate(() => document.body.innerText);
  }

  evaluate(run) {
    return this.#page.evaluate(run);
  }
}
