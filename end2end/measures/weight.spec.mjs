// G6, G7, G9: what a page weighs on the wire.
import { test } from 'node:test';
import { within } from '../harness/figure.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { kilobytes, meter } from '../harness/wire-size.mjs';

const site = setUp();

/** What a page needs by itself. The glue is of no use without the WASM: it comes with it, after the page, and is counted there. */
const needed = ({ kind, url }) => kind !== 'wasm' && !/\/jeton-\w+\.js$/.test(url);

/** Opens a page in a fresh browser, signed in or not, and returns what it took. */
function cold(path, signedIn, look) {
  return beside(site, async (page, context) => {
    if (signedIn) await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
    const counter = await meter(page);
    await page.goto(new URL(path, site.jeton.url).href);
    await page.waitForLoadState('networkidle');
    await look(counter, page);
  });
}

for (const [name, path, signedIn] of [
  ['sign-in', () => '/login', false],
  ['consent', () => asks(site.jeton, printer(site.jeton)), true],
  ['error', () => '/oauth2/authorize?client_id=nobody', false],
]) {
  test(`G6: ${name} is light`, () => cold(path(), signedIn, (counter) => {
    const taken = counter.taken();
    within([
      [`G6 ${name}, HTML + CSS + JS`, kilobytes(taken.filter(needed), 'html', 'css', 'js'), 'kB', 20],
      [`G6 ${name}, requests without the WASM`, taken.filter(needed).length, 'requests', 4],
      [`G6 ${name}, WASM and its glue after`, kilobytes(taken.filter((one) => !needed(one)), 'wasm', 'js'), 'kB', 96],
    ]);
  }));
}

test('G7: the tokens page is light when it is opened for the first time', () => cold('/account/tokens', true, (counter) => {
  const taken = counter.taken();
  within([
    ['G7 tokens, WASM', kilobytes(taken, 'wasm'), 'kB', 197],
    ['G7 tokens, JS', kilobytes(taken, 'js'), 'kB', 12],
    ['G7 tokens, CSS', kilobytes(taken, 'css'), 'kB', 10],
    ['G7 tokens, HTML', kilobytes(taken, 'html'), 'kB'],
    ['G7 tokens, all', kilobytes(taken), 'kB', 220],
  ]);
}));

test('G9: after that, a page takes its HTML alone', () => cold('/account/tokens', true, async (counter, page) => {
  const rows = [];
  for (const path of ['/account/sessions', '/account', '/account/tokens']) {
    counter.reset();
    await page.goto(site.jeton.url + path);
    await page.waitForLoadState('networkidle');
    rows.push([`G9 ${path} again`, kilobytes(counter.taken()), 'kB', 8]);
  }
  within(rows);
}));
