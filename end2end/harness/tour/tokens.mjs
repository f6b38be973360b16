// The tab "Tokens" with its dialogs.
import { button, combobox, cookieName, dialog, link, sees, textbox, unfold } from '../pages.mjs';

const NEW = 'New permanent token';

async function openNew(page, { url }, query = '') {
  await page.goto(`${url}/account/tokens/new${query}`);
  await sees(dialog(page, NEW));
  return dialog(page, NEW);
}

async function refusedScope(page, jeton) {
  const box = await openNew(page, jeton, '?name=backup&scope=read');
  await combobox(box, 'Scope').fill('no.such.scope');
  await button(box, 'Add').click();
  await sees(box.getByRole('alert').filter({ hasText: 'no.such.scope' }));
}

async function create(page, jeton) {
  const box = await openNew(page, jeton);
  await textbox(box, 'Name').fill('a rather long name of a backup script that runs every night');
  for (const scope of ['read', 'uslicer.iponweb.com']) {
    await combobox(box, 'Scope').fill(scope);
    await button(box, 'Add').click();
    await sees(box.getByRole('listitem').filter({ hasText: scope }));
  }
  await button(box, 'Create').click();
  await sees(dialog(page, 'Token created'));
}

/** The form was open while the browser lost its cookies: all of them, or only the one that the form is bound to. */
async function createWithout(page, jeton, cookie) {
  const box = await openNew(page, jeton, '?name=typed+before&scope=read');
  await page.context().clearCookies({ name: cookieName(jeton, cookie) });
  await button(box, 'Create').click();
}

export const TOKENS = [
  ['no tokens', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens`)],
  ['new token', /^.+/, (page, jeton) => openNew(page, jeton, '?name=backup&scope=read')],
  ['new token refused', /^.+/, async (page, jeton) => {
    const box = await openNew(page, jeton);
    await button(box, 'Create').click();
    await sees(page.getByRole('alert').filter({ hasText: 'Enter a name' }));
  }],
  ['new token with a wrong scope', /^.+/, refusedScope],
  ['new token open too long', /^.+/, async (page, jeton) => {
    await createWithout(page, jeton, 'jeton_browser');
    await sees(page.getByRole('alert').filter({ hasText: 'open too long' }));
  }],
  ['token created', /^.+/, create],
  ['token already created', /^.+/, async (page, jeton) => {
    await openNew(page, jeton, '?name=twice&scope=read');
    // Past the island: the form itself, sent and sent again.
    await Promise.all([page.waitForNavigation(), page.evaluate(async () => {
      const form = document.querySelector('#new-token-form');
      await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      form.submit();
    })]);
    await sees(page.getByText('This token was already created'));
  }],
  ['tokens', /^Tokens and sessions/, (page, { url }) => page.goto(`${url}/account/tokens`)],
  ['rename', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens`);
    await button(page, 'Rename').first().click();
    await sees(dialog(page, /^Rename/));
  }],
  ['rename refused', /^.+/, async (page) => {
    const box = dialog(page, /^Rename/);
    await textbox(box, 'Name').fill('n'.repeat(101));
    await button(box, 'Rename').click();
    await sees(box.getByRole('alert').filter({ hasText: 'There is a problem' }));
  }],
  ['revoke', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens`);
    await button(page, 'Revoke').first().click();
    await sees(dialog(page, /^Revoke/));
  }],
  ['revoked', /^Tokens and sessions/, async (page) => {
    await button(dialog(page, /^Revoke/), 'OK').click();
    await sees(page.getByRole('status').filter({ hasText: /revoked$/ }));
    await unfold(page.locator('details', { hasText: /recently revoked/i }));
  }],
  ['session ended under the form', /^Sign in/, async (page, jeton) => {
    await createWithout(page, jeton, 'jeton_session');
    // In place the dialog says so, with a link; without scripts the page leads there.
    const way = link(page, 'Sign in');
    await sees(way.or(button(page, 'Sign in')));
    if (await way.count()) await way.click();
    await sees(button(page, 'Sign in'));
  }],
];
