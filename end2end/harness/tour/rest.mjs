// The pages that people seldom see: their own legs, so that they stand in no other leg's way.
import { button, dialog, heading, link, region, sees, textbox, status } from '../pages.mjs';
import { asks, printer } from './stranger.mjs';

const problem = (page) => page.getByRole('alert').filter({ hasText: 'There is a problem' });
const ALBUM = 'Seldom Album';

/** An application of the walker's own, with one address. */
function album(jeton) {
  jeton.seldom ??= jeton.client(ALBUM, jeton.callback, '--owner', jeton.walker);
  return jeton.seldom;
}

async function openAlbum(page, jeton) {
  await page.goto(`${jeton.url}/developer/applications/${album(jeton).id}`);
  await sees(heading(page, ALBUM));
}

/** Somebody came with an address that is not registered. */
function fail(page, jeton) {
  return page.goto(asks(jeton, { ...album(jeton), redirectUri: `${jeton.callback}/other` }));
}

/** Two tabs change the application at once; the second one to save is told. */
async function changeInTwoTabs(page, jeton) {
  await openAlbum(page, jeton);
  const other = await page.context().newPage();
  await openAlbum(other, jeton);
  await textbox(region(other, 'Settings'), 'Description').fill('Changed in the other tab');
  await button(other, 'Save changes').click();
  await sees(other.getByRole('status').filter({ hasText: /.+/ }));
  await other.close();
  await textbox(region(page, 'Settings'), 'Description').fill('Changed here');
  await button(page, 'Save changes').click();
  await sees(page.locator('#changed'));
}

export const SELDOM_OUTSIDE = [
  ['password forgotten', /^Forgot your password\?/, (page, { url }) => page.goto(`${url}/forgot`)],
  ['why it failed, told to anybody', /^.+/, (page, { url }) => page.goto(`${url}/errors/invalid_grant`)],
  ['page that only takes forms', /^.+/, (page, { url }) => page.goto(`${url}/consent`)],
];

export const SELDOM = [
  ['change name', /^Change name/, (page, { url }) => page.goto(`${url}/account/name`)],
  ['change name refused', /^(Error: )?Change name/, async (page) => {
    await textbox(page, 'Given name').fill('n'.repeat(300));
    await button(page, 'Change name').click();
    await sees(problem(page));
  }],
  ['name changed', /^(Account|Change name)/, async (page) => {
    await textbox(page, 'Given name').fill('Ada');
    await button(page, 'Change name').click();
    await sees(status(page, 'Name changed'));
  }],
  ['delete account', /^Delete account/, (page, { url }) => page.goto(`${url}/account/delete`)],
  ['delete account refused', /^Error: /, async (page) => {
    await button(page.getByRole('main'), 'Delete account').click();
    await sees(problem(page));
  }],
  ['connected application', /^.+/, async (page, jeton) => {
    await page.goto(asks(jeton, printer(jeton)));
    await button(page, 'Allow').click();
    await page.waitForURL((url) => url.pathname === '/callback');
    await page.goto(`${jeton.url}/account/applications`);
    await link(page.getByRole('main'), /^Photo Printer/).first().click();
    await sees(heading(page, /^Photo Printer/));
  }],
  ['address refused, told to its owner', /^.+/, fail],
  ['recent problems', new RegExp(`^${ALBUM}`), async (page, jeton) => {
    await openAlbum(page, jeton);
    await sees(heading(page, 'Recent problems'));
  }],
  ['add this address?', /^.+/, async (page) => {
    await button(page, 'Add this URL').first().click();
    await sees(dialog(page, /.+/));
  }],
  ['application changed by two at once', /^.+/, changeInTwoTabs],
  // Last: a headless Chromium that could not open the app drops the next press of a button in this tab.
  ['sent on to an app', /^.+/, async (page, jeton) => {
    jeton.app ??= jeton.client('Seldom App', 'com.example.seldom:/back', '--public');
    await page.goto(asks(jeton, jeton.app));
    await button(page, 'Allow').click();
    await sees(page.getByRole('link', { name: /Seldom App/ }));
  }],
];
