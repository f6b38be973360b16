// The page as people's systems ask for it: other colours, more contrast, no motion, larger text, the other direction, on paper.
import { axe } from './engines.mjs';
import { cuts, overflows } from './layout.mjs';

const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

/** Runs `look` with more style rules on the page. They come from outside, so its policy does not hold them off. */
async function styled(page, css, look) {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, css);
  const found = await look();
  await page.evaluate(() => { document.adoptedStyleSheets.pop(); });
  return found;
}

const named = (name, found) => found.map((what) => `${name}: ${what}`);
const layout = async (page, name) => named(name, [...await overflows(page), ...await cuts(page)]);

/** G18: 320 by 256, which is also 1280 by 1024 at 400 %. */
export async function reflows(page) {
  await page.setViewportSize({ width: 320, height: 256 });
  return named('320 by 256', await overflows(page));
}

/** G19: the text spacing of WCAG 1.4.12, and text of twice the size. */
export async function survivesLargeText(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  const spaced = await styled(page, SPACED, () => layout(page, 'text spacing, 320 px'));
  await page.setViewportSize({ width: 1280, height: 800 });
  await fontSize(page, 32);
  const large = await layout(page, 'text of 200 %');
  await fontSize(page, 16);
  return [...spaced, ...large];
}

/** What people set in their browser: every `rem` follows it, those in media queries too. */
async function fontSize(page, standard) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard * 13 / 16 } });
  await session.detach();
}

/** G22: nothing moves for those who asked for that. */
export async function isStill(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return named('reduced motion', await page.evaluate(() => {
    const moves = (style) => style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0) || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
    const all = [...document.querySelectorAll('*')];
    const styles = (element) => [null, '::before', '::after', '::backdrop'].map((part) => getComputedStyle(element, part));
    return all.filter((element) => styles(element).some(moves)).map(({ localName, className }) => `${localName}.${className} moves`).slice(0, 5);
  }));
}

/** G23: with more contrast, text has 7:1, and what has an edge has it in the colour of the text. */
export async function isContrasty(page) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ contrast: 'more', colorScheme });
    found.push(...named(`more contrast, ${colorScheme}`, [...await axe(page, ['color-contrast-enhanced']), ...await page.evaluate(faintEdges)]));
  }
  await page.emulateMedia({ contrast: null, colorScheme: 'light' });
  return found;
}

function faintEdges() {
  const text = getComputedStyle(document.body).color;
  const edged = document.querySelectorAll('input:not([type=hidden]), textarea, select, .button:not(.filled, .danger), .card:not(.danger-zone), .table');
  const faint = [...edged].filter((element) => {
    const { borderTopColor, borderTopWidth, borderTopStyle, appearance } = getComputedStyle(element);
    const drawn = parseFloat(borderTopWidth) > 0 && borderTopStyle !== 'none' && element.checkVisibility();
    return drawn && appearance !== 'auto' && borderTopColor !== text && element.getAttribute('aria-invalid') !== 'true';
  });
  return faint.map((element) => `the edge of ${element.localName}.${element.className} is ${getComputedStyle(element).borderTopColor}, not ${text}`).slice(0, 3);
}

/** G24: from right to left everything changes sides and still fits; ids and addresses stay as they are. */
export async function mirrors(page) {
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  const found = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...await layout(page, `right to left, ${width} px`));
  }
  found.push(...named('right to left', await page.evaluate(wrongSides)));
  await page.evaluate(() => { document.documentElement.removeAttribute('dir'); });
  return found;
}

function wrongSides() {
  const found = [];
  const brand = document.querySelector('.brand').getBoundingClientRect();
  const heading = document.querySelector('h1').getBoundingClientRect();
  if (brand.left + brand.right < innerWidth) found.push('the brand is still on the left');
  if (heading.right < innerWidth / 2) found.push('the heading is still on the left');
  const raw = [...document.querySelectorAll('code, [inputmode=url], textarea[readonly]')].filter((element) => element.checkVisibility());
  const turned = raw.filter((element) => getComputedStyle(element).direction !== 'ltr' && !element.querySelector('bdi'));
  return [...found, ...turned.map((element) => `${element.localName} "${(element.textContent || element.value).slice(0, 40)}" runs from right to left`)];
}

/** G26: on paper there is the content and nothing to press. */
export async function prints(page) {
  await page.emulateMedia({ media: 'print' });
  const found = await page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    const lost = shown('main h1').length === 1 ? [] : ['the heading is not printed'];
    return [...lost, ...shown('nav, header, footer, [role=tablist], button, .button').map(({ localName, className, textContent }) => `${localName}.${className} "${textContent.slice(0, 30)}" is printed`)];
  });
  await page.emulateMedia({ media: null });
  return named('print', found);
}
