// The pages in the words of a person: controls by role and name, whole names, capitals ignored.
import assert from 'node:assert/strict';
import { PASSWORD } from './jeton.mjs';

const whole = (name) => (
  name instanceof RegExp ? name : new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`, 'i')
);
/** The name of a cookie at an address with a port of its own. */
export const cookieName = ({ url }, name) => `${name}_${new URL(url).port}`;

const of = (role) => (scope, name) => scope.getByRole(role, { name: whole(name) });

export const button = of('button');
export const checkbox = of('checkbox');
export const combobox = of('combobox');
export const heading = of('heading');
export const link = of('link');
export const list = of('list');
export const radio = of('radio');
export const region = of('region');
export const tab = of('tab');
export const table = of('table');
export const textbox = of('textbox');
export const main = (page) => page.getByRole('main');
export const alert = (scope) => scope.getByRole('alert');
export const status = (page, text) => page.getByRole('status').filter({ hasText: text });

/** The row whose header is this name. */
export const row = (page, name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: whole(name) }) });

/** The open dialog of this name, of either role. */
export const dialog = (page, name) => (
  page.getByRole('dialog', { name: whole(name) }).or(page.getByRole('alertdialog', { name: whole(name) }))
);

export async function fillSignIn(page, name, password = PASSWORD) {
  await textbox(page, 'Username').fill(name);
  await page.getByLabel(whole('Password')).fill(password);
  await button(page, 'Sign in').click();
}

/** Signs in by the front door, and arrives at the account. */
export async function signIn(page, jeton, name) {
  await page.goto(jeton.url);
  await fillSignIn(page, name);
  await heading(page, 'Account').waitFor();
}

export async function openUserMenu(page) {
  await button(page, /^user menu/i).click();
}

export async function signOut(page) {
  await openUserMenu(page);
  await button(page, 'Sign out').first().click();
  await heading(page, 'Sign in').waitFor();
}

/** From the account to a tab of "Tokens and sessions", as row U2 has it. */
export async function openTab(page, jeton, name) {
  await page.goto(jeton.url);
  await link(main(page), 'Tokens and sessions').first().click();
  await tab(page, name).click();
  await page.getByRole('tabpanel', { name: whole(name) }).waitFor();
}

/** Waits until the element is there, and says which was missed. */
export async function sees(locator, message) {
  await locator.first().waitFor().catch((error) => {
    throw new Error(`${message ?? 'not seen'}: ${error.message}`);
  });
}

/** The focus comes to what has this text: a browser gives it to an `autofocus` only when it draws the page. */
export async function focuses(page, text) {
  const exactly = new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'i');
  await sees(page.locator(':focus', { hasText: exactly }), `the focus is not on ${text}`);
}

/** Opens a fold, unless it stands open already. */
export async function unfold(fold) {
  const open = await fold.evaluate((element) => element.open);
  if (!open) await fold.locator('summary').first().click();
}

export async function seesNot(locator, message) {
  assert.equal(await locator.count(), 0, message);
}
