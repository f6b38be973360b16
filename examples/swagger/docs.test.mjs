// Rows F3 and F4: Swagger UI, unmodified, asks for a token in a popup and calls the guarded resource with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../../end2end/harness/browser.mjs';
import { button, fillSignIn, heading, signIn } from '../../end2end/harness/pages.mjs';
import { setUp } from './site.mjs';

const site = setUp();

/** A test with a fresh profile. Refusals that Swagger UI is meant to show are no problem of the browser. */
function inBrowser(name, run, options = {}) {
  test(name, () => withPage(site.browser, options, run));
}

const panel = (page) => page.locator('.dialog-ux');

/** Opens the documentation and the panel in which a person chooses what Swagger UI may do. */
async function openPanel(page) {
  await page.goto(`${site.url}/docs`);
  await button(page, 'Authorize').click();
  await panel(page).waitFor();
}

/** Presses Authorize in the panel and gives the popup. */
async function popup(page) {
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    button(panel(page), 'Apply given OAuth2 credentials').click(),
  ]);
  return opened;
}

async function answer(opened, name) {
  const closed = opened.waitForEvent('close');
  await button(opened, name).click();
  await closed;
}

/** From nothing to a token, for somebody who is not signed in yet. */
async function authorize(page, username) {
  await openPanel(page);
  const opened = await popup(page);
  await fillSignIn(opened, username);
  await answer(opened, 'Allow');
  await button(panel(page), 'Remove authorization').waitFor();
  await button(panel(page), 'Close').click();
}

/** Executes `POST /resource_1` and gives the status and the body that Swagger UI shows. */
async function write(page) {
  const operation = page.locator('#operations-Resources-write');
  await operation.locator('.opblock-summary-control').click();
  await button(operation, 'Try it out').click();
  await button(operation, 'Execute').click();
  const row = operation.locator('.live-responses-table tbody tr');
  const status = await row.locator('.response-col_status').innerText();
  return { status: status.trim().slice(0, 3), body: await row.locator('.response-col_description').innerText() };
}

inBrowser('F4: without a token the guarded resource answers 401', async (page) => {
  await page.goto(`${site.url}/docs`);
  const { status, body } = await write(page);
  assert.equal(status, '401');
  assert.match(body, /www-authenticate: Bearer/i);
}, { expectProblems: true });

inBrowser('F3 and F4: signed out, Authorize asks to sign in and to consent, and the token opens the resource', async (page) => {
  await authorize(page, 'ada');
  const { status, body } = await write(page);
  assert.equal(status, '200', body);
  assert.match(body, /"username": "ada"/);
});

inBrowser('F3: with a session, Authorize goes straight to the authorization page', async (page, context) => {
  const other = await context.newPage();
  await signIn(other, site.jeton, 'grace');
  await openPanel(page);
  const opened = await popup(page);
  await heading(opened, /wants to access/i).waitFor();
  await answer(opened, 'Allow');
  await button(panel(page), 'Close').click();
  assert.equal((await write(page)).status, '200');
});

inBrowser('F4: a person who may not write gets a token that opens nothing here', async (page) => {
  await authorize(page, 'guest');
  const { status, body } = await write(page);
  assert.equal(status, '403');
  assert.match(body, /insufficient_scope/);
}, { expectProblems: true });

inBrowser('F3: a refusal is shown in Swagger UI, in words', async (page) => {
  await openPanel(page);
  const opened = await popup(page);
  await fillSignIn(opened, 'ada');
  await button(opened, 'Use another account').waitFor();
  await answer(opened, 'Deny');
  await panel(page).getByText(/\[access_denied\]/).waitFor();
  assert.equal(await panel(page).getByText(/\+/).count(), 0, 'spaces are spaces');
});
