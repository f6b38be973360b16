// What every spec file starts with: one Jeton, one browser, one receiver of redirects, and tests that run both ways.
import { after, before, test } from 'node:test';
import { launch, withPage } from './browser.mjs';
import { Jeton } from './jeton.mjs';
import { Receiver } from './receiver.mjs';

export function setUp() {
  const site = {};
  before(async () => {
    [site.jeton, site.browser, site.receiver] = await Promise.all([Jeton.start(), launch(), Receiver.start()]);
  });
  after(() => Promise.all([site.jeton?.stop(), site.browser?.close(), site.receiver?.stop()]));
  return site;
}

/** One flow as two tests: with JavaScript and without. `run(page, { context, scripts })`. */
export function bothWays(site, name, run) {
  for (const scripts of [true, false]) withScripts(site, scripts, name, run);
}

/** A test that only makes sense with scripts on, or only with them off. */
export function withScripts(site, scripts, name, run) {
  test(`${name} (${scripts ? 'with' : 'without'} JavaScript)`, () => (
    withPage(site.browser, { javaScriptEnabled: scripts }, (page, context) => run(page, { context, scripts }))
  ));
}

/** A second browser of the same or another person, beside the page under test. */
export function beside(site, run, options = {}) {
  return withPage(site.browser, options, run);
}
