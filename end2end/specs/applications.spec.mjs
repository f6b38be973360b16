// An application in the hands of its developer, with JavaScript: everything happens in place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alert, button, dialog, heading, radio, region, sees, seesNot, signIn, status, textbox } from '../harness/pages.mjs';
import { awake, loads } from '../harness/loads.mjs';
import { beside, setUp, withScripts } from '../harness/spec.mjs';
import { authorizeUrl } from '../harness/wire.mjs';

const site = setUp();
const NEW = '/developer/applications/new';
/** The focus comes to the element with this id, or with these words. */
const focusIs = (page, what) => page.waitForFunction((wanted) => (
  [document.activeElement.id, document.activeElement.textContent.trim()].includes(wanted)
), what);

/** Counts the pages that a browser loads from now on, and keeps what the server answers meanwhile. */
function watched(page) {
  const seen = { loads: loads(page), answers: [] };
  page.on('response', (response) => {
    if (/\/ui\/|\/developer/.test(response.url())) seen.answers.push(response.text().catch(() => ''));
  });
  return seen;
}

async function open(page, path) {
  await page.goto(new URL(path, site.jeton.url).href);
  await awake(page);
}

/** Registers an application in place; its name, id and secret. */
async function register(page, name = 'Album') {
  await open(page, NEW);
  await textbox(page, 'Name').fill(name);
  await textbox(page, 'Redirect URL 1').fill('https://album.example/callback');
  await button(page, 'Register').click();
  const box = dialog(page, 'Application registered');
  const id = await textbox(box, 'Client ID').inputValue();
  return { name, id, secret: await textbox(box, 'Client secret').inputValue(), path: `/developer/applications/${id}` };
}

async function opened(page) {
  await signIn(page, site.jeton, site.jeton.person());
  const app = await register(page);
  await open(page, app.path);
  return app;
}

