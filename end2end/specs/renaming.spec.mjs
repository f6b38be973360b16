// A permanent token gets another name where it stands.
import assert from 'node:assert/strict';
import { awake, loads } from '../harness/loads.mjs';
import { alert, button, dialog, row, sees, signIn, status, textbox } from '../harness/pages.mjs';
import { everyWay, setUp, withScripts } from '../harness/spec.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { tokeninfo } from '../harness/wire.mjs';

const site = setUp();
/** The list comes a moment after what is told. */
const gone = (locator) => locator.waitFor({ state: 'detached' });
const LIST = '/account/tokens';

/** The list of somebody who has these tokens. */
async function listOf(page, names) {
  const person = site.jeton.person();
  await (await Visitor.signedIn(site.jeton, person)).makeTokens(names);
  await signIn(page, site.jeton, person);
  await page.goto(site.jeton.url + LIST);
  return person;
}

const renaming = (page, name) => dialog(page, new RegExp(`^Rename “${name}”`));

everyWay(site, 'a token is renamed, told so, and the focus stands on its row', async (page) => {
  await listOf(page, ['backup', 'other']);
  await button(row(page, 'backup'), 'Rename').click();
  const box = renaming(page, 'backup');
  assert.equal(await textbox(box, 'Name').inputValue(), 'backup');
  await textbox(box, 'Name').fill('nightly <b>backup</b>');
  await button(box, 'Rename').click();
  await sees(status(page, 'Token renamed to “nightly <b>backup</b>”'));
  await sees(row(page, 'nightly <b>backup</b>'));
  await gone(row(page, 'backup'));
  await sees(row(page, 'other'));
  await page.waitForFunction(() => document.activeElement.textContent === 'nightly <b>backup</b>');
});

everyWay(site, 'a name that must be mended is kept and marked; Cancel leaves the old one', async (page) => {
  await listOf(page, ['backup']);
  await button(row(page, 'backup'), 'Rename').click();
  const box = renaming(page, 'backup');
  for (const [typed, told] of [['', 'Enter a name'], ['n'.repeat(101), '100 characters']]) {
    await textbox(box, 'Name').fill(typed);
    await button(box, 'Rename').click();
    await sees(alert(box).filter({ hasText: told }));
    assert.equal(await textbox(box, 'Name').inputValue(), typed);
    assert.equal(await textbox(box, 'Name').getAttribute('aria-invalid'), 'true');
  }
  assert.match(await page.title(), /^(Error: Rename|Tokens and sessions)/);
  await button(box, 'Cancel').click();
  await box.waitFor({ state: 'hidden' });
  await sees(row(page, 'backup'));
});

withScripts(site, true, 'with scripts no page is loaded for it, and the value works on', async (page) => {
  await listOf(page, []);
  await awake(page);
  await button(page, 'New permanent token').first().click();
  const created = dialog(page, 'New permanent token');
  await textbox(created, 'Name').fill('first');
  await created.getByRole('combobox', { name: 'Scope' }).fill('read');
  await button(created, 'Add').click();
  await sees(button(created, 'Remove read'));
  await button(created, 'Create').click();
  const value = await textbox(dialog(page, 'Token created'), 'Token value').inputValue();
  await button(dialog(page, 'Token created'), 'Done').click();
  await sees(row(page, 'first'));
  const loaded = loads(page);
  await button(row(page, 'first'), 'Rename').click();
  await textbox(renaming(page, 'first'), 'Name').fill('second');
  await page.keyboard.press('Enter');
  await sees(status(page, 'Token renamed to “second”'));
  await sees(row(page, 'second'));
  await button(row(page, 'second'), 'Rename').click();
  await sees(renaming(page, 'second'));
  await page.keyboard.press('Escape');
  await renaming(page, 'second').waitFor({ state: 'detached' });
  assert.equal(loaded(), 0);
  assert.equal((await tokeninfo(site.jeton, value)).status, 200);
  await page.reload();
  await sees(row(page, 'second'));
});

withScripts(site, true, 'who was signed out meanwhile comes back to the name as it was typed', async (page, { context }) => {
  await listOf(page, ['backup']);
  await awake(page);
  await button(row(page, 'backup'), 'Rename').click();
  await textbox(renaming(page, 'backup'), 'Name').fill('kept words');
  const cookies = await context.cookies();
  await context.clearCookies();
  await context.addCookies(cookies.filter(({ name }) => !name.includes('session')));
  await button(renaming(page, 'backup'), 'Rename').click();
  const way = page.locator('.ways a').first();
  await sees(way);
  const back = new URL(await way.getAttribute('href'), site.jeton.url).searchParams.get('return_to');
  assert.match(back, /^\/account\/tokens\/[0-9a-z]+\/rename\?name=kept(\+|%20)words$/);
  assert.equal(await textbox(renaming(page, 'backup'), 'Name').inputValue(), 'kept words');
});
