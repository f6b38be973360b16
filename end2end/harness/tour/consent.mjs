// The question to the user, in all the shapes it takes, and what was allowed.
import { button, cookieName, dialog, sees } from '../pages.mjs';
import { asks, printer } from './stranger.mjs';

function optional(jeton) {
  jeton.album ??= jeton.client('Photo Album', jeton.callback, '--optional-scope', 'write');
  return jeton.album;
}

function onDevice(jeton) {
  jeton.device ??= jeton.client('<b>Camera</b> مُصوِّر 📷 with a name that goes on and on', 'http://127.0.0.1/callback', '--public');
  return jeton.device;
}

async function ask(page, url) {
  await page.goto(url);
  await sees(button(page, 'Allow'));
}

export const ASKED = [
  ['no connections', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/applications`)],
  ['consent', /^Allow Photo Printer\?/, (page, jeton) => ask(page, asks(jeton, printer(jeton), { scope: 'read' }))],
  ['consent with a choice', /^Allow Photo Album\?/, (page, jeton) => ask(page, asks(jeton, optional(jeton)))],
  ['consent for an application on a device', /^Allow .+\?/, (page, jeton) => ask(page, asks(jeton, onDevice(jeton)))],
  ['consent open too long', /^.+/, async (page, jeton) => {
    await ask(page, asks(jeton, optional(jeton)));
    await page.context().clearCookies({ name: cookieName(jeton, 'jeton_browser') });
    await button(page, 'Allow').click();
    await sees(page.getByText(/open too long/));
  }],
  ['consent for more', /^Allow Photo Printer\?/, async (page, jeton) => {
    await ask(page, asks(jeton, printer(jeton), { scope: 'read' }));
    await button(page, 'Allow').click();
    await page.waitForURL((url) => url.pathname === '/callback');
    await ask(page, asks(jeton, printer(jeton)));
  }],
  ['connections', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/applications`)],
  ['remove access', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/applications`);
    await button(page, 'Remove access').first().click();
    await sees(dialog(page, /.+/));
  }],
];