withScripts(site, true, 'an application is registered in place, and Back and Reload send nothing again', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/developer/applications`);
  await open(page, NEW);
  const seen = watched(page);
  await button(page, 'Register').click();
  await sees(alert(page).filter({ hasText: 'Enter a name' }));
  await focusIs(page, 'problem');
  assert.equal(await textbox(page, 'Name').getAttribute('aria-invalid'), 'true');
  await textbox(page, 'Name').fill('Album');
  await textbox(page, 'Redirect URL 1').fill('https://album.example/callback');
  await button(page, 'Register').click();
  const secret = await textbox(dialog(page, 'Application registered'), 'Client secret').inputValue();
  assert.match(secret, /^jtn_cs_/);
  assert.equal(seen.loads(), 0);
  assert.match(new URL(page.url()).pathname, /^\/developer\/applications\/c_/);
  assert.match(await page.title(), /^Album/);
  await button(dialog(page, 'Application registered'), 'Done').click();
  await sees(heading(page, 'Album'));
  const answers = await Promise.all(seen.answers);
  assert.equal(answers.filter((text) => text.includes(secret)).length, 1, 'the secret stands in one answer');
  assert.ok(!(await page.content()).includes(secret));
  await page.reload();
  await sees(heading(page, 'Album'));
  await page.goBack();
  await sees(heading(page, 'OAuth2 Applications'));
});

withScripts(site, true, 'settings are saved in place: the focus and what is typed stay', async (page) => {
  const app = await opened(page);
  const seen = watched(page);
  const settings = region(page, 'Settings');
  await textbox(settings, 'Name').fill('Album 2');
  await textbox(settings, 'Description').fill('Keeps your pictures');
  const save = button(settings, 'Save changes');
  await save.click();
  await sees(status(page, 'Changes saved'));
  await focusIs(page, 'Save changes');
  assert.ok(await status(page, 'Changes saved').evaluate((told) => told.getBoundingClientRect().top >= 0), 'it is told where the eye is');
  await sees(heading(page, 'Album 2'));
  assert.match(await page.title(), /^Album 2 – /);
  await textbox(settings, 'Name').fill('');
  await textbox(settings, 'Redirect URL 1').fill('https://album.example/#part');
  await save.click();
  await sees(alert(page).filter({ hasText: 'Enter a name' }));
  await focusIs(page, 'problem');
  await sees(settings.getByText('Remove the part after #'));
  assert.equal(await textbox(settings, 'Redirect URL 1').getAttribute('aria-invalid'), 'true');
  assert.equal(await textbox(settings, 'Description').inputValue(), 'Keeps your pictures');
  await textbox(settings, 'Name').fill('Album 3');
  await textbox(settings, 'Redirect URL 1').fill('https://album.example/new');
  await save.click();
  await sees(heading(page, 'Album 3'));
  await seesNot(alert(page).filter({ hasText: 'Enter a name' }));
  await seesNot(settings.locator('[aria-invalid]'));
  assert.equal(seen.loads(), 0);
  await page.reload();
  assert.equal(await textbox(region(page, 'Settings'), 'Redirect URL 1').inputValue(), 'https://album.example/new');
  assert.ok(app.id);
});

withScripts(site, true, 'what somebody else saved stands beside what was typed, and a second Save settles it', async (page, { context }) => {
  const app = await opened(page);
  const other = await context.newPage();
  await open(other, app.path);
  const seen = watched(page);
  await textbox(region(other, 'Settings'), 'Name').fill('Theirs');
  await button(other, 'Save changes').click();
  await sees(status(other, 'Changes saved'));
  await textbox(region(page, 'Settings'), 'Name').fill('Mine');
  await button(page, 'Save changes').click();
  await sees(alert(page).filter({ hasText: 'Someone changed this. Here is what differs.' }));
  await sees(page.getByRole('row').filter({ hasText: 'Theirs' }).filter({ hasText: 'Mine' }));
  await focusIs(page, 'changed');
  await button(page, 'Save changes').click();
  await sees(heading(page, 'Mine'));
  assert.equal(seen.loads(), 0);
  await other.bringToFront();
  await other.evaluate(() => window.dispatchEvent(new Event('focus')));
  await sees(heading(other, 'Mine'), 'the other tab shows the truth when it is looked at');
});

test('leaving with edits asks, and only then', async () => {
  const asked = [];
  let answer = (dialog) => dialog.dismiss();
  await beside(site, async (page) => {
    const app = await opened(page);
    const leaves = () => page.evaluate(() => { location.href = '/developer'; });
    const name = textbox(region(page, 'Settings'), 'Name');
    await name.click();
    await name.fill('Album 2');
    const question = page.waitForEvent('dialog');
    await leaves();
    await question;
    assert.deepEqual(asked, ['beforeunload']);
    assert.equal(new URL(page.url()).pathname, app.path);
    assert.equal(await name.inputValue(), 'Album 2');
    await name.fill('Album');
    answer = (dialog) => dialog.accept();
    await leaves();
    await sees(heading(page, 'API'), 'what was typed was taken back');
    await open(page, app.path);
    await textbox(region(page, 'Settings'), 'Name').fill('Album 3');
    await button(page, 'Save changes').click();
    await sees(status(page, 'Changes saved'));
    await leaves();
    await sees(heading(page, 'API'));
    assert.equal(asked.length, 1, 'saved, it does not ask');
  }, { asked: (dialog) => { asked.push(dialog.type()); return answer(dialog); } });
});

withScripts(site, true, 'the secret is rotated in place, and a second press makes no second one', async (page) => {
  const app = await opened(page);
  const seen = watched(page);
  await button(page, 'Rotate client secret').click();
  await button(dialog(page, 'Rotate client secret'), 'Cancel').click();
  await dialog(page, 'Rotate client secret').waitFor({ state: 'hidden' });
  await focusIs(page, 'Rotate client secret');
  await button(page, 'Rotate client secret').click();
  const box = dialog(page, 'Rotate client secret');
  await radio(box, 'In 7 days').check();
  await button(box, 'OK').evaluate((pressed) => { pressed.click(); pressed.click(); });
  const secret = await textbox(dialog(page, 'New client secret'), 'Client secret').inputValue();
  assert.notEqual(secret, app.secret);
  await page.keyboard.press('Escape');
  await sees(dialog(page, 'New client secret'), 'Escape does not close what is shown only once');
  await button(dialog(page, 'New client secret'), 'Done').click();
  await dialog(page, 'New client secret').waitFor({ state: 'hidden' });
  await sees(region(page, 'Credentials').getByRole('listitem').filter({ hasText: secret.slice(-4) }));
  await sees(region(page, 'Credentials').getByRole('listitem').filter({ hasText: app.secret.slice(-4) }).filter({ hasText: 'Stops working' }));
  assert.equal(await region(page, 'Credentials').getByRole('listitem').count(), 2);
  assert.equal(seen.loads(), 0);
  const answers = await Promise.all(seen.answers);
  assert.equal(answers.filter((text) => text.includes(secret)).length, 1, 'the secret stands in one answer');
  assert.ok(!(await page.content()).includes(secret));
});

withScripts(site, true, 'recent problems come when the page is looked at again, and are cleared in place', async (page, { context }) => {
  const app = await opened(page);
  const seen = watched(page);
  const other = await context.newPage();
  await other.goto(authorizeUrl(site.jeton, { id: app.id, redirectUri: 'https://album.example/cb' }));
  await other.close();
  await page.bringToFront();
  const problems = region(page, 'Recent problems');
  await page.waitForFunction(() => {
    window.dispatchEvent(new Event('focus'));
    return [...document.querySelectorAll('h2')].some(({ textContent }) => textContent.trim() === 'Recent problems');
  }, undefined, { polling: 250 });
  await sees(problems.getByText('https://album.example/cb'));
  await button(problems, 'Clear').click();
  await sees(status(page, 'Recent problems cleared'));
  await problems.waitFor({ state: 'detached' });
  assert.equal(seen.loads(), 0);
});

withScripts(site, true, 'an address is checked as it is typed, and rows keep what stands in them', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await open(page, NEW);
  const row = (number) => textbox(page, `Redirect URL ${number}`);
  await row(1).fill('http://album.example/cb');
  await textbox(page, 'Name').fill('<b>Album</b>');
  await sees(page.getByText('<b>Album</b> wants to access'));
  await sees(page.getByText('Use https, or http only for a loopback address'));
  assert.equal(await row(1).getAttribute('aria-invalid'), 'true');
  for (const number of [2, 3]) {
    await button(page, 'Add redirect URL').click();
    await sees(page.locator(`#redirect_uri_${number}:focus`), 'the focus is in the new row');
    await row(number).fill(`https://album.example/${number}`);
  }
  await button(page, 'Remove redirect URL 1').click();
  assert.equal(await row(1).inputValue(), 'https://album.example/2');
  assert.equal(await row(1).getAttribute('aria-invalid'), null);
  assert.equal(await row(2).inputValue(), 'https://album.example/3');
  await button(page, 'Remove redirect URL 2').click();
  await button(page, 'Remove redirect URL 1').click();
  assert.equal(await row(1).inputValue(), '');
  await seesNot(row(2));
});
