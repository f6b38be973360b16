// Every page and every state of it (harness/tour.mjs): G1, G4, G5, G18 to G20, G22 to G24, G26, G29.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../harness/browser.mjs';
import { invalid, sources, withEngines } from '../harness/engines.mjs';
import { figure } from '../harness/figure.mjs';
import { button, heading, sees, signIn } from '../harness/pages.mjs';
import { fits, flaws, isWellBuilt } from '../harness/quality.mjs';
import { everyWay, setUp } from '../harness/spec.mjs';
import { LEGS, walk } from '../harness/tour.mjs';

const site = setUp();
const seen = { states: 0, foreign: new Set(), requests: 0 };

/** A test for each leg, so that one that cannot be walked does not hide the others. */
function eachLeg(name, options, look) {
  for (const leg of LEGS) {
    test(`${name}: ${leg.name}`, () => withPage(site.browser, options, async (page, context) => {
      const failures = [];
      const say = (failure) => failures.push(failure);
      await look(page, context, (visit) => walk(page, site.jeton, (state, title) => visit(state, title, say), [leg]));
      assert.deepEqual(failures, []);
    }));
  }
}

function countForeign(context) {
  const ours = [site.jeton.url, new URL(site.receiver.url).origin, 'null'];
  context.on('request', (request) => {
    seen.requests += 1;
    if (!ours.includes(new URL(request.url()).origin)) seen.foreign.add(request.url());
  });
}

eachLeg('no engine finds a barrier, and nothing is cut, in any theme, size, direction or contrast', {}, async (page, context, visits) => {
  await withEngines(context);
  countForeign(context);
  await visits(async (state, title, say) => {
    seen.states += 1;
    await isWellBuilt(page, title, state).catch((error) => say(error.message));
    (await flaws(page, state)).forEach(say);
  });
});

eachLeg('without JavaScript every state is there, valid as it came, well built, and fits into 320 pixels', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } }, async (page, context, visits) => {
  countForeign(context);
  const source = sources(page);
  await visits(async (state, title, say) => {
    await isWellBuilt(page, title, state).catch((error) => say(error.message));
    await fits(page, state).catch((error) => say(error.message));
    for (const mistake of await invalid(await source.html())) say(`${state}: ${mistake}`);
  });
});

test('G29: no page asks anybody else for anything', () => {
  assert.ok(seen.requests > 100, 'the tour was walked');
  figure('G1 states looked at', seen.states, 'states, each in 2 themes and at 2 widths');
  figure('G29 requests to others', seen.foreign.size, `of ${seen.requests}`, 0);
  assert.deepEqual([...seen.foreign], []);
});

everyWay(site, 'the theme can be chosen, and stays', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.getByRole('radio', { name: 'Dark' }).check();
  await button(page, /theme/i).click();
  await sees(heading(page, 'Account'));
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await page.goto(`${site.jeton.url}/account/tokens`);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
});
