import assert from 'node:assert/strict';
import { alert, button, dialog, fillSignIn, heading, link, main, openUserMenu, radio, region, sees, seesNot, signIn, status, table, textbox } from '../harness/pages.mjs';
import { beside, everyWay, setUp } from '../harness/spec.mjs';
import { authorizeUrl, exchange, pkce, refresh } from '../harness/wire.mjs';

const site = setUp();
let applications = 0;

/** Row S2: the user menu, "</> API", "OAuth2 Applications". */
async function openApplications(page) {
  await page.goto(site.jeton.url);
  await openUserMenu(page);
  await link(page, /api$/i).first().click();
  await link(main(page), 'OAuth2 Applications').first().click();
  await sees(heading(page, 'OAuth2 Applications'));
}

async function openForm(page) {
  await openApplications(page);
  await button(page, 'Register application').first().click();
  await sees(heading(page, 'Register application'));
}

/** Registers an application with two addresses; returns its name and credentials. */
async function register(page) {
  applications += 1;
  const name = `Registered ${applications}`;
  await openForm(page);
  await textbox(page, 'Name').fill(name);
  await textbox(page, 'Description').fill('Prints your photos');
  await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
  await button(page, 'Add redirect URL').click();
  await textbox(page, 'Redirect URL 2').fill(site.receiver.url);
  assert.equal(await textbox(page, 'Name').inputValue(), name, 'adding a row loses nothing');
  await button(page, 'Register').click();
  const box = dialog(page, 'Application registered');
  const id = await textbox(box, 'Client ID').inputValue();
  const secret = await textbox(box, 'Client secret').inputValue();
  await button(box, 'Done').click();
  await box.waitFor({ state: 'hidden' });
  return { name, id, secret, redirectUri: site.receiver.url };
}

async function openApplication(page, name) {
  await openApplications(page);
  await link(table(page, 'OAuth2 Applications'), name).click();
  await sees(heading(page, name));
}

/** Someone allows the application; returns what the code bought. */
async function authorize(page, client, person) {
  const { verifier, challenge } = pkce();
  await page.goto(authorizeUrl(site.jeton, client, { scope: 'read', code_challenge: challenge, code_challenge_method: 'S256' }));
  await fillSignIn(page, person);
  await button(page, 'Allow').click();
  return exchange(site.jeton, client, (await site.receiver.answer(page)).get('code'), verifier);
}

everyWay(site, 'S2: an application is registered, its secret shown once, and it can authorize any account', async (page, { scripts }) => {
  await signIn(page, site.jeton, site.jeton.person());
  const client = await register(page);
  assert.match(client.secret, /^jtn_cs_/);
  await openApplication(page, client.name);
  await sees(region(page, 'Credentials').getByText(client.id));
  assert.ok(!(await page.content()).includes(client.secret), 'the secret is never shown again');
  await beside(site, async (other) => {
    const tokens = await authorize(other, client, site.jeton.person({ scopes: ['read'] }));
    assert.equal(tokens.status, 200);
  }, { javaScriptEnabled: scripts });
});

everyWay(site, 'a bad redirect URL is refused beside its field, and the good ones stay', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await openForm(page);
  await textbox(page, 'Name').fill('Careless');
  await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
  await button(page, 'Add redirect URL').click();
  for (const bad of ['http://printer.example/cb', 'https://printer.example/#part', 'https://*.example/cb', 'javascript:alert(1)']) {
    await textbox(page, 'Redirect URL 2').fill(bad);
    await button(page, 'Register').click();
    await sees(alert(page).filter({ hasText: 'There is a problem' }), bad);
    assert.equal(await textbox(page, 'Redirect URL 1').inputValue(), 'https://printer.example/callback');
    assert.equal(await textbox(page, 'Redirect URL 2').inputValue(), bad);
    assert.equal(await textbox(page, 'Redirect URL 2').getAttribute('aria-invalid'), 'true');
  }
  await button(page, 'Remove redirect URL 2').click();
  await textbox(page, 'Redirect URL 2').waitFor({ state: 'detached' });
  await button(page, 'Register').click();
  await sees(dialog(page, 'Application registered'));
});

