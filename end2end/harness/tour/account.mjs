// The account, and what can be done to one's sessions and password.
import { Visitor } from '../visitor.mjs';
import { button, dialog, sees } from '../pages.mjs';
import { asks, printer } from './stranger.mjs';

/** An application that takes part in signing out. */
function bye(jeton) {
  jeton.bye ??= jeton.client('Photo <i>Printer</i> with a name that is much too long for one line', jeton.callback, '--post-logout-redirect-uri', 'https://printer.example/out');
  return jeton.bye;
}

export const ACCOUNT = [
  ['account', /^Account/, (page, { url }) => page.goto(`${url}/account`)],
  ['change password', /password/i, (page, { url }) => page.goto(`${url}/account/password`)],
  ['change password refused', /^Error: /, async (page, { url }) => {
    await page.goto(`${url}/account/password`);
    await button(page.getByRole('main'), /password/i).last().click();
    await sees(page.getByRole('alert').filter({ hasText: 'There is a problem' }));
  }],
  ['signed in already', /^You are signed in/, (page, { url }) => page.goto(`${url}/login`)],
  ['confirm who it is', /^Confirm it is you/, (page, jeton) => page.goto(asks(jeton, printer(jeton), { prompt: 'login' }))],
  ['sign out?', /^Sign out of /, async (page, jeton) => {
    await page.goto(`${jeton.url}/oauth2/end-session?client_id=${bye(jeton).id}`);
    await sees(page.locator('#logout-confirm'));
  }],
  ['sign-out refused', /^We could not sign you out/, (page, jeton) => page.goto(`${jeton.url}/oauth2/end-session?client_id=${bye(jeton).id}&post_logout_redirect_uri=https://printer.example/out?x=<b>`)],
  ['page not found', /^Page not found/, (page, { url }) => page.goto(`${url}/account/nothing-here`)],
  ['only session', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/sessions`)],
  ['sessions', /^Tokens and sessions/, async (page, jeton) => {
    await Visitor.signedIn(jeton, jeton.walker);
    await page.goto(`${jeton.url}/account/sessions`);
  }],
  ['sign out everywhere else', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/sessions`);
    await button(page, 'Sign out everywhere else').click();
    await sees(dialog(page, /.+/));
  }],
];
