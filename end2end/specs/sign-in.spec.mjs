import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../harness/browser.mjs';
import { Jeton, PASSWORD } from '../harness/jeton.mjs';
import { alert, button, fillSignIn, heading, link, main, sees, seesNot, signIn, signOut, status, textbox } from '../harness/pages.mjs';
import { everyWay, setUp, withScripts } from '../harness/spec.mjs';

const site = setUp();
let uses = 0;
const WRONG = 'Enter a correct username and password';

everyWay(site, 'the right name and password sign in, Enter is enough, and sign-out ends it', async (page, { context }) => {
  const name = site.jeton.person();
  await page.goto(site.jeton.url);
  assert.match(await page.title(), /^Sign in/);
  await textbox(page, 'Username').fill(name);
  await page.getByLabel(/^password$/i).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await sees(heading(page, 'Account'));
  await sees(button(page, `User menu, signed in as ${name}`));
  const [cookie] = (await context.cookies()).filter(({ httpOnly }) => httpOnly);
  assert.equal(cookie.sameSite, 'Lax');
  await signOut(page);
  await page.goto(`${site.jeton.url}/account`);
  await sees(heading(page, 'Sign in'), 'the account is closed again');
});

everyWay(site, 'a wrong password says so, keeps the name and empties the password', async (page) => {
  const name = site.jeton.person();
  await page.goto(site.jeton.url);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await fillSignIn(page, name, 'wrong horse');
  assert.equal((await answer).status(), 422);
  await sees(alert(page).filter({ hasText: WRONG }));
  assert.match(await page.title(), /^Error: Sign in/);
  assert.equal(await textbox(page, 'Username').inputValue(), name);
  assert.equal(await page.getByLabel(/^password$/i).inputValue(), '');
  assert.ok(await alert(page).filter({ hasText: WRONG }).evaluate((summary) => summary.contains(document.activeElement)), 'the focus is on the summary');
});

everyWay(site, 'password managers know both fields, and a pasted password of 200 characters signs in', async (page) => {
  const long = 'ab12 '.repeat(40).trim();
  site.jeton.feed(long, 'user', 'add', `long${uses += 1}`, '--access', 'full', '--password-stdin');
  await page.goto(site.jeton.url);
  assert.equal(await textbox(page, 'Username').getAttribute('autocomplete'), 'username');
  const field = page.getByLabel(/^password$/i);
  assert.equal(await field.getAttribute('autocomplete'), 'current-password');
  assert.equal(await field.getAttribute('maxlength'), null);
  await textbox(page, 'Username').fill(`long${uses}`);
  await field.focus();
  await page.keyboard.insertText(long);
  await button(page, 'Sign in').click();
  await sees(heading(page, 'Account'));
});

everyWay(site, 'a form that was left open past its cookie comes back with the name in it', async (page, { context }) => {
  const name = site.jeton.person();
  await page.goto(site.jeton.url);
  await context.clearCookies();
  await fillSignIn(page, name);
  await sees(alert(page).filter({ hasText: 'This page was open too long' }));
  assert.equal(await textbox(page, 'Username').inputValue(), name);
  await page.getByLabel(/^password$/i).fill(PASSWORD);
  await button(page, 'Sign in').click();
  await sees(heading(page, 'Account'));
});

everyWay(site, 'an unknown person and a wrong password look the same', async (page) => {
  const seen = [];
  for (const name of [site.jeton.person(), 'nobodyhere']) {
    await page.goto(`${site.jeton.url}/login`);
    await fillSignIn(page, name, 'wrong horse');
    await sees(alert(page));
    // What assistive technology is told: the text as drawn depends on whether the styles have arrived, and one button on the WASM.
    const told = (await main(page).ariaSnapshot()).split('\n').filter((line) => !line.includes('Show password'));
    seen.push(told.join('\n').replaceAll(name, 'NAME').replaceAll(' [active]', ''));
  }
  assert.match(seen[0], /Enter a correct username and password/);
  assert.equal(seen[0], seen[1]);
});

everyWay(site, 'a page asked for without a session comes after the sign-in', async (page) => {
  const name = site.jeton.person();
  await page.goto(`${site.jeton.url}/account/sessions`);
  await fillSignIn(page, name);
  await sees(heading(page, 'Tokens and sessions'));
  assert.equal(new URL(page.url()).pathname, '/account/sessions');
});

everyWay(site, 'who is signed in already may go on or be someone else', async (page) => {
  const name = site.jeton.person();
  await signIn(page, site.jeton, name);
  await page.goto(`${site.jeton.url}/login`);
  await sees(page.getByText(`You are signed in as ${name}`));
  await button(page, 'Use another account').or(link(page, 'Use another account')).click();
  const other = site.jeton.person();
  await fillSignIn(page, other);
  await sees(button(page, `User menu, signed in as ${other}`));
});

withScripts(site, true, 'the password can be shown, and the button says what it will do', async (page) => {
  await page.goto(site.jeton.url);
  const field = page.getByLabel(/^password$/i);
  await textbox(page, 'Username').fill('nobodyhere');
  await field.fill('secret');
  await button(page, 'Show password').click();
  assert.equal(await field.getAttribute('type'), 'text');
  await sees(status(page, 'Your password is visible'));
  await button(page, 'Hide password').click();
  assert.equal(await field.getAttribute('type'), 'password');
  await button(page, 'Show password').click();
  await page.evaluate(() => window.addEventListener('submit', () => sessionStorage.setItem('sent as', document.querySelector('#password').type)));
  await button(page, 'Sign in').click();
  await sees(alert(page).filter({ hasText: WRONG }));
  assert.equal(await page.evaluate(() => sessionStorage.getItem('sent as')), 'password', 'hidden again when it is sent');
});

withScripts(site, false, 'what needs scripts is absent, not dead', async (page) => {
  await page.goto(site.jeton.url);
  await sees(button(page, 'Sign in'));
  await seesNot(button(page, 'Show password'), 'a button that would do nothing');
});

test('too many failures: 429 with a clock time, for this account only', async () => {
  for (const javaScriptEnabled of [true, false]) await throttled(javaScriptEnabled);
});

// A server of its own: failures count by address too, and must not slow the other tests down.
async function throttled(javaScriptEnabled) {
  const jeton = await Jeton.start();
  try {
    const [victim, other] = [jeton.person(), jeton.person()];
    await withPage(site.browser, { javaScriptEnabled }, async (page) => {
      await page.goto(jeton.url);
      const limit = await failUntilThrottled(page, victim);
      await sees(alert(page).filter({ hasText: /Too many attempts\. Try again after \d\d:\d\d/ }));
      await fillSignIn(page, victim);
      await sees(alert(page).filter({ hasText: 'Too many attempts' }), `the right password waits too, after ${limit}`);
      await signIn(page, jeton, other);
    });
  } finally {
    await jeton.stop();
  }
}

async function failUntilThrottled(page, name) {
  for (let tries = 1; tries <= 100; tries += 1) {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await fillSignIn(page, name, `wrong ${tries}`);
    const response = await answer;
    if (response.status() === 429) {
      assert.ok(Number(response.headers()['retry-after']) > 0);
      return tries;
    }
    assert.equal(response.status(), 422);
    await sees(alert(page));
  }
  return assert.fail('100 failures, and no end');
}
