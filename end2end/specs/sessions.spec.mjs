import assert from 'node:assert/strict';
import { button, dialog, fillSignIn, heading, main, openTab, row, sees, signIn, tab, table } from '../harness/pages.mjs';
import { beside, everyWay, setUp } from '../harness/spec.mjs';
import { authorizeUrl, exchange, pkce, refresh } from '../harness/wire.mjs';

const site = setUp();
const sessions = (page) => table(page, 'Sessions').getByRole('row').filter({ has: page.getByRole('button') });

everyWay(site, 'U7: each signed-in browser is listed, and can be ended from another', async (page, { scripts }) => {
  const person = site.jeton.person();
  await signIn(page, site.jeton, person);
  await beside(site, async (other) => {
    await signIn(other, site.jeton, person);
    await openTab(page, site.jeton, 'Sessions');
    assert.equal(await sessions(page).count(), 2);
    await sees(sessions(page).filter({ hasText: 'This device' }));
    await button(sessions(page).filter({ hasNotText: 'This device' }), 'Sign out').click();
    await sees(sessions(page).filter({ hasText: 'This device' }));
    await sessions(page).nth(1).waitFor({ state: 'detached' });
    assert.equal(await sessions(page).count(), 1);
    await other.goto(`${site.jeton.url}/account`);
    await sees(heading(other, 'Sign in'), 'the other browser is out');
  }, { javaScriptEnabled: scripts });
  await page.goto(`${site.jeton.url}/account`);
  await sees(heading(page, 'Account'), 'this one stays');
});

everyWay(site, 'U7: everywhere else is signed out in one step', async (page, { scripts }) => {
  const person = site.jeton.person();
  await signIn(page, site.jeton, person);
  for (let times = 0; times < 2; times += 1) {
    await beside(site, (other) => signIn(other, site.jeton, person), { javaScriptEnabled: scripts });
  }
  await openTab(page, site.jeton, 'Sessions');
  assert.equal(await sessions(page).count(), 3);
  await button(page, 'Sign out everywhere else').click();
  await button(dialog(page, /.+/), 'Sign out everywhere else').click();
  await dialog(page, /.+/).waitFor({ state: 'hidden' });
  await sessions(page).nth(1).waitFor({ state: 'detached' });
  assert.equal(await sessions(page).count(), 1);
});

everyWay(site, 'U7: this device can sign itself out', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await openTab(page, site.jeton, 'Sessions');
  await button(sessions(page).filter({ hasText: 'This device' }), 'Sign out').click();
  await sees(heading(page, 'Sign in'));
  await page.goto(`${site.jeton.url}/account`);
  await sees(heading(page, 'Sign in'));
});

everyWay(site, 'access of an application can be removed: refresh fails, and consent is asked again', async (page) => {
  const client = site.jeton.client('Photo Printer', site.receiver.url);
  const { verifier, challenge } = pkce();
  const url = authorizeUrl(site.jeton, client, { scope: 'read', code_challenge: challenge, code_challenge_method: 'S256' });
  await page.goto(url);
  await fillSignIn(page, site.jeton.person());
  await button(page, 'Allow').click();
  const code = (await site.receiver.answer(page)).get('code');
  const tokens = await exchange(site.jeton, client, code, verifier);
  await openTab(page, site.jeton, 'Connected applications');
  await sees(table(page, 'Connected applications'));
  await button(row(page, 'Photo Printer'), 'Remove access').click();
  await button(dialog(page, /.+/), 'Cancel').click();
  await button(row(page, 'Photo Printer'), 'Remove access').click();
  await button(dialog(page, /.+/), 'OK').click();
  await dialog(page, /.+/).waitFor({ state: 'hidden' });
  await row(page, 'Photo Printer').first().waitFor({ state: 'detached' });
  assert.equal((await refresh(site.jeton, client, tokens.refresh_token)).error, 'invalid_grant');
  await page.goto(url);
  await sees(button(page, 'Allow'), 'consent is asked again');
});

everyWay(site, 'each tab has its own address, and Back goes from one to the other', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await openTab(page, site.jeton, 'Sessions');
  assert.equal(new URL(page.url()).pathname, '/account/sessions');
  await tab(page, 'Connected applications').click();
  await page.waitForURL('**/account/applications');
  await page.goBack();
  await page.waitForURL('**/account/sessions');
  assert.equal(await tab(page, 'Sessions').getAttribute('aria-selected'), 'true');
});

everyWay(site, 'an empty list says so, and what comes next', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  for (const [path, title, next] of [
    ['/account/tokens', /^No permanent tokens yet$/, /Create one to let a script/],
    ['/account/applications', /^No applications yet/, /When you allow one, it appears here/],
    ['/developer/applications', /^No applications yet/, /Register one/],
  ]) {
    await page.goto(site.jeton.url + path);
    await sees(heading(main(page), title), path);
    await sees(main(page).getByText(next), path);
  }
  await page.goto(`${site.jeton.url}/account/sessions`);
  await sees(main(page).getByText('You are signed in only here'));
});
