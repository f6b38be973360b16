import assert from 'node:assert/strict';
import { button, heading, sees, signIn } from '../harness/pages.mjs';
import { fits, isAccessible, isWellBuilt, withAxe } from '../harness/quality.mjs';
import { bothWays, setUp, withScripts } from '../harness/spec.mjs';
import { walk } from '../harness/tour.mjs';

const site = setUp();

withScripts(site, true, 'no page has an axe violation, in either theme and at either width', async (page, { context }) => {
  site.jeton.callback = site.receiver.url;
  await withAxe(context);
  const failures = [];
  await walk(page, site.jeton, async (name) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await isAccessible(page, name).catch((error) => failures.push(error.message));
  });
  assert.deepEqual(failures, []);
});

bothWays(site, 'every page is well built and fits into 320 pixels', async (page) => {
  site.jeton.callback = site.receiver.url;
  await page.setViewportSize({ width: 320, height: 640 });
  const failures = [];
  await walk(page, site.jeton, async (name, title) => {
    await isWellBuilt(page, title, name).catch((error) => failures.push(error.message));
    await fits(page, name).catch((error) => failures.push(error.message));
  });
  assert.deepEqual(failures, []);
});

bothWays(site, 'the theme can be chosen, and stays', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.getByRole('radio', { name: 'Dark' }).check();
  await button(page, /theme/i).click();
  await sees(heading(page, 'Account'));
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await page.goto(`${site.jeton.url}/account/tokens`);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
});
