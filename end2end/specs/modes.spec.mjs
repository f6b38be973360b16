// G21, G26: the page in the system's own colours, and on paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure } from '../harness/figure.mjs';
import { alert, button, fillSignIn, region, sees, signIn, tab, textbox } from '../harness/pages.mjs';
import { beside, setUp } from '../harness/spec.mjs';

const site = setUp();
const FORCED = { forcedColors: 'active' };

const style = (locator, ...names) => locator.evaluate((element, wanted) => wanted.map((name) => getComputedStyle(element)[name]), names);

/** The colour behind everything, by its system name. */
function canvas(page) {
  return page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'Canvas';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
}

/** Whether an element's outline can be seen: there, thick enough, and in another colour than what is behind it. */
async function isRinged(locator) {
  await locator.focus();
  const [line, width, colour] = await style(locator, 'outlineStyle', 'outlineWidth', 'outlineColor');
  assert.notEqual(line, 'none');
  assert.ok(parseFloat(width) >= 2, `the ring is ${width} thick`);
  assert.notEqual(colour, await canvas(locator.page()));
}

test('G21: in forced colours the selected tab stands out', () => beside(site, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/account/tokens`);
  const edge = (name) => style(tab(page, name), 'borderBottomColor', 'borderBottomWidth', 'borderBottomStyle');
  const [selected, other] = [await edge('Tokens'), await edge('Sessions')];
  const behind = await canvas(page);
  assert.notEqual(selected[0], behind);
  assert.equal(other[0], behind, 'the edge of the others is not seen');
  assert.ok(parseFloat(selected[1]) >= 2);
}, FORCED));

test('G21: in forced colours the focus can be seen, on fields, buttons, tabs and links', () => beside(site, async (page) => {
  await page.goto(`${site.jeton.url}/login`);
  await isRinged(textbox(page, 'Username'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await isRinged(button(page, 'Sign in'));
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/account/tokens`);
  await page.keyboard.press('Tab');
  await isRinged(tab(page, 'Sessions'));
  await isRinged(page.getByRole('banner').getByRole('link').first());
}, FORCED));

test('G21: in forced colours an error has an edge, and so has its field', () => beside(site, async (page) => {
  await page.goto(`${site.jeton.url}/login`);
  await fillSignIn(page, 'nobodyhere', 'wrong');
  await sees(alert(page).filter({ hasText: 'There is a problem' }));
  const edges = await alert(page).first().evaluate((element) => (
    [element, ...element.querySelectorAll('*')].some((one) => parseFloat(getComputedStyle(one).borderInlineStartWidth) >= 2)
  ));
  assert.ok(edges, 'the summary has an edge');
  const [width, line] = await style(textbox(page, 'Username'), 'borderTopWidth', 'borderTopStyle');
  assert.ok(parseFloat(width) >= 1 && line !== 'none');
}, FORCED));

test('G26: an application goes on paper, without what cannot be pressed there', () => beside(site, async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/developer/applications/new`);
  await textbox(page, 'Name').fill('On paper');
  await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
  await button(page, 'Register').click();
  await button(page.getByRole('dialog').first(), 'Done').click();
  await sees(region(page, 'Credentials'));
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.top', '.sections', '.bottom']) assert.equal(await page.locator(gone).filter({ visible: true }).count(), 0, gone);
  await sees(region(page, 'Credentials'));
  const pdf = await page.pdf({ format: 'A4' });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  figure('G26 application on paper', pages, 'pages', 3);
  assert.ok(pages <= 3);
}));
