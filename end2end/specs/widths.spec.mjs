// What stands where between a telephone and a wide window: tables that need no scrolling of their own, and one row of header.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cuts, overflows, scrolls } from '../harness/layout.mjs';
import { button, checkbox, cookieName } from '../harness/pages.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { tokeninfo } from '../harness/wire.mjs';

const site = setUp();
const TABLES = ['/account/tokens', '/account/sessions', '/account/applications', '/developer/applications'];
const WIDTHS = [320, 700, 840, 960, 1024, 1120, 1280, 1440];

/** Somebody with a row in every table; their token was used, so that its row says when and from where. */
async function ownsARow(page, context) {
  const { jeton } = site;
  const person = jeton.person();
  jeton.client('Photo Printer of theirs', site.receiver.url, '--owner', person);
  await context.addCookies((await Visitor.signedIn(jeton, person)).cookies);
  await page.goto(`${jeton.url}/account/tokens/new?name=backup+script&scope=read&scope=service_id%3Duslicer.iponweb.com`);
  await button(page, 'Create').click();
  await tokeninfo(jeton, await page.getByRole('textbox', { name: 'Token value' }).inputValue());
  await page.goto(asks(jeton, printer(jeton)));
  await button(page, 'Allow').click();
  await page.waitForURL((url) => url.pathname === '/callback');
}

test('no table is cut or has to be scrolled, in any language and at any width', () => beside(site, async (page, context) => {
  await ownsARow(page, context);
  for (const language of ['en', 'de', 'en-XA']) {
    await context.addCookies([{ name: cookieName(site.jeton, 'jeton_language'), value: language, url: site.jeton.url }]);
    for (const path of TABLES) {
      await page.goto(site.jeton.url + path);
      await page.locator('tbody tr').first().waitFor();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const found = [...await overflows(page), ...await cuts(page), ...await scrolls(page)];
        assert.deepEqual(found, [], `${path} in ${language}, ${width} px`);
      }
    }
  }
}, { expectProblems: true }));

test('an IPv4 address stands in one line', () => beside(site, async (page, context) => {
  await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
  await page.goto(`${site.jeton.url}/account/sessions`);
  const address = page.locator('tbody td > code').first();
  await address.evaluate((element) => { element.textContent = '255.255.255.255'; });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    assert.equal(await address.evaluate((element) => element.getClientRects().length), 1, `${width} px`);
  }
}));

test('at 320 px the header is one row, and the menu lies below its button', () => beside(site, async (page, context) => {
  await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${site.jeton.url}/account`);
  assert.ok((await page.getByRole('banner').boundingBox()).height <= 62);
  const opener = button(page, /^user menu/i);
  await opener.click();
  const [above, menu] = [await opener.boundingBox(), await page.locator('#user-menu').boundingBox()];
  assert.ok(menu.y >= above.y + above.height, `the menu begins at ${menu.y}, its button ends at ${above.y + above.height}`);
  assert.ok(menu.x >= 0 && menu.x + menu.width <= 320);
}));

test('a tick stands inside its box, and in forced colours the system draws both', () => beside(site, async (page, context) => {
  await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
  await page.goto(`${site.jeton.url}/developer/applications/new`);
  const box = checkbox(page, /PKCE/);
  await box.check();
  const of = (names, part) => box.evaluate((element, [wanted, pseudo]) => (
    wanted.map((name) => getComputedStyle(element, pseudo)[name])
  ), [names, part]);
  const [width, height, turned] = await of(['width', 'height', 'appearance'], undefined);
  const [tickWidth, tickHeight] = await of(['width', 'height'], '::before');
  assert.equal(turned, 'none');
  assert.ok(parseFloat(tickWidth) < parseFloat(width) && parseFloat(tickHeight) < parseFloat(height));
  await page.emulateMedia({ forcedColors: 'active' });
  assert.deepEqual(await of(['appearance'], undefined), ['auto']);
}));
