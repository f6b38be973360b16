// Pictures of the pages. `node end2end/pictures.mjs` makes the four that the README shows, in docs/pictures;
// `node end2end/pictures.mjs FOLDER` makes one of every page, in both themes and at both widths, to be looked at.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, withPage } from './harness/browser.mjs';
import { Jeton, PASSWORD } from './harness/jeton.mjs';
import { button, combobox, dialog, fillSignIn, heading, sees, textbox } from './harness/pages.mjs';
import { Receiver } from './harness/receiver.mjs';
import { walk } from './harness/tour.mjs';
import { authorizeUrl, pkce, tokeninfo } from './harness/wire.mjs';

const SHOWN = resolve(import.meta.dirname, '../docs/pictures');
const DESK = { width: 1120, height: 700 };
const PHONE = { width: 320, height: 568 };

async function everyPage(browser, jeton, folder) {
  await withPage(browser, { reducedMotion: 'reduce', expectProblems: true }, async (page) => {
    await walk(page, jeton, async (name) => {
      for (const colorScheme of ['light', 'dark']) {
        for (const width of [1280, 320]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: width === 320 ? 640 : 800 });
          await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`), fullPage: true });
        }
      }
    });
  });
}

/** Somebody's page of their own profile, signed in, and then whatever `work` does with it. */
function asAda(browser, jeton, options, work) {
  return withPage(browser, { viewport: DESK, reducedMotion: 'reduce', ...options }, async (page) => {
    await page.goto(jeton.url);
    await fillSignIn(page, 'ada');
    await heading(page, 'Account').waitFor();
    await work(page);
  });
}

async function makeToken(page, jeton, name, scopes) {
  const query = new URLSearchParams([['name', name], ...scopes.map((scope) => ['scope', scope])]);
  await page.goto(`${jeton.url}/account/tokens/new?${query}`);
  await button(dialog(page, 'New permanent token'), 'Create').click();
  const value = await textbox(dialog(page, 'Token created'), 'Token value').inputValue();
  await button(dialog(page, 'Token created'), 'Done').click();
  return value;
}

async function signIn(browser, jeton) {
  await withPage(browser, { viewport: PHONE }, async (page) => {
    await page.goto(`${jeton.url}/login`);
    await sees(button(page, 'Show password'));
    await page.screenshot({ path: join(SHOWN, 'sign-in-phone.png') });
  });
}

async function tokens(page, jeton) {
  await makeToken(page, jeton, 'ci deploy', ['write']);
  const value = await makeToken(page, jeton, 'backup script', ['read', 'service_id=uslicer.iponweb.com']);
  await tokeninfo(jeton, value);
  await page.goto(`${jeton.url}/account/tokens`);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(SHOWN, 'tokens.png') });
}

async function consent(page, jeton) {
  const about = ['--scope', 'read', '--scope', 'write'];
  const client = jeton.client('Photo Printer', 'https://printer.example/callback', ...about);
  const { challenge } = pkce();
  await page.goto(authorizeUrl(jeton, client, { scope: 'read write', code_challenge: challenge, code_challenge_method: 'S256' }));
  await sees(button(page, 'Allow'));
  await page.screenshot({ path: join(SHOWN, 'consent.png') });
}

async function newToken(page, jeton) {
  await page.goto(`${jeton.url}/account/tokens`);
  await page.waitForLoadState('networkidle');
  await button(page, 'New permanent token').first().click();
  const box = dialog(page, 'New permanent token');
  await textbox(box, 'Name').fill('nightly report');
  await combobox(box, 'Scope').fill('upredict.iponweb.com');
  await button(box, 'Add').click();
  await sees(box.getByRole('status').filter({ hasText: '1 scope' }));
  await page.screenshot({ path: join(SHOWN, 'new-token-dark.png') });
}

async function forTheReadme(browser, jeton) {
  jeton.feed(PASSWORD, 'user', 'add', 'ada', '--access', 'full', '--given-name', 'Ada', '--family-name', 'Lovelace',
    '--email', 'ada@example.com', '--password-stdin');
  await signIn(browser, jeton);
  await asAda(browser, jeton, {}, async (page) => {
    await tokens(page, jeton);
    await page.setViewportSize({ ...DESK, height: 900 });
    await consent(page, jeton);
  });
  await asAda(browser, jeton, { colorScheme: 'dark' }, (page) => newToken(page, jeton));
}

const [jeton, browser, receiver] = await Promise.all([Jeton.start(), launch(), Receiver.start()]);
try {
  jeton.callback = receiver.url;
  const [folder] = process.argv.slice(2);
  mkdirSync(folder ?? SHOWN, { recursive: true });
  await (folder ? everyPage(browser, jeton, resolve(folder)) : forTheReadme(browser, jeton));
} finally {
  await Promise.all([jeton.stop(), browser.close(), receiver.stop()]);
}
