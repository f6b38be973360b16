// G24, G25: every page that has an address, in German, in the accented language (+40 %) and in the mirrored one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cuts, overflows } from '../harness/layout.mjs';
import { cookieName } from '../harness/pages.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();
const LANGUAGES = [['de', 'ltr'], ['en-XA', 'ltr'], ['ar-XB', 'rtl']];
const OUTSIDE = ['/login', '/forgot', '/oauth2/authorize?client_id=nobody', '/errors/invalid_grant'];
const INSIDE = ['/account', '/account/name', '/account/password', '/account/delete', '/account/tokens', '/account/tokens/new',
  '/account/sessions', '/account/sessions/others', '/account/applications', '/developer', '/developer/applications',
  '/developer/applications/new', '/nowhere'];

/** Texts that look like the key of a sentence: the catalogue did not have it. */
function rawKeys(page) {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.trim();
      const silent = node.parentElement.closest('code, bdi, pre, script, template, textarea, option');
      if (!silent && /^[a-z]+(-[a-z0-9]+)+$/.test(text)) found.push(text);
    }
    return found;
  });
}

async function look(page, path, [language, direction]) {
  await page.goto(new URL(path, site.jeton.url).href);
  const name = `${path} in ${language}`;
  const html = page.locator('html');
  assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('dir')], [language, direction], name);
  assert.deepEqual(await rawKeys(page), [], name);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual([...await overflows(page), ...await cuts(page)], [], `${name}, ${width} px`);
  }
}

for (const language of LANGUAGES) {
  test(`every page speaks ${language[0]} whole, and nothing is cut`, () => beside(site, async (page, context) => {
    await context.addCookies([{ name: cookieName(site.jeton, 'jeton_language'), value: language[0], url: site.jeton.url }]);
    for (const path of OUTSIDE) await look(page, path, language);
    await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
    for (const path of [...INSIDE, asks(site.jeton, printer(site.jeton))]) await look(page, path, language);
  }, { expectProblems: true }));
}

test('the language that is chosen in the footer stays, and comes back to where it was chosen', () => beside(site, async (page) => {
  await page.goto(`${site.jeton.url}/login?return_to=%2Faccount%2Ftokens`);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await page.getByRole('button', { name: 'Change language' }).click();
  await page.getByRole('heading', { name: 'Anmelden', level: 1 }).waitFor();
  assert.match(page.url(), /return_to=%2Faccount%2Ftokens/);
  await page.goto(`${site.jeton.url}/account`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
}));
