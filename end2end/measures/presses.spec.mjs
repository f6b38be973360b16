// How long somebody waits after a press, and how often a newcomer has to press.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure, median, percentile, within } from '../harness/figure.mjs';
import { PASSWORD } from '../harness/jeton.mjs';
import { ANSWERED, NEWCOMER } from '../harness/limits.mjs';
import { button, combobox, dialog, heading, link, main, row, sees, signIn, textbox } from '../harness/pages.mjs';
import { timely } from '../harness/quiet.mjs';
import { watched } from '../harness/slow.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { waits } from '../harness/waits.mjs';

const site = setUp();
const TIMES = 20;
const NEW = 'New permanent token';

/** The presses of somebody who makes a token and revokes it, again and again, with islands awake. */
const measured = new Promise((done) => {
  test('a created and a revoked token are seen soon after the press', () => beside(site, async (page, context) => {
    await watched(context);
    const wait = await waits(context, page);
    await signIn(page, site.jeton, site.jeton.person());
    await page.goto(`${site.jeton.url}/account/tokens`);
    const seen = { created: [], revoked: [] };
    for (let number = 1; number <= TIMES; number += 1) {
      seen.created.push(await create(page, wait, `token ${number}`));
      seen.revoked.push(await revoke(page, wait, `token ${number}`));
    }
    done(seen);
    for (const [what, all] of Object.entries(seen)) await told(what, all);
  }));
});

async function told(what, all) {
  const times = all.map(({ ms }) => ms);
  figure(`press until a token is ${what}, 9 of 10`, percentile(times, 0.9), 'ms');
  await timely([[`press until a token is ${what}, median of ${TIMES}`, median(times), 'ms', ANSWERED.ms]]);
}

const awake = (page) => page.waitForFunction(() => globalThis.seen?.awake !== undefined);

async function create(page, wait, name) {
  await awake(page);
  await button(page, NEW).first().click();
  const box = dialog(page, NEW);
  await textbox(box, 'Name').fill(name);
  await combobox(box, 'Scope').fill('read');
  await button(box, 'Add').click();
  await sees(button(box, 'Remove read'));
  const answered = await wait('created', () => button(box, 'Create').click());
  await button(dialog(page, 'Token created'), 'Done').click();
  await sees(row(page, name));
  return answered;
}

async function revoke(page, wait, name) {
  await awake(page);
  await button(row(page, name), 'Revoke').click();
  const box = dialog(page, `Revoke “${name}”?`);
  return wait(`revoked ${name}`, () => button(box, 'OK').click());
}

test('no page is loaded for a created token, nor for a revoked one', async () => {
  const most = (all) => Math.max(...all.map(({ loads }) => loads));
  within(Object.entries(await measured).map(([what, all]) => [`pages loaded for a ${what} token`, most(all), 'pages', ANSWERED.loads]));
});

test('a newcomer comes from the sign-in page to an API call in a few clicks', () => beside(site, async (page, context) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.jeton.url });
  const clicks = [];
  const press = async (locator, name) => { clicks.push(name); await locator.click(); };
  await page.goto(site.jeton.url);
  await textbox(page, 'Username').fill(site.jeton.person());
  await page.getByLabel(/^password$/i).fill(PASSWORD);
  await press(button(page, 'Sign in'), 'Sign in');
  await sees(heading(page, 'Account'));
  await press(link(main(page), 'Tokens and sessions').first(), 'Tokens and sessions');
  await press(button(page, NEW).first(), NEW);
  const box = dialog(page, NEW);
  await textbox(box, 'Name').fill('my first script');
  await combobox(box, 'Scope').fill('read');
  await press(button(box, 'Add'), 'Add');
  await press(button(box, 'Create'), 'Create');
  await press(button(dialog(page, 'Token created'), 'Copy token value'), 'Copy token value');
  await sees(page.getByRole('status').filter({ hasText: 'Token value copied' }));
  const token = await page.evaluate(() => navigator.clipboard.readText());
  const answer = await fetch(`${site.jeton.url}/oauth2/tokeninfo`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200, 'the first call with it works');
  within([[`newcomer, clicks (${clicks.join(', ')})`, clicks.length, 'clicks', NEWCOMER.clicks]]);
}));
