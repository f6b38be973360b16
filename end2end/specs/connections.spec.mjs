// Connected applications: what each did, and how its access is taken back where it stands.
import assert from 'node:assert/strict';
import { awake, loads } from '../harness/loads.mjs';
import { button, dialog, fillSignIn, heading, link, main, openTab, row, sees, status, table } from '../harness/pages.mjs';
import { beside, everyWay, setUp, withScripts } from '../harness/spec.mjs';
import { authorizeUrl, exchange, introspect, pkce, refresh, tokeninfo } from '../harness/wire.mjs';

const site = setUp();
/** The list comes a moment after what is told. */
const gone = (locator) => locator.waitFor({ state: 'detached' });
const LIST = '/account/applications';
const TABLE = 'Connected applications';

/** Somebody signs in and allows an application something: the tokens that it gets. */
async function allow(page, client) {
  const { verifier, challenge } = pkce();
  await page.goto(authorizeUrl(site.jeton, client, { scope: 'read', code_challenge: challenge, code_challenge_method: 'S256' }));
  await button(page, 'Allow').click();
  return exchange(site.jeton, client, (await site.receiver.answer(page)).get('code'), verifier);
}

/** A person with these connected applications. */
async function connected(page, names) {
  await page.goto(`${site.jeton.url}/login`);
  await fillSignIn(page, site.jeton.person());
  await sees(heading(page, 'Account'));
  const clients = names.map((name) => site.jeton.client(name, site.receiver.url));
  const tokens = [];
  for (const client of clients) tokens.push(await allow(page, client));
  return { clients, tokens };
}

const question = (page) => dialog(page, /^Remove access/);
const focusedForm = (page) => page.evaluate(() => document.activeElement.closest('form')?.getAttribute('action'));

everyWay(site, 'each row says how often its application did something, and who asked', async (page) => {
  const door = site.jeton.client('Door', site.receiver.url);
  const { tokens } = await connected(page, ['Photo Printer', 'Scanner']);
  for (let times = 0; times < 3; times += 1) await introspect(site.jeton, door, tokens[0].access_token);
  await tokeninfo(site.jeton, tokens[1].access_token);
  await openTab(page, site.jeton, TABLE);
  await sees(row(page, 'Photo Printer').filter({ hasText: 'Used 3 times in 30 days' }).filter({ hasText: 'Last asked by Door' }));
  await sees(row(page, 'Scanner').filter({ hasText: 'Used once in 30 days' }).filter({ hasText: 'Last checked its own access' }));
  await link(row(page, 'Photo Printer'), 'Photo Printer').click();
  await sees(heading(page, 'Photo Printer'));
  await sees(main(page).getByText('Used 3 times in 30 days'));
  await button(page, 'Remove access').click();
  await sees(question(page).getByText('It can no longer:'));
  await sees(question(page).getByText('Used 3 times in 30 days'));
});

everyWay(site, 'access is removed, told, and the focus goes to the row beside', async (page) => {
  const { clients, tokens } = await connected(page, ['Photo Printer', 'Scanner']);
  await openTab(page, site.jeton, TABLE);
  await button(row(page, 'Scanner'), 'Remove access').click();
  await button(question(page), 'OK').click();
  await sees(status(page, 'Access removed'));
  await gone(row(page, 'Scanner'));
  await sees(row(page, 'Photo Printer'));
  await page.waitForFunction(() => document.activeElement.textContent === 'Remove access');
  assert.equal((await refresh(site.jeton, clients[1], tokens[1].refresh_token)).error, 'invalid_grant');
  await button(row(page, 'Photo Printer'), 'Remove access').click();
  await button(question(page), 'OK').click();
  await sees(heading(page, 'No applications yet'));
});

withScripts(site, true, 'with scripts no page is loaded for it, Escape and Cancel give the focus back, and other tabs see it', async (page, { context }) => {
  await connected(page, ['Photo Printer', 'Scanner', 'Sorter']);
  await page.goto(site.jeton.url + LIST);
  await awake(page);
  const other = await context.newPage();
  await other.goto(site.jeton.url + LIST);
  await awake(other);
  await page.bringToFront();
  const loaded = loads(page);
  const opener = await button(row(page, 'Scanner'), 'Remove access');
  for (const leave of [() => page.keyboard.press('Escape'), () => button(question(page), 'Cancel').click()]) {
    await opener.click();
    await sees(question(page).getByText('It can no longer:'));
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cancel');
    await leave();
    await question(page).waitFor({ state: 'detached' });
    assert.match(await focusedForm(page), /\/remove$/);
  }
  await opener.click();
  await button(question(page), 'OK').click();
  await sees(status(page, 'Access removed'));
  await gone(row(page, 'Scanner'));
  assert.equal(await page.getByRole('status').filter({ hasText: 'Access removed' }).count(), 1, 'it is said once');
  await page.waitForFunction(() => document.activeElement.closest('tr') && document.activeElement.textContent === 'Remove access');
  assert.equal(loaded(), 0);
  assert.equal(new URL(page.url()).pathname, LIST);
  // Another tab, and the same one later, show the truth.
  await other.bringToFront();
  await other.evaluate(() => window.dispatchEvent(new Event('focus')));
  await gone(row(other, 'Scanner'));
  await other.close();
  await page.reload();
  await gone(row(page, 'Scanner'));
  await sees(table(page, TABLE));
  await page.goto(`${site.jeton.url}/account`);
  await page.goBack();
  await sees(row(page, 'Sorter'));
  await gone(row(page, 'Scanner'));
});

withScripts(site, true, 'what was removed elsewhere is gone at a press, and nothing is said to be wrong', async (page, { context }) => {
  await connected(page, ['Photo Printer', 'Scanner']);
  await page.goto(site.jeton.url + LIST);
  await awake(page);
  await button(row(page, 'Scanner'), 'Remove access').click();
  await sees(question(page));
  await beside(site, async (other) => {
    await other.context().addCookies(await context.cookies());
    await other.goto(site.jeton.url + LIST);
    await button(row(other, 'Scanner'), 'Remove access').click();
    await button(question(other), 'OK').click();
    await sees(status(other, 'Access removed'));
  });
  await button(question(page), 'OK').click();
  await sees(status(page, 'Access removed'));
  await gone(row(page, 'Scanner'));
});
