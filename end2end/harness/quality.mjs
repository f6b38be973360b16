// What every page owes to everybody: no barrier that an engine can find, nothing cut, a title, one heading, landmarks.
import assert from 'node:assert/strict';
import { axe, sniff } from './engines.mjs';
import { cuts, overflows, smallTargets } from './layout.mjs';
import { isContrasty, isStill, mirrors, prints, reflows, survivesLargeText } from './modes.mjs';

/** Everything that the goals ask of a page in one visit. Returns what is wrong, each with the name of the state. */
export async function flaws(page, name) {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const found = [...await isStill(page), ...await inEveryTheme(page), ...await isContrasty(page), ...await prints(page)];
  for (const check of [reflows, survivesLargeText, mirrors]) found.push(...await check(page));
  await page.setViewportSize({ width: 1280, height: 800 });
  return found.map((what) => `${name}: ${what}`);
}

/** Both engines in both themes and at both widths, and what the layout does there. */
async function inEveryTheme(page) {
  const found = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 800 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await axe(page)).map((what) => `${colorScheme}, ${width} px: ${what}`));
    }
    const laidOut = [...await overflows(page), ...await cuts(page), ...await smallTargets(page)];
    found.push(...laidOut.map((what) => `${width} px: ${what}`));
  }
  return [...found, ...await sniff(page)];
}

/** Nothing makes the page scroll sideways. */
export async function fits(page, name) {
  assert.deepEqual(await overflows(page), [], name);
}

/** Title, language, one heading of the first level, landmarks, skip link. */
export async function isWellBuilt(page, title, name) {
  assert.match(await page.title(), title, name);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en', name);
  assert.equal(await page.locator('h1').count(), 1, `${name}: one h1`);
  for (const landmark of ['main', 'banner', 'contentinfo']) {
    assert.equal(await page.getByRole(landmark).count(), 1, `${name}: ${landmark}`);
  }
  await page.getByRole('link', { name: 'Skip to main content' }).waitFor({ state: 'attached' });
}
