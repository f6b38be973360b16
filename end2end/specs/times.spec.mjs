// Times: in the reader's zone with JavaScript; in UTC, which is named, without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillSignIn, main, sees, unfold } from '../harness/pages.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';

const site = setUp();
const PAGES = ['/account', '/account/tokens', '/account/sessions', '/account/applications', '/oauth2/authorize?client_id=nobody'];
const ZONES = {};
/** Where it is another day than in UTC now. */
const FAR = new Date().getUTCHours() < 10 ? 'Pacific/Niue' : 'Pacific/Kiritimati';

/** What a zone's clock and calendar show: `05:04`, `5:04`, and the day of the month. */
function read(moment, timeZone) {
  const parts = (options) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(new Date(moment));
  const [day, clock] = [parts({ day: 'numeric' }), parts({ hour: '2-digit', minute: '2-digit' })];
  const twelve = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' }).format(new Date(moment)).split(/\s/)[0];
  return { day, clocks: [clock, twelve] };
}

/** Somebody who has a token, revoked another, and allowed an application. */
async function lived(context) {
  const visitor = await Visitor.signedIn(site.jeton, site.jeton.person());
  await visitor.makeTokens(['kept', 'revoked']);
  const list = await visitor.get('/account/tokens');
  const [revoke] = list.match(/\/account\/tokens\/[^/"]+\/revoke/);
  await visitor.get(revoke);
  assert.equal((await visitor.post(revoke, [])).status, 303);
  const question = await visitor.get(asks(site.jeton, printer(site.jeton)).slice(site.jeton.url.length));
  const [, request] = question.match(/name="request" value="([^"]+)"/);
  await visitor.post('/consent', [['request', request], ['decision', 'allow']]);
  await context.addCookies(visitor.cookies);
}

/** Every time on these pages: the page, what is told in it for machines, and what stands there for people. */
async function times(page, settled) {
  const found = [];
  for (const path of PAGES) {
    await page.goto(site.jeton.url + path);
    await settled(page);
    for (const fold of await page.locator('main details').all()) if (await fold.isVisible()) await unfold(fold);
    const here = await page.locator('main time').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => [one.dateTime, one.innerText.trim()]));
    found.push(...here.map(([moment, text]) => ({ path, moment, text })));
  }
  for (const path of PAGES) assert.ok(found.some((one) => one.path === path), `there are times on ${path}`);
  return found;
}

/** What is wrong with these times for somebody in this zone. */
function wrong(found, timeZone) {
  return found.filter(({ moment, text }) => {
    const { day, clocks } = read(moment, timeZone);
    const tellsHour = /\d:\d\d/.test(text);
    const isNamed = timeZone !== 'UTC' || text.endsWith('UTC');
    return !new RegExp(`\\b0?${day}\\b`).test(text) || (tellsHour && (!clocks.some((clock) => text.includes(clock)) || !isNamed));
  }).map(({ path, moment, text }) => `${path}: ${moment} is told as ${text} in ${timeZone}`);
}

test('without JavaScript every time is told in UTC, and UTC is named', () => beside(site, async (page, context) => {
  await lived(context);
  assert.deepEqual(wrong(await times(page, async () => {}), 'UTC'), []);
}, { javaScriptEnabled: false, timezoneId: FAR }));

test('with the WASM out of reach every time is told in UTC, and UTC is named', () => beside(site, async (page, context) => {
  await lived(context);
  assert.deepEqual(wrong(await times(page, async () => {}), 'UTC'), []);
}, { blocked: '**/*.wasm', timezoneId: FAR }));

/** The islands are awake, if the page has any, and nothing of UTC is left; a page on which it stays is looked at as it is. */
const translated = (page) => page.waitForFunction(() => {
  const isAwake = !document.querySelector('script[data-wasm]') || document.documentElement.classList.contains('awake');
  return isAwake && !/\bUTC\b/.test(document.querySelector('main').innerText);
}, undefined, { timeout: 5000 }).catch(() => {});

for (const locale of ['en-GB', 'de-DE']) {
  test(`with JavaScript every time is told in the reader's zone (${locale})`, ZONES, () => beside(site, async (page, context) => {
    await lived(context);
    const found = await times(page, translated);
    assert.deepEqual(found.filter(({ text }) => text.includes('UTC')), []);
    assert.deepEqual(wrong(found, FAR), []);
  }, { timezoneId: FAR, locale }));
}

test("with JavaScript the hour at which a wait ends is told in the reader's zone", () => beside(site, async (page) => {
  const name = site.jeton.person();
  await page.goto(`${site.jeton.url}/login`);
  for (let tries = 0; tries < 30; tries += 1) {
    await fillSignIn(page, name, 'wrong');
    await sees(page.getByRole('alert'));
    if (await main(page).getByText('Too many attempts').count()) break;
  }
  await translated(page);
  const [, clock] = (await main(page).innerText()).match(/Try again after (\d?\d:\d\d)/);
  const hour = Array.from({ length: 60 }, (_, minutes) => read(Date.now() + minutes * 60_000, FAR).clocks).flat();
  assert.ok(hour.includes(clock), `${clock} is within the next hour of ${FAR}, from ${hour[0]}`);
}, { timezoneId: FAR }));
