// What a page takes in all when it is opened for the first time, and the size of each file of code.
import { test } from 'node:test';
import { figure, within } from '../harness/figure.mjs';
import { COLD } from '../harness/limits.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { kilobytes, meter } from '../harness/wire-size.mjs';

const site = setUp();
const files = new Map();

for (const [name, path, signedIn] of [
  ['sign-in', () => '/login', false],
  ['consent', () => asks(site.jeton, printer(site.jeton)), true],
  ['tokens', () => '/account/tokens', true],
]) {
  test(`${name}: requests and bytes of the first visit`, () => beside(site, async (page, context) => {
    if (signedIn) await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
    const counter = await meter(page);
    await page.goto(new URL(path(), site.jeton.url).href);
    await page.waitForLoadState('networkidle');
    const taken = counter.taken();
    for (const one of taken.filter(({ kind }) => kind === 'js' || kind === 'wasm')) files.set(new URL(one.url).pathname, one);
    within([
      [`cold ${name}, requests`, taken.length, 'requests', COLD[name].requests],
      [`cold ${name}, all of it`, kilobytes(taken), 'kB', COLD[name].kilobytes],
    ]);
  }));
}

test('each file of code by its size on the wire', () => {
  for (const [path, { bytes, encoding }] of files) figure(`file ${path}`, bytes, `bytes with headers, ${encoding}`);
});
