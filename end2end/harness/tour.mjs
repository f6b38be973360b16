// Every page and every state of it, each opened from a signed-in person's view: name, start of the title, how to get there.
import { button, combobox, dialog, fillSignIn, heading, sees, signIn, textbox } from './pages.mjs';
import { authorizeUrl, pkce } from './wire.mjs';

export const SIGNED_OUT = [
  ['sign-in', /^Sign in/, (page, { url }) => page.goto(`${url}/login`)],
  ['sign-in refused', /^Error: Sign in/, async (page, { url }) => {
    await page.goto(`${url}/login`);
    await fillSignIn(page, 'nobodyhere', 'wrong');
    await sees(page.getByRole('alert'));
  }],
  ['error', /^.+/, (page, { url }) => page.goto(`${url}/oauth2/authorize?client_id=nobody&response_type=code`)],
];

export const SIGNED_IN = [
  ['account', /^Account/, (page, { url }) => page.goto(`${url}/account`)],
  ['change password', /^.*password/i, (page, { url }) => page.goto(`${url}/account/password`)],
  ['no tokens', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens`)],
  ['new token', /^Tokens and sessions|^New permanent token/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens/new?name=backup&scope=read`);
    await sees(dialog(page, 'New permanent token'));
  }],
  ['new token refused', /^Error: /, async (page, { url }) => {
    await page.goto(`${url}/account/tokens/new`);
    await button(dialog(page, 'New permanent token'), 'Create').click();
    await sees(page.getByRole('alert'));
  }],
  ['token created', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens/new`);
    const box = dialog(page, 'New permanent token');
    await textbox(box, 'Name').fill('a rather long name of a backup script that runs every night');
    for (const scope of ['read', 'uslicer.iponweb.com']) {
      await combobox(box, 'Scope').fill(scope);
      await button(box, 'Add').click();
      await sees(box.getByRole('listitem').filter({ hasText: scope }));
    }
    await button(box, 'Create').click();
    await sees(dialog(page, 'Token created'));
  }],
  ['tokens', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens`)],
  ['revoke', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens`);
    await button(page, 'Revoke').first().click();
    await sees(dialog(page, /^Revoke/));
  }],
  ['sessions', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/sessions`)],
  ['no connections', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/applications`)],
  ['consent', /^Allow Photo Printer\?/, (page, jeton) => page.goto(asks(jeton))],
  ['connections', /^Tokens and sessions/, async (page, jeton) => {
    await page.goto(asks(jeton));
    await button(page, 'Allow').click();
    await page.waitForURL((url) => url.pathname === '/callback');
    await page.goto(`${jeton.url}/account/applications`);
  }],
  ['api', /^API/, (page, { url }) => page.goto(`${url}/developer`)],
  ['no applications', /^OAuth2 Applications/, (page, { url }) => page.goto(`${url}/developer/applications`)],
  ['register', /^Register application/, (page, { url }) => page.goto(`${url}/developer/applications/new`)],
  ['registered', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/developer/applications/new`);
    await textbox(page, 'Name').fill('Photo Book');
    await textbox(page, 'Redirect URL 1').fill('https://a-very-long-host-name-of-an-application.example/with/a/long/path/callback');
    await button(page, 'Register').click();
    await sees(dialog(page, 'Application registered'));
  }],
  ['application', /^Photo Book/, openPhotoBook],
  ['rotate', /^.+/, async (page, jeton) => {
    await openPhotoBook(page, jeton);
    await button(page, 'Rotate client secret').click();
    await sees(dialog(page, 'Rotate client secret'));
  }],
  ['delete', /^.+/, async (page, jeton) => {
    await openPhotoBook(page, jeton);
    await button(page, 'Delete application').click();
    await sees(dialog(page, /^Delete/));
  }],
  ['not found', /^.+/, (page, { url }) => page.goto(`${url}/account/nothing-here`)],
];

function asks(jeton) {
  jeton.tourist ??= jeton.client('Photo Printer', jeton.callback, '--scope', 'read', '--scope', 'write');
  const { challenge } = pkce();
  return authorizeUrl(jeton, jeton.tourist, { scope: 'read write', code_challenge: challenge, code_challenge_method: 'S256' });
}

async function openPhotoBook(page, { url }) {
  await page.goto(`${url}/developer/applications`);
  await page.getByRole('link', { name: 'Photo Book', exact: true }).click();
  await sees(heading(page, 'Photo Book'));
}

/** Walks through all of them and looks at each. */
export async function walk(page, jeton, look) {
  for (const [name, title, open] of SIGNED_OUT) {
    await open(page, jeton);
    await look(name, title);
  }
  await signIn(page, jeton, jeton.person());
  for (const [name, title, open] of SIGNED_IN) {
    await open(page, jeton);
    await look(name, title);
  }
}
