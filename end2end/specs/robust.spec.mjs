// G14, G16, G17: every flow, with parts of the page out of reach, and with a page that others have changed before it wakes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journey } from '../harness/journey.mjs';
import { figure } from '../harness/figure.mjs';
import { MANGLERS, mangle } from '../harness/mangle.mjs';
import { beside, setUp } from '../harness/spec.mjs';

const site = setUp();

// Islands find their places by comments. Nothing is known that removes them; if something did, the islands sleep, and the flows work.
const SLEEPS = 'something removes all comments';

// What a page complained of, apart from its own exceptions: an inline style that an extension wrote, for example.
const watched = { expectProblems: true };

for (const [name, run] of Object.entries(MANGLERS)) {
  test(`G17: every flow works although ${name}`, () => beside(site, async (page, context) => {
    const panics = [];
    context.on('weberror', (error) => panics.push(String(error.error())));
    context.on('console', (message) => { if (/panicked|did not wake|did not load|unreachable/.test(message.text())) panics.push(message.text()); });
    await mangle(context, run);
    await journey(page, site);
    figure(`G17 panics: ${name}`, panics.length, 'panics', name === SLEEPS ? 'any' : 0);
    if (name !== SLEEPS) assert.deepEqual([...new Set(panics)], []);
  }, watched));
}

for (const [name, blocked] of [['the WASM', '**/*.wasm'], ['every script', '**/*.js'], ['the style sheet', '**/*.css']]) {
  test(`G14, G16: every flow works although ${name} never comes`, () => (
    beside(site, (page) => journey(page, site), { blocked })
  ));
}

test('G16: without the style sheet the page reads in a sensible order', () => beside(site, async (page) => {
  await page.goto(`${site.jeton.url}/login`);
  const order = await page.evaluate(() => {
    const parts = ['.skip', 'header', 'h1', '#username', '#password', 'button[type=submit]', 'footer'].map((part) => document.querySelector(part));
    return parts.slice(1).every((part, place) => parts[place].compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  assert.ok(order, 'skip link, header, heading, fields, button, footer');
}, { blocked: '**/*.css' }));
