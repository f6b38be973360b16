// What every page owes to everybody: no axe violation, no sideways scroll, a title, one heading, landmarks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Puts axe into every page that is opened from now on; the page's own policy does not let anything in later. */
export function withAxe(context) {
  return context.addInitScript({ content: AXE });
}

/** Axe on the page as it stands, in both themes and both widths. */
export async function isAccessible(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 320]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: width === 320 ? 640 : 800 });
      const found = await violations(page);
      assert.deepEqual(found, [], `${name}, ${colorScheme}, ${width} px`);
      await fits(page, `${name}, ${width} px`);
    }
  }
}

async function violations(page) {
  const { violations: found } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
}

/** Nothing makes the page scroll sideways. */
export async function fits(page, name) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `${name}: ${content} px wide in a window of ${window}`);
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
