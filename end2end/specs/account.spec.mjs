// The account's own settings: colours and name.
import assert from 'node:assert/strict';
import { awake, loads } from '../harness/loads.mjs';
import { alert, button, heading, main, radio, sees, seesNot, signIn, status, textbox } from '../harness/pages.mjs';
import { everyWay, setUp, withScripts } from '../harness/spec.mjs';

const site = setUp();
const theme = (page) => page.locator('html').getAttribute('data-theme');

everyWay(site, 'the colours can be chosen, and stay', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await radio(page, 'Dark').check();
  await button(page, /theme/i).click();
  await sees(status(page, 'Theme saved'));
  assert.equal(await theme(page), 'dark');
  await page.goto(`${site.jeton.url}/account/tokens`);
  assert.equal(await theme(page), 'dark');
});

everyWay(site, 'a name is changed; one that must be mended stays as it was typed', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/account/name`);
  await textbox(page, 'Given name').fill('Ada\u202e');
  await textbox(page, 'Family name').fill('Byron');
  await button(page, 'Change name').click();
  await sees(alert(page).filter({ hasText: 'There is a problem' }));
  assert.equal(await textbox(page, 'Given name').getAttribute('aria-invalid'), 'true');
  assert.equal(await textbox(page, 'Family name').inputValue(), 'Byron');
  await textbox(page, 'Given name').fill('Ada');
  await button(page, 'Change name').click();
  await sees(status(page, 'Name changed'));
  await page.goto(`${site.jeton.url}/account`);
  await sees(main(page).getByText('Ada Byron'));
});

withScripts(site, true, 'with scripts colours and name are saved in place, and the focus stays', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await awake(page);
  const loaded = loads(page);
  for (const [choice, shown] of [['Dark', 'dark'], ['Light', 'light'], ['System', null]]) {
    await radio(page, choice).check();
    await button(page, /theme/i).click();
    await sees(status(page, 'Theme saved'));
    await page.waitForFunction((wanted) => document.documentElement.getAttribute('data-theme') === wanted, shown);
  }
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await button(page, /theme/i).textContent());
  assert.equal(loaded(), 0);
  await page.goto(`${site.jeton.url}/account/name`);
  await awake(page);
  loaded();
  await textbox(page, 'Given name').fill('x'.repeat(201));
  await button(page, 'Change name').click();
  await sees(page.locator('#problem:focus'));
  await textbox(page, 'Given name').fill('Grace');
  await button(page, 'Change name').click();
  await sees(status(page, 'Name changed'));
  await seesNot(alert(page));
  assert.equal(await textbox(page, 'Given name').getAttribute('aria-invalid'), null);
  assert.equal(await textbox(page, 'Given name').inputValue(), 'Grace');
  assert.equal(loaded(), 0);
});

withScripts(site, true, 'who was signed out meanwhile comes back to the name as it was typed', async (page, { context }) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/account/name`);
  await awake(page);
  await textbox(page, 'Given name').fill('Ada');
  const cookies = await context.cookies();
  await context.clearCookies();
  await context.addCookies(cookies.filter(({ name }) => !name.includes('session')));
  await button(page, 'Change name').click();
  const way = page.locator('.ways a').first();
  await sees(way);
  assert.equal(new URL(await way.getAttribute('href'), site.jeton.url).searchParams.get('return_to'), '/account/name?given_name=Ada&family_name=');
  assert.equal(await textbox(page, 'Given name').inputValue(), 'Ada');
  await way.click();
  await sees(heading(page, 'Sign in'));
});
