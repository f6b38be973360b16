// Every flow once, one after the other, as one person walks through them.
import assert from 'node:assert/strict';
import { button, combobox, dialog, fillSignIn, heading, openTab, radio, row, sees, signOut, status, table, textbox } from './pages.mjs';
import { authorizeUrl, exchange, pkce, tokeninfo } from './wire.mjs';

let journeys = 0;

export async function journey(page, site) {
  journeys += 1;
  const name = site.jeton.person();
  await arrive(page, site.jeton, name);
  await tokens(page, site.jeton);
  await allowed(page, site);
  await applications(page, site);
  await signOut(page);
}

async function arrive(page, jeton, name) {
  await page.goto(jeton.url);
  await fillSignIn(page, name, 'wrong');
  await sees(page.getByRole('alert').filter({ hasText: 'Enter a correct username and password' }));
  await fillSignIn(page, name);
  await sees(heading(page, 'Account'));
}

async function tokens(page, jeton) {
  await openTab(page, jeton, 'Tokens');
  await button(page, 'New permanent token').first().click();
  const box = dialog(page, 'New permanent token');
  await textbox(box, 'Name').fill('on the way');
  await combobox(box, 'Scope').fill('uslicer.iponweb.com');
  await button(box, 'Add').click();
  await sees(box.getByRole('listitem').filter({ hasText: 'uslicer.iponweb.com' }));
  await button(box, 'Create').click();
  const value = await textbox(dialog(page, 'Token created'), 'Token value').inputValue();
  await button(dialog(page, 'Token created'), 'Done').click();
  await button(row(page, 'on the way'), 'Revoke').click();
  await button(dialog(page, /^Revoke/), 'OK').click();
  await sees(status(page, /revoked/));
  assert.equal((await tokeninfo(jeton, value)).error, 'invalid_token');
}

async function allowed(page, { jeton, receiver }) {
  const client = jeton.client(`Printer ${journeys}`, receiver.url);
  const { verifier, challenge } = pkce();
  await page.goto(authorizeUrl(jeton, client, { scope: 'read', state: 'x', code_challenge: challenge, code_challenge_method: 'S256' }));
  await button(page, 'Allow').click();
  const answer = await receiver.answer(page);
  assert.equal((await exchange(jeton, client, answer.get('code'), verifier)).status, 200);
  await openTab(page, jeton, 'Connected applications');
  await button(row(page, client.name), 'Remove access').click();
  await button(dialog(page, /.+/), 'OK').click();
  await row(page, client.name).waitFor({ state: 'detached' });
}

async function applications(page, { jeton, receiver }) {
  const name = `Album ${journeys}`;
  await page.goto(`${jeton.url}/developer/applications/new`);
  await textbox(page, 'Name').fill(name);
  await textbox(page, 'Redirect URL 1').fill(receiver.url);
  await button(page, 'Add redirect URL').click();
  await textbox(page, 'Redirect URL 2').fill('https://printer.example/callback');
  await button(page, 'Register').click();
  await button(dialog(page, 'Application registered'), 'Done').click();
  await page.goto(`${jeton.url}/developer/applications`);
  await table(page, 'OAuth2 Applications').getByRole('link', { name }).click();
  await button(page, 'Rotate client secret').click();
  await radio(dialog(page, 'Rotate client secret'), 'Now').check();
  await button(dialog(page, 'Rotate client secret'), 'OK').click();
  await button(dialog(page, 'New client secret'), 'Done').click();
  await button(page, 'Delete application').click();
  await button(dialog(page, /^Delete/), 'OK').click();
  await sees(heading(page, 'OAuth2 Applications'));
}
