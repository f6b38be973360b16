import assert from 'node:assert/strict';
import { button, dialog, fillSignIn, heading, openTab, row, sees, seesNot, signIn, table } from '../harness/pages.mjs';
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
  await button(dialog(page, /.+/), 'OK').click();
  await dialog(page, /.+/).waitFor({ state: 'hidden' });
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
  await seesNot(row(page, 'Photo Printer'));
  assert.equal((await refresh(site.jeton, client, tokens.refresh_token)).error, 'invalid_grant');
  await page.goto(url);
  await sees(button(page, 'Allow'), 'consent is asked again');
});
