// Row F2: InfraViewer signs its users in by itself, with the password grant, with JavaScript and without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../../end2end/harness/browser.mjs';
import { alert, button, fillSignIn, heading } from '../../end2end/harness/pages.mjs';
import { setUp } from './site.mjs';

const site = setUp();

/** One flow as two tests. */
function bothWays(name, run) {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without';
    test(`${name} (${how} JavaScript)`, () => withPage(site.browser, { javaScriptEnabled }, run));
  }
}

const signedInAs = (page, name) => page.locator('#user', { hasText: new RegExp(`^${name}$`) }).waitFor();

async function token(context) {
  const cookies = await context.cookies(site.url);
  return cookies.find((cookie) => cookie.name === 'infraviewer_token');
}

/** Presses the button of the start page and gives what the browser was answered. */
async function write(page) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    button(page, 'POST /resource_1').click(),
  ]);
  return answer;
}

bothWays('F2: a sign-in goes back to the page it came from with a token cookie, and the resource opens', async (page, context) => {
  await page.goto(`${site.url}/`);
  await fillSignIn(page, 'ada');
  await signedInAs(page, 'ada');
  assert.equal(page.url(), `${site.url}/`);
  const { httpOnly, sameSite, value } = await token(context);
  assert.deepEqual([httpOnly, sameSite], [true, 'Lax']);
  assert.match(value, /^jtn_at_/);
  const answer = await write(page);
  assert.equal(answer.status(), 200);
  assert.equal((await answer.json()).username, 'ada');
});

bothWays('F2: a failed sign-in goes back with a message and without a cookie', async (page, context) => {
  await page.goto(`${site.url}/`);
  await fillSignIn(page, 'grace', 'wrong');
  await alert(page).filter({ hasText: 'Enter a correct username and password' }).waitFor();
  assert.equal(await token(context), undefined);
  assert.equal(new URL(page.url()).pathname, '/');
});

bothWays('F2: reading is open to everyone, writing answers an error page', async (page) => {
  const [open] = await Promise.all([
    page.waitForResponse(`${site.url}/resource_1`),
    page.goto(`${site.url}/resource_1`),
  ]);
  assert.equal((await open.json()).resource, 1);
  await page.goto(`${site.url}/`);
  const answer = await write(page);
  assert.equal(answer.status(), 401);
  await heading(page, 'This needs an access token').waitFor();
});

bothWays('F2: a person who may only read gets an error page too', async (page) => {
  await page.goto(`${site.url}/login?next=/`);
  await fillSignIn(page, 'guest');
  await signedInAs(page, 'guest');
  assert.equal((await write(page)).status(), 403);
  await heading(page, 'The access token lacks the scope write').waitFor();
});

bothWays('F2: signing out ends the cookie and the token', async (page, context) => {
  await page.goto(`${site.url}/`);
  await fillSignIn(page, 'ada');
  await signedInAs(page, 'ada');
  const { value } = await token(context);
  const info = () => fetch(`${site.jeton.url}/oauth2/tokeninfo?access_token=${value}`);
  assert.equal((await info()).status, 200);
  await button(page, 'Sign out').click();
  await heading(page, 'Sign in').waitFor();
  assert.equal(await token(context), undefined);
  assert.equal((await info()).status, 400);
});

test('F2: no hidden field leads to another site', () => withPage(site.browser, {}, async (page) => {
  await page.goto(`${site.url}/login?next=//evil.example`);
  assert.equal(await page.locator('input[name=next]').inputValue(), '/');
  await page.locator('input[name=next]').evaluate((field) => { field.value = 'https://evil.example/'; });
  await fillSignIn(page, 'ada');
  await signedInAs(page, 'ada');
  assert.equal(page.url(), `${site.url}/`);
}));
