// What somebody sees who is not signed in.
import { button, fillSignIn, sees, textbox } from '../pages.mjs';
import { authorizeUrl, pkce } from '../wire.mjs';

let victims = 0;

const problem = (page) => page.getByRole('alert').filter({ hasText: 'There is a problem' });

export function printer(jeton) {
  jeton.printer ??= jeton.client('Photo Printer', jeton.callback, '--description', 'Prints your photos and sends them home.');
  return jeton.printer;
}

/** Where an application sends people, with PKCE. */
export function asks(jeton, client, more = {}) {
  const { challenge } = pkce();
  return authorizeUrl(jeton, client, { scope: 'read write', code_challenge: challenge, code_challenge_method: 'S256', ...more });
}

/** Fails until this name has to wait. A name of its own: other states sign in too. */
async function failUntilThrottled(page, { url }) {
  victims += 1;
  await page.goto(`${url}/login`);
  for (let tries = 0; tries < 30; tries += 1) {
    await fillSignIn(page, `victim${victims}`, 'wrong');
    await sees(problem(page));
    if (await page.getByText('Too many attempts').count()) return;
    await textbox(page, 'Username').fill('');
  }
  throw new Error('30 failures, and no end');
}

async function setupForm(page, jeton) {
  await page.goto(jeton.run('setup-link').match(/http\S+/)[0]);
  await sees(page.getByLabel(/password/i));
}

export const STRANGER = [
  ['sign-in', /^Sign in/, (page, { url }) => page.goto(`${url}/login`)],
  ['sign-in for an application', /^Sign in/, async (page, jeton) => {
    await page.goto(asks(jeton, printer(jeton)));
    await sees(page.getByText('to continue to'));
  }],
  ['sign-in refused', /^Error: Sign in/, async (page, { url }) => {
    await page.goto(`${url}/login`);
    await fillSignIn(page, 'nobodyhere', 'wrong');
    await sees(problem(page));
  }],
  ['sign-in throttled', /^Error: Sign in/, failUntilThrottled],
  ['sign-in open too long', /^Error: Sign in/, async (page, { url }) => {
    await page.goto(`${url}/login`);
    await page.context().clearCookies();
    await fillSignIn(page, 'ada');
    await sees(page.getByText('open too long'));
  }],
  ['signed out', /^Sign in/, (page, { url }) => page.goto(`${url}/login?signed_out=1`)],
  ['error of an unknown application', /^.+/, (page, { url }) => page.goto(`${url}/oauth2/authorize?client_id=nobody&response_type=code`)],
  ['error of an address that is not registered', /^.+/, (page, jeton) => (
    page.goto(asks(jeton, { ...printer(jeton), redirectUri: `https://printer.example/${'a-long-path/'.repeat(9)}?<script>` }))
  )],
  ['signed out', /^You are signed out/, async (page, { url }) => {
    await page.goto(`${url}/oauth2/end-session?state=x`);
    await sees(page.locator('#logged-out'));
  }],
  ['not found', /^Page not found/, (page, { url }) => page.goto(`${url}/nothing-here`)],
  ['setup', /^Set up/, setupForm],
  ['setup refused', /^Error: /, async (page, jeton) => {
    await setupForm(page, jeton);
    await button(page.getByRole('main'), /.+/).last().click();
    await sees(problem(page));
  }],
];
