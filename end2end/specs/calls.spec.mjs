// What goes wrong between an island and the server: nothing typed is lost, nothing is done twice, and the page says what it knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../harness/browser.mjs';
import { awake, loads } from '../harness/loads.mjs';
import { alert, button, combobox, dialog, link, row, sees, signIn, textbox } from '../harness/pages.mjs';
import { setUp } from '../harness/spec.mjs';

const site = setUp();
const CREATE = '**/ui/tokens/create*';
const once = { expectProblems: true };

/** Opens "New permanent token" in place, with a name and a scope in it. */
async function typed(page, name) {
  await page.goto(`${site.jeton.url}/account/tokens`);
  await awake(page);
  await button(page, 'New permanent token').click();
  await textbox(page, 'Name').fill(name);
  await combobox(page, 'Scope').fill('read');
  await button(page, 'Add').click();
  await sees(page.getByText(/read added/));
}

const create = (page) => button(page, 'Create').last().click();

test('an answer that was lost is asked for after ten seconds, and one token was made', () => withPage(site.browser, once, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await typed(page, 'lost answer');
  let asked = 0;
  // The first call reaches the server, and its answer is lost on the way.
  await page.route(CREATE, async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    await route.fetch();
  });
  await page.clock.install();
  await create(page);
  await page.clock.runFor(9_000);
  assert.equal(asked, 1, 'the answer is awaited');
  await page.clock.runFor(2_000);
  await sees(page.getByText('This token was already created. Its value cannot be shown again. Revoke it and create another.'));
  assert.equal(asked, 2);
  await page.clock.resume();
  await button(page, 'Done').click();
  await sees(row(page, 'lost answer'));
  assert.equal(await row(page, 'lost answer').count(), 1);
}));

test('a server that never answers is told of, and the same form can be sent again', () => withPage(site.browser, once, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await typed(page, 'patience');
  await page.route(CREATE, () => {});
  await page.clock.install();
  await create(page);
  await page.clock.runFor(21_000);
  await sees(alert(page).filter({ hasText: 'The server does not answer' }));
  assert.equal(await textbox(page, 'Name').inputValue(), 'patience');
  await page.clock.resume();
  await page.unroute(CREATE);
  await create(page);
  await sees(dialog(page, 'Token created'));
}));

test('offline is told of, nothing typed is lost, and it goes on when the network is back', () => withPage(site.browser, once, async (page, context) => {
  await signIn(page, site.jeton, site.jeton.person());
  await typed(page, 'train');
  const loaded = loads(page);
  await context.setOffline(true);
  await create(page);
  await sees(alert(page).filter({ hasText: 'The server does not answer. Nothing you typed is lost' }));
  await context.setOffline(false);
  assert.equal(await textbox(page, 'Name').inputValue(), 'train');
  await create(page);
  await sees(dialog(page, 'Token created'));
  assert.equal(loaded(), 0);
}));

test('one press is one effect, however often it is pressed', () => withPage(site.browser, {}, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await typed(page, 'pressed thrice');
  let asked = 0;
  await page.route(CREATE, async (route) => {
    asked += 1;
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    await route.continue();
  });
  await button(page, 'Create').last().evaluate((pressed) => { for (let times = 0; times < 3; times += 1) pressed.click(); });
  await sees(dialog(page, 'Token created'));
  assert.equal(asked, 1);
}));

test('a page of another build is told so, does nothing, and reloads on request', () => withPage(site.browser, once, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await typed(page, 'old page');
  // What stands in a page that the server before this one made.
  await page.evaluate(() => { document.querySelector('meta[name=build]').content = '/assets/account-0000000000000000.wasm'; });
  await create(page);
  await sees(alert(page).filter({ hasText: 'This page is older than the server. Nothing was done.' }));
  assert.equal(await textbox(page, 'Name').inputValue(), 'old page');
  await link(alert(page), 'Reload').click();
  await awake(page);
  await typed(page, 'new page');
  await create(page);
  await sees(dialog(page, 'Token created'));
}));

/** Lets a call out of the WASM end like a panic, in the handler of the next form that is sent. */
async function panics(page, where) {
  await page.route('**/account-*.js', async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const trap = 'if (globalThis.panic) { globalThis.panic = false; throw new WebAssembly.RuntimeError("unreachable"); }';
    const changed = text.replace(new RegExp(`(__wbg_${where}_\\w+: function\\(arg0\\) \\{)([^}]*)`), (_, head, body) => (
      where === 'preventDefault' ? `${head}${body}${trap}` : `${head}${trap}${body}`
    ));
    assert.notEqual(changed, text, `the bundle calls ${where}`);
    await route.fulfill({ response: answer, body: changed });
  });
}

for (const [when, where] of [['before it is held back', 'submitter'], ['after it was held back', 'preventDefault']]) {
  test(`a panic while a form is sent, ${when}: the form is sent plainly, and so are all after it`, () => withPage(site.browser, once, async (page) => {
    await panics(page, where);
    await signIn(page, site.jeton, site.jeton.person());
    await typed(page, 'survivor');
    const loaded = loads(page);
    await page.evaluate(() => { globalThis.panic = true; });
    await create(page);
    await sees(dialog(page, 'Token created'));
    assert.match(await page.locator('#token-value').inputValue(), /^jtn_pt_/);
    assert.ok(loaded() > 0, 'a page was loaded');
    await button(page, 'Done').click();
    assert.equal(await row(page, 'survivor').count(), 1);
    await button(row(page, 'survivor'), 'Revoke').click();
    await button(dialog(page, /Revoke/), 'OK').click();
    await sees(page.getByText('“survivor” revoked'));
  }));
}
