// What somebody sees who has much of everything, under names that test the layout.
import { button, dialog, heading, sees, textbox } from '../pages.mjs';
import { Visitor } from '../visitor.mjs';
import { asks } from './stranger.mjs';

const NAMES = ['<b>bold</b> & <script>', 'سكربت النسخ الاحتياطي لليل 🎟️', 'שלום', 'x'.repeat(100), 'ein ziemlich langer Name mit vielen Wörtern, '.repeat(2)];
const LONG = 'W'.repeat(60);

async function make(jeton) {
  const visitor = await Visitor.signedIn(jeton, jeton.walker);
  await visitor.makeTokens(Array.from({ length: 60 }, (_, number) => `token ${number}`));
  await visitor.makeTokens(NAMES.map((name) => name.trim()), 'service_id=uslicer.iponweb.com');
}

/** An application that somebody uses: deleting it asks for its name. */
async function makeUsed(page, jeton) {
  const client = jeton.client(LONG, jeton.callback, '--owner', jeton.walker, '--description', 'd'.repeat(200));
  await page.goto(asks(jeton, client));
  await button(page, 'Allow').click();
  await page.waitForURL((url) => url.pathname === '/callback');
}

async function openUsed(page, { url }) {
  await page.goto(`${url}/developer/applications`);
  await page.getByRole('link', { name: LONG }).click();
  await sees(heading(page, LONG));
}

export const CROWDED = [
  ['account of a long name', /^Account/, async (page, jeton) => {
    await make(jeton);
    await page.goto(`${jeton.url}/account`);
  }],
  ['many tokens', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens`)],
  ['many tokens, second page', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens?page=2`)],
  ['tokens found', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens?q=token+5`)],
  ['no token found', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens?q=zebra`)],
  ['revoke a long name', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens?q=xxx`);
    await button(page, 'Revoke').first().click();
    await sees(dialog(page, /^Revoke/));
  }],
  ['application of a long name', /^W+/, async (page, jeton) => {
    await makeUsed(page, jeton);
    await openUsed(page, jeton);
  }],
  ['connection of a long name', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/applications`)],
  ['delete what is used', /^.+/, async (page, jeton) => {
    await openUsed(page, jeton);
    await button(page, 'Delete application').click();
    await sees(textbox(dialog(page, /^Delete/), 'Application name'));
  }],
  ['delete what is used, refused', /^.+/, async (page) => {
    await button(dialog(page, /^Delete/), 'OK').click();
    await sees(page.getByRole('alert').filter({ hasText: 'There is a problem' }));
  }],
];
