import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loads } from '../harness/loads.mjs';
import { button, combobox, dialog, list, openTab, sees, signIn, status, tab, textbox } from '../harness/pages.mjs';
import { beside, setUp, withScripts } from '../harness/spec.mjs';
import { authorizeUrl, pkce } from '../harness/wire.mjs';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();

/** Opens a page and waits until its islands are awake: the WASM has come, and the browser is idle again. */
async function awake(page, path) {
  const wasm = page.waitForResponse((response) => /\.wasm$/.test(new URL(response.url()).pathname));
  await page.goto(new URL(path, site.jeton.url).href);
  assert.equal((await wasm).status(), 200);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelectorAll('leptos-island').length > 0);
}

withScripts(site, true, 'sign-in, consent, tokens and applications wake their islands without a complaint', async (page) => {
  await awake(page, '/login');
  await signIn(page, site.jeton, site.jeton.person());
  for (const path of ['/account/tokens', '/developer/applications', '/developer/applications/new']) {
    await page.goto('about:blank');
    await awake(page, path);
  }
  const client = site.jeton.client('Photo Printer', site.receiver.url);
  const { challenge } = pkce();
  await awake(page, authorizeUrl(site.jeton, client, { scope: 'read', code_challenge: challenge, code_challenge_method: 'S256' }));
});

withScripts(site, true, 'the dialog opens in place, scopes are added in place, and Escape gives the focus back', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await awake(page, '/account/tokens');
  const pages = loads(page);
  const opener = button(page, 'New permanent token').first();
  await opener.click();
  const box = dialog(page, 'New permanent token');
  await textbox(box, 'Name').fill('in place');
  await combobox(box, 'Scope').fill('uslicer.iponweb.com');
  await button(box, 'Add').click();
  await sees(list(box, 'Scopes').getByRole('listitem').filter({ hasText: 'uslicer.iponweb.com' }));
  assert.equal(pages(), 0, 'no page was loaded');
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'hidden' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement || element.contains(document.activeElement)));
});

withScripts(site, true, 'a token value is copied, and that is said only when it is true', async (page, { context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, site.jeton, site.jeton.person());
  await openTab(page, site.jeton, 'Tokens');
  await awake(page, '/account/tokens/new?name=copied&scope=read');
  await button(dialog(page, 'New permanent token'), 'Create').click();
  const box = dialog(page, 'Token created');
  const value = await textbox(box, 'Token value').inputValue();
  await page.waitForLoadState('networkidle');
  await button(box, 'Copy token value').click();
  await sees(status(page, 'Token value copied'));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), value);
  await page.keyboard.press('Escape');
  await sees(box, 'Escape does not close what is shown only once');
});

withScripts(site, true, 'the tabs follow the arrow keys, Home and End', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await awake(page, '/account/tokens');
  await tab(page, 'Tokens').focus();
  for (const [key, name] of [['ArrowRight', 'Sessions'], ['End', 'Connected applications'], ['Home', 'Tokens'], ['ArrowLeft', 'Connected applications']]) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => document.activeElement.textContent.trim());
    assert.equal(focused.toLowerCase(), name.toLowerCase(), key);
  }
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account/applications');
});

withScripts(site, true, 'a form field that an extension put something beside does not stop the page', async (page, { context }) => {
  await context.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      for (const field of document.querySelectorAll('input')) field.insertAdjacentHTML('afterend', '<span data-extension></span>');
      document.body.insertAdjacentHTML('afterbegin', '<div data-extension></div>');
    });
  });
  await awake(page, '/login');
  await button(page, 'Show password').click();
  assert.equal(await page.getByLabel(/^password$/i).getAttribute('type'), 'text');
});

test('with the WASM out of reach, every control that an island would have taken over does its work', () => beside(site, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await openTab(page, site.jeton, 'Tokens');
  await button(page, 'New permanent token').first().click();
  const box = dialog(page, 'New permanent token');
  await textbox(box, 'Name').fill('without islands');
  await combobox(box, 'Scope').fill('uslicer.iponweb.com');
  await button(box, 'Add').click();
  await sees(list(box, 'Scopes').getByRole('listitem').filter({ hasText: 'uslicer.iponweb.com' }));
  await button(box, 'Create').click();
  await sees(textbox(dialog(page, 'Token created'), 'Token value'));
  await page.goto(`${site.jeton.url}/developer/applications/new`);
  await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
  await button(page, 'Add redirect URL').click();
  await textbox(page, 'Redirect URL 2').waitFor();
  assert.equal(await textbox(page, 'Redirect URL 1').inputValue(), 'https://printer.example/callback');
}, { blocked: '**/*.wasm' }));

withScripts(site, true, 'a translated page keeps its controls', async (page, { context }) => {
  await context.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
      for (const text of found) {
        const font = document.createElement('font');
        text.replaceWith(font);
        font.append(text);
      }
    });
  });
  await awake(page, '/login');
  await button(page, 'Show password').click();
  assert.equal(await page.getByLabel(/^password$/i).getAttribute('type'), 'text');
  await button(page, 'Hide password').click();
  assert.equal(await page.getByLabel(/^password$/i).getAttribute('type'), 'password');
});

test('an island that panics says so and leaves the others alone (with JavaScript)', () => beside(site, async (page, context) => {
  // Without the comment inside, hydration does not find its place.
  await context.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => document.querySelector('leptos-island:has(.show-password)').replaceChildren());
  });
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  await awake(page, '/login');
  assert.ok(said.some((text) => text.includes('panicked at')), said.join('\n'));
  assert.equal(said.filter((text) => text.startsWith('An island did not wake')).length, 1, 'the islands after it are awake');
  await signIn(page, site.jeton, site.jeton.person());
}, { expectProblems: true }));

withScripts(site, true, 'the question that people will be asked is shown while the name is typed', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await awake(page, '/developer/applications/new');
  const preview = page.locator('#heading-preview');
  assert.ok(await preview.isHidden());
  await textbox(page, 'Name').fill('Photo Printer');
  assert.match(await preview.textContent(), /^Photo Printer wants to access /);
  await textbox(page, 'Redirect URL 1').fill('http://printer.example');
  await button(page, 'Add redirect URL').click();
  await textbox(page, 'Redirect URL 2').fill('https://printer.example/#top');
  await textbox(page, 'Name').focus();
  await sees(page.getByText('Remove the part after #'));
  await button(page, 'Remove redirect URL 1').click();
  assert.equal(await textbox(page, 'Redirect URL 1').inputValue(), 'https://printer.example/#top');
});

withScripts(site, true, 'Ctrl+K leads to the search of the list, and a lone K does nothing', async (page, { context }) => {
  const visitor = await Visitor.signedIn(site.jeton, site.jeton.person());
  await visitor.makeTokens(Array.from({ length: 60 }, (_, at) => `token ${at}`));
  await context.addCookies(visitor.cookies);
  await awake(page, '/account/tokens');
  const isThere = () => page.getByRole('searchbox').evaluate((field) => field === document.activeElement);
  await button(page, 'New permanent token').focus();
  await page.keyboard.press('k');
  assert.ok(!(await isThere()));
  await page.keyboard.press('Control+k');
  assert.ok(await isThere());
});
