// What somebody sees whose account is partial: not everything may be done, and the pages say so.
import { button, combobox, dialog, sees } from '../pages.mjs';
import { asks, printer } from './stranger.mjs';

export const LIMITED = [
  ['account, partial', /^Account/, (page, { url }) => page.goto(`${url}/account`)],
  ['new token with a scope that is not theirs', /^.+/, async (page, { url }) => {
    await page.goto(`${url}/account/tokens/new?name=mine`);
    const box = dialog(page, 'New permanent token');
    await combobox(box, 'Scope').fill('write');
    await button(box, 'Add').click();
    await sees(box.getByRole('alert').filter({ hasText: 'write' }));
  }],
  ['consent to what is not theirs', /^.+/, (page, jeton) => page.goto(asks(jeton, printer(jeton)))],
  ['api, partial', /^API/, (page, { url }) => page.goto(`${url}/developer`)],
  ['applications, partial', /^OAuth2 Applications/, (page, { url }) => page.goto(`${url}/developer/applications`)],
  ['register, partial', /^.+/, (page, { url }) => page.goto(`${url}/developer/applications/new`)],
];
