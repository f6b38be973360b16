// What both test files start with: Jeton, the example API and one browser.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch } from '../../end2end/harness/browser.mjs';
import { startBoth } from './program.mjs';

export function setUp() {
  const site = {};
  before(async () => {
    site.browser = await launch();
    site.program = await startBoth();
    site.url = site.program.url;
    site.jeton = site.program.jeton;
  });
  after(async () => {
    await site.browser?.close();
    assert.equal(await site.program?.stop(), 0, 'the example API ends well when it is asked to');
  });
  return site;
}
