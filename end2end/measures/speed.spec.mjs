// G11 to G13: how fast the pages are on a slow phone. Machines are noisy: the best of three tries counts.
import { test } from 'node:test';
import { bestOf } from '../harness/figure.mjs';
import { button, dialog, sees, textbox } from '../harness/pages.mjs';
import { timely } from '../harness/quiet.mjs';
import { beside, setUp } from '../harness/spec.mjs';
import { sightings, slowDown, watched } from '../harness/slow.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();
const TRIES = 3;

/** A page in a fresh browser on a slow phone; the browser's complaints fail the test, as everywhere. */
function onPhone(path, { signedIn, network }, look) {
  return beside(site, async (page, context) => {
    if (signedIn) await context.addCookies((await Visitor.signedIn(site.jeton, site.jeton.person())).cookies);
    await watched(context);
    await slowDown(page, { network });
    await page.goto(new URL(path, site.jeton.url).href);
    await look(page);
  }, { viewport: { width: 412, height: 823 } });
}

/** Presses something that stays on the page, so that the press can be watched to its end. */
const PRESSES = {
  'sign-in': (page) => button(page, 'Show password').click(),
  consent: (page) => page.locator('summary').first().click(),
  tokens: (page) => button(page, 'New permanent token').first().click(),
};

/** Waits for two frames: the first shows what the press did, and before the second its time has been told. */
function painted(page) {
  return page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
  }));
}

for (const [name, path, signedIn] of [
  ['sign-in', () => '/login', false],
  ['consent', () => asks(site.jeton, printer(site.jeton), { scope: 'read' }), true],
  ['tokens', () => '/account/tokens', true],
]) {
  test(`G11, G13: ${name} is there, still and awake soon on a slow phone`, async () => {
    await timely(await bestOf(TRIES, async () => {
      let rows;
      await onPhone(path(), { signedIn }, async (page) => {
        await sightings(page);
        await PRESSES[name](page);
        await painted(page);
        const { lcp, cls, inp, hydrated } = await sightings(page);
        rows = [
          [`G11 ${name}, LCP`, lcp, 'ms', 1200],
          [`G11 ${name}, CLS`, cls, '', 0],
          [`G11 ${name}, INP`, inp, 'ms', 100],
          [`G13 ${name}, awake after load`, hydrated, 'ms', 1000],
        ];
      });
      return rows;
    }));
  });
}

test('G12: a dialog opens at once', async () => {
  await timely(await bestOf(TRIES, async () => {
    let rows;
    await onPhone('/account/tokens', { signedIn: true, network: false }, async (page) => {
      await sightings(page);
      await button(page, 'New permanent token').first().click();
      await sees(textbox(dialog(page, 'New permanent token'), 'Name'));
      rows = [['G12 press until the dialog is open', (await sightings(page)).opened, 'ms', 50]];
    });
    return rows;
  }));
});
