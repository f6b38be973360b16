// What every spec file starts with: one Jeton, one browser, one receiver of redirects, and tests that run every way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, withPage } from './browser.mjs';
import { Jeton } from './jeton.mjs';
import { unknown } from './known.mjs';
import { Receiver } from './receiver.mjs';
import { LEGS, walk } from './tour.mjs';

const WAYS = {
  'with JavaScript': { javaScriptEnabled: true },
  'without JavaScript': { javaScriptEnabled: false },
  'with the WASM out of reach': { javaScriptEnabled: true, blocked: '**/*.wasm' },
};

export function setUp() {
  const site = {};
  before(async () => {
    [site.jeton, site.browser, site.receiver] = await Promise.all([Jeton.start(), launch(), Receiver.start()]);
    site.jeton.callback = site.receiver.url;
  });
  after(() => Promise.all([site.jeton?.stop(), site.browser?.close(), site.receiver?.stop()]));
  return site;
}

/** One flow as three tests: with JavaScript, without, and with scripts whose WASM never comes. `run(page, { context, scripts })`. */
export function everyWay(site, name, run) {
  for (const way of Object.keys(WAYS)) oneWay(site, way, name, run);
}

/** A test that only makes sense with scripts on, or only with them off. */
export function withScripts(site, scripts, name, run) {
  oneWay(site, scripts ? 'with JavaScript' : 'without JavaScript', name, run);
}

function oneWay(site, way, name, run) {
  const scripts = WAYS[way].javaScriptEnabled;
  test(`${name} (${way})`, () => withPage(site.browser, WAYS[way], (page, context) => run(page, { context, scripts })));
}

/** A second browser of the same or another person, beside the page under test. */
export function beside(site, run, options = {}) {
  return withPage(site.browser, options, run);
}

/**
 * The whole tour, a test for each leg, so that one that cannot be walked does not hide the others.
 * `look(page, context, visits)` calls `visits((state, title, say) => …)`, and says what is wrong with a state.
 */
export function eachLeg(site, name, options, look) {
  for (const leg of LEGS) {
    test(`${name}: ${leg.name}`, () => withPage(site.browser, options, async (page, context) => {
      const found = [];
      await look(page, context, (visit) => walk(page, site.jeton, (state, title) => visit(state, title, (flaw) => found.push(flaw)), [leg]));
      assert.deepEqual(unknown(leg.name, found), []);
    }));
  }
}
