// A tab of the browser says by its title which page it holds.
import assert from 'node:assert/strict';
import { beside, setUp } from '../harness/spec.mjs';
import { test } from 'node:test';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();
const PAGES = ['/account', '/account/name', '/account/password', '/account/delete', '/account/tokens', '/account/sessions',
  '/account/sessions/others', '/account/applications', '/developer', '/developer/applications', '/developer/applications/new', '/nowhere'];

test('no two pages have one title', () => beside(site, async (page, context) => {
  const person = site.jeton.person();
  await context.addCookies((await Visitor.signedIn(site.jeton, person)).cookies);
  // Without another browser there is nothing to ask about.
  await Visitor.signedIn(site.jeton, person);
  const titles = new Map();
  for (const path of PAGES) {
    await page.goto(site.jeton.url + path);
    const title = await page.title();
    assert.equal(titles.get(title), undefined, `${path} is called "${title}" too`);
    titles.set(title, path);
  }
}, { expectProblems: true }));
