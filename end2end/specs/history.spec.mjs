// Back, forward, reload and a second tab, with scripts: what they show is the truth, and no form is sent again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../harness/browser.mjs';
import { awake, loads } from '../harness/loads.mjs';
import { alert, button, combobox, dialog, fillSignIn, heading, openTab, row, sees, seesNot, signIn, textbox } from '../harness/pages.mjs';
import { setUp } from '../harness/spec.mjs';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();

/** With scripts, and with scripts whose WASM never comes: there a form is answered by a page. */
function withHistory(name, run) {
  for (const [way, options] of [['in place', {}], ['by pages', { blocked: '**/*.wasm' }]]) {
    test(`${name} (${way})`, () => withPage(site.browser, options, (page, context) => run(page, { context, inPlace: !options.blocked })));
  }
}

/** The forms that the browser sends from now on. */
function posts(page) {
  const sent = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.method() === 'POST') sent.push(request.url());
  });
  return sent;
}

async function makeToken(page, name) {
  await page.goto(`${site.jeton.url}/account/tokens/new`);
  await textbox(page, 'Name').fill(name);
  await combobox(page, 'Scope').fill('read');
  await button(page, 'Add').click();
  await sees(page.getByText(/read added/));
  await button(page, 'Create').last().click();
  await sees(dialog(page, 'Token created'));
  await page.waitForLoadState();
}

withHistory('a failed sign-in is not sent again by reload or Back', async (page) => {
  await page.goto(`${site.jeton.url}/login`);
  await fillSignIn(page, site.jeton.person(), 'wrong horse');
  await sees(alert(page));
  // A page that is left before its script ran is still a form's answer to the browser.
  await page.waitForLoadState();
  const sent = posts(page);
  await page.reload();
  await seesNot(alert(page));
  await page.goto(`${site.jeton.url}/forgot`);
  await page.goBack();
  await sees(heading(page, 'Sign in'));
  assert.deepEqual(sent, []);
});

withHistory('after Done neither Back nor reload shows the value or makes another token', async (page) => {
  const name = site.jeton.person();
  await signIn(page, site.jeton, name);
  await makeToken(page, 'once');
  const value = await page.locator('#token-value').inputValue();
  assert.match(value, /^jtn_pt_/);
  await button(page, 'Done').click();
  // By pages the row is there before Done has led anywhere.
  await page.locator('#token-value').waitFor({ state: 'detached' });
  await sees(row(page, 'once'));
  await page.waitForLoadState();
  const sent = posts(page);
  await page.goBack();
  assert.ok(!(await page.content()).includes(value), 'the value is gone');
  await page.goForward();
  await page.reload();
  assert.ok(!(await page.content()).includes(value), 'the value is gone');
  await page.goto(`${site.jeton.url}/account/tokens`);
  assert.equal(await page.getByRole('rowheader', { name: 'once' }).count(), 1);
  assert.deepEqual(sent, []);
});

withHistory('Back after revoking shows the list without the token', async (page, { context }) => {
  const name = site.jeton.person();
  await signIn(page, site.jeton, name);
  await makeToken(page, 'short-lived');
  await button(page, 'Done').click();
  await button(row(page, 'short-lived'), 'Revoke').click();
  await button(dialog(page, /Revoke/), 'OK').click();
  await dialog(page, /Revoke/).waitFor({ state: 'hidden' });
  const sent = posts(page);
  await page.goto(`${site.jeton.url}/account`);
  await page.goBack();
  await page.getByRole('tabpanel').waitFor();
  await seesNot(button(row(page, 'short-lived'), 'Revoke'));
  await page.reload();
  await seesNot(button(row(page, 'short-lived'), 'Revoke'));
  assert.deepEqual(sent, []);
  assert.ok(context);
});

test('a search takes the place of the one before, a page of the list is one step back', () => withPage(site.browser, {}, async (page, context) => {
  const visitor = await Visitor.signedIn(site.jeton, site.jeton.person());
  await visitor.makeTokens(Array.from({ length: 60 }, (_, at) => `token ${at}`));
  await context.addCookies(visitor.cookies);
  await page.goto(`${site.jeton.url}/account`);
  await page.goto(`${site.jeton.url}/account/tokens`);
  await awake(page);
  const loaded = loads(page);
  await page.getByRole('link', { name: /older/i }).click();
  await page.waitForURL(/page=2/);
  await sees(page.getByText('Page 2 of'));
  await page.goBack();
  await sees(page.getByText('Page 1 of'));
  await page.goForward();
  await sees(page.getByText('Page 2 of'));
  assert.equal(loaded(), 0);
  await page.getByRole('searchbox').fill('token 5');
  await page.waitForURL(/q=token/);
  await page.goBack();
  await sees(page.getByText('Page 1 of'));
  await page.goBack();
  await sees(heading(page, 'Account'));
}));

test('a second tab shows what the first one did as soon as it is looked at', () => withPage(site.browser, {}, async (page, context) => {
  const name = site.jeton.person();
  await signIn(page, site.jeton, name);
  await makeToken(page, 'seen twice');
  await button(page, 'Done').click();
  const second = await context.newPage();
  await second.goto(`${site.jeton.url}/account/tokens`);
  await awake(second);
  const loaded = loads(second);
  await page.bringToFront();
  await button(row(page, 'seen twice'), 'Revoke').click();
  await button(dialog(page, /Revoke/), 'OK').click();
  await dialog(page, /Revoke/).waitFor({ state: 'hidden' });
  await second.bringToFront();
  await second.evaluate(() => window.dispatchEvent(new Event('focus')));
  await button(row(second, 'seen twice'), 'Revoke').waitFor({ state: 'detached' });
  assert.equal(loaded(), 0);
}));

test('a second tab whose session has ended goes to sign-in as soon as it is looked at', () => withPage(site.browser, {}, async (page, context) => {
  const name = site.jeton.person();
  await signIn(page, site.jeton, name);
  const second = await context.newPage();
  await openTab(second, site.jeton, 'Sessions');
  await awake(second);
  await page.bringToFront();
  await button(page, /^user menu/i).click();
  await button(page, 'Sign out').first().click();
  await sees(heading(page, 'Sign in'));
  await second.bringToFront();
  await second.evaluate(() => window.dispatchEvent(new Event('focus')));
  await sees(heading(second, 'Sign in'));
}));
