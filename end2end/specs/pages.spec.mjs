// Every page and every state of it without JavaScript: G5 and G15; and the theme.
import assert from 'node:assert/strict';
import { invalid, sources } from '../harness/engines.mjs';
import { button, heading, sees, signIn } from '../harness/pages.mjs';
import { fits, isWellBuilt } from '../harness/quality.mjs';
import { eachLeg, everyWay, setUp } from '../harness/spec.mjs';

const site = setUp();
const PLAIN = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };

eachLeg(site, 'every state is there, valid as it came, well built, and fits into 320 pixels', PLAIN, async (page, context, visits) => {
  const source = sources(page);
  await visits(async (state, title, say) => {
    await isWellBuilt(page, title, state).catch((error) => say(error.message));
    await fits(page, state).catch((error) => say(error.message));
    for (const mistake of await invalid(await source.html())) say(`${state}: ${mistake}`);
  });
});

everyWay(site, 'the theme can be chosen, and stays', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.getByRole('radio', { name: 'Dark' }).check();
  await button(page, /theme/i).click();
  await sees(heading(page, 'Account'));
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await page.goto(`${site.jeton.url}/account/tokens`);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
});
