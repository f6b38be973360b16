// The developer's pages.
import { button, cookieName, dialog, heading, radio, region, sees, textbox } from '../pages.mjs';

const problem = (page) => page.getByRole('alert').filter({ hasText: 'There is a problem' });

async function openForm(page, { url }) {
  await page.goto(`${url}/developer/applications/new`);
  await sees(textbox(page, 'Name'));
}

async function openPhotoBook(page, { url }) {
  await page.goto(`${url}/developer/applications`);
  await page.getByRole('link', { name: 'Photo Book', exact: true }).click();
  await sees(heading(page, 'Photo Book'));
}

async function ask(page, jeton, what, name) {
  await openPhotoBook(page, jeton);
  await button(page, what).click();
  await sees(dialog(page, name));
}

async function refuse(page, jeton) {
  await openForm(page, jeton);
  await textbox(page, 'Redirect URL 1').fill('https://printer.example/#part');
  await button(page, 'Register').click();
  await sees(problem(page));
}

async function register(page, jeton) {
  await openForm(page, jeton);
  await textbox(page, 'Name').fill('Photo Book');
  await textbox(page, 'Description').fill('Binds your photos into a book');
  await textbox(page, 'Redirect URL 1').fill('https://a-very-long-host-name-of-an-application.example/with/a/long/path/callback');
  await button(page, 'Register').click();
  await sees(dialog(page, 'Application registered'));
}

export const DEVELOPER = [
  ['api', /^API/, (page, { url }) => page.goto(`${url}/developer`)],
  ['no applications', /^OAuth2 Applications/, (page, { url }) => page.goto(`${url}/developer/applications`)],
  ['register', /^Register application/, openForm],
  ['register refused', /^.+/, refuse],
  ['register with two addresses', /^Register application/, async (page, jeton) => {
    await openForm(page, jeton);
    await button(page, 'Add redirect URL').click();
    await sees(textbox(page, 'Redirect URL 2'));
  }],
  ['register open too long', /^.+/, async (page, jeton) => {
    await openForm(page, jeton);
    await textbox(page, 'Name').fill('typed before');
    await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
    await page.context().clearCookies({ name: cookieName(jeton, 'jeton_browser') });
    await button(page, 'Register').click();
    await sees(page.getByRole('alert').filter({ hasText: 'open too long' }));
  }],
  ['registered', /^.+/, register],
  ['already registered', /^.+/, async (page, jeton) => {
    await openForm(page, jeton);
    await textbox(page, 'Name').fill('Twice');
    await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
    // Past the island: the form itself, sent and sent again.
    await Promise.all([page.waitForNavigation(), page.evaluate(async () => {
      const form = document.querySelector('main form[method=post]');
      await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      form.submit();
    })]);
    await sees(dialog(page, 'Application registered').getByText(/already registered/i));
  }],
  ['applications', /^OAuth2 Applications/, (page, { url }) => page.goto(`${url}/developer/applications`)],
  ['application', /^Photo Book/, openPhotoBook],
  ['application refused', /^.+/, async (page, jeton) => {
    await openPhotoBook(page, jeton);
    await textbox(region(page, 'Settings'), 'Name').fill('');
    await button(page, 'Save changes').click();
    await sees(problem(page));
  }],
  ['application changed by somebody else', /^.+/, async (page, jeton) => {
    await openPhotoBook(page, jeton);
    await page.evaluate(() => document.querySelectorAll('input[name=version]').forEach((field) => { field.value = '0'; }));
    await textbox(region(page, 'Settings'), 'Description').fill('Binds your pictures into a book');
    await button(page, 'Save changes').click();
    await sees(page.getByRole('alert').filter({ hasText: 'Someone changed this' }));
  }],
  ['application saved', /^Photo Book/, async (page, jeton) => {
    await openPhotoBook(page, jeton);
    await button(page, 'Save changes').click();
    await sees(page.getByRole('status').filter({ hasText: /.+/ }));
  }],
  ['rotate', /^.+/, (page, jeton) => ask(page, jeton, 'Rotate client secret', 'Rotate client secret')],
  ['rotated', /^.+/, async (page) => {
    await radio(dialog(page, 'Rotate client secret'), 'Now').check();
    await button(dialog(page, 'Rotate client secret'), 'OK').click();
    await sees(dialog(page, 'New client secret'));
  }],
  ['delete', /^.+/, (page, jeton) => ask(page, jeton, 'Delete application', /^Delete/)],
];