everyWay(site, 'an edited application shows its new name at the next consent', async (page) => {
  const person = site.jeton.person();
  await signIn(page, site.jeton, person);
  const client = await register(page);
  await openApplication(page, client.name);
  const settings = region(page, 'Settings');
  await textbox(settings, 'Name').fill(`${client.name} renamed`);
  await textbox(settings, 'Description').fill('Now in colour');
  await button(settings, 'Save changes').click();
  await sees(heading(page, `${client.name} renamed`));
  await sees(status(page, /.+/));
  const { challenge } = pkce();
  await page.goto(authorizeUrl(site.jeton, client, { scope: 'read', code_challenge: challenge, code_challenge_method: 'S256' }));
  await sees(heading(page, new RegExp(`^${client.name} renamed wants to access`)));
  await sees(main(page).getByText('Now in colour'));
});

everyWay(site, 'a rotated secret: the new one works, and the old one stops when it was told to', async (page, { scripts }) => {
  await signIn(page, site.jeton, site.jeton.person());
  const client = await register(page);
  let tokens;
  await beside(site, async (other) => {
    tokens = await authorize(other, client, site.jeton.person());
  }, { javaScriptEnabled: scripts });
  await openApplication(page, client.name);
  await button(page, 'Rotate client secret').click();
  const box = dialog(page, 'Rotate client secret');
  assert.ok(await radio(box, 'In 24 hours').isChecked());
  await radio(box, 'Now').check();
  await button(box, 'OK').click();
  const shown = dialog(page, 'New client secret');
  const secret = await textbox(shown, 'Client secret').inputValue();
  await button(shown, 'Done').click();
  assert.notEqual(secret, client.secret);
  assert.equal((await refresh(site.jeton, client, tokens.refresh_token)).error, 'invalid_client');
  assert.equal((await refresh(site.jeton, { ...client, secret }, tokens.refresh_token)).status, 200);
});

everyWay(site, 'a deleted application is gone, with its name typed if anyone used it', async (page, { scripts }) => {
  await signIn(page, site.jeton, site.jeton.person());
  const client = await register(page);
  let tokens;
  await beside(site, async (other) => {
    tokens = await authorize(other, client, site.jeton.person());
  }, { javaScriptEnabled: scripts });
  await openApplication(page, client.name);
  await button(page, 'Delete application').click();
  const box = dialog(page, new RegExp(`^Delete .${client.name}.\\?$`));
  await button(box, 'OK').click();
  await sees(alert(box), 'in use: the name has to be typed');
  await textbox(box, 'Application name').fill(client.name);
  await button(box, 'OK').click();
  await sees(heading(page, 'OAuth2 Applications'));
  await seesNot(link(page, client.name));
  assert.equal((await refresh(site.jeton, client, tokens.refresh_token)).error, 'invalid_client');
  assert.equal((await page.goto(authorizeUrl(site.jeton, client))).status(), 400);
});

everyWay(site, 'a partial account is told why it may not register', async (page) => {
  await signIn(page, site.jeton, site.jeton.person({ scopes: ['read'] }));
  await openApplications(page);
  await sees(main(page).getByText(/full access/i));
  await seesNot(button(page, 'Register application'));
  await page.goto(`${site.jeton.url}/developer/applications/new`);
  await sees(main(page).getByText(/full access/i));
  await seesNot(textbox(page, 'Redirect URL 1'));
});

everyWay(site, "another developer's application is not there", async (page, { scripts }) => {
  await signIn(page, site.jeton, site.jeton.person());
  const client = await register(page);
  await openApplication(page, client.name);
  const address = page.url();
  await beside(site, async (stranger) => {
    await signIn(stranger, site.jeton, site.jeton.person());
    for (const path of ['', '/rotate', '/delete']) {
      assert.equal((await stranger.goto(`${address}${path}`)).status(), 404, path);
    }
  }, { javaScriptEnabled: scripts });
});
