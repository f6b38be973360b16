import assert from 'node:assert/strict';
import { alert, button, combobox, dialog, heading, link, list, openTab, row, sees, seesNot, signIn, status, table, textbox, unfold } from '../harness/pages.mjs';
import { beside, everyWay, setUp } from '../harness/spec.mjs';
import { introspect, tokeninfo } from '../harness/wire.mjs';

const site = setUp();
const USLICER = 'uslicer.iponweb.com';
const NEW = 'New permanent token';

const item = (box, scope) => list(box, 'Scopes').getByRole('listitem').filter({ hasText: scope });

/** Rows U2 and U3: sign in, "Tokens and sessions", TOKENS, "New permanent token". */
async function openNew(page, person = site.jeton.person()) {
  await signIn(page, site.jeton, person);
  await openTab(page, site.jeton, 'Tokens');
  await button(page, NEW).first().click();
  await sees(dialog(page, NEW));
  return dialog(page, NEW);
}

async function add(box, scope) {
  await combobox(box, 'Scope').fill(scope);
  await button(box, 'Add').click();
  await sees(item(box, scope), `${scope} joins the list`);
}

/** Rows U4 and U5: fills the dialog, creates, returns the value. */
async function create(page, box, name, scopes) {
  await textbox(box, 'Name').fill(name);
  for (const scope of scopes) await add(box, scope);
  await button(box, 'Create').click();
  const created = dialog(page, 'Token created');
  await sees(created);
  return textbox(created, 'Token value').inputValue();
}

async function done(page) {
  await button(dialog(page, 'Token created'), 'Done').click();
  await sees(table(page, 'Permanent tokens'));
}

everyWay(site, 'U2 to U5: the first token, with two scopes, is shown once and works', async (page) => {
  const person = site.jeton.person();
  await signIn(page, site.jeton, person);
  await openTab(page, site.jeton, 'Tokens');
  await sees(heading(page, 'No permanent tokens yet'));
  await button(page, NEW).first().click();
  const value = await create(page, dialog(page, NEW), 'backup script', [USLICER, 'read']);
  assert.match(value, /^jtn_pt_[0-9A-Za-z]{49}$/);
  await done(page);
  await sees(row(page, 'backup script').filter({ hasText: USLICER }));
  assert.ok(!(await page.content()).includes(value), 'the value is never shown again');
  const info = await tokeninfo(site.jeton, value);
  assert.deepEqual([...info.scope].sort(), ['read', `service_id=${USLICER}`]);
  assert.equal(info.username, person);
});

everyWay(site, 'U4: a wrong scope is named in the dialog, and nothing typed is lost', async (page) => {
  const box = await openNew(page);
  await textbox(box, 'Name').fill('typed name');
  await add(box, USLICER);
  await combobox(box, 'Scope').fill('no.such.scope');
  await button(box, 'Add').click();
  await sees(alert(box).filter({ hasText: 'no.such.scope is not a scope that exists here' }));
  assert.equal(await textbox(box, 'Name').inputValue(), 'typed name');
  assert.equal(await combobox(box, 'Scope').inputValue(), 'no.such.scope');
  await sees(item(box, USLICER));
  await combobox(box, 'Scope').fill('');
  await button(box, 'Create').click();
  await sees(dialog(page, 'Token created'), 'mended, it goes through');
});

everyWay(site, 'an empty form says everything that is missing', async (page) => {
  const box = await openNew(page);
  await button(box, 'Create').click();
  for (const message of ['There is a problem', 'Enter a name', 'Add at least one scope']) {
    await sees(alert(box).filter({ hasText: message }), message);
  }
  for (const [message, field] of [['Enter a name', 'Name'], ['Add at least one scope', 'Scope']]) {
    const target = await link(alert(box).first(), message).getAttribute('href');
    const id = await box.getByLabel(field, { exact: true }).getAttribute('id');
    assert.equal(target, `#${id}`, `${message} leads to its field`);
  }
});

everyWay(site, 'a scope that was chosen but not added stops Create', async (page) => {
  const box = await openNew(page);
  await textbox(box, 'Name').fill('half');
  await add(box, 'read');
  await combobox(box, 'Scope').fill('write');
  await button(box, 'Create').click();
  await sees(alert(box).filter({ hasText: 'You chose write but did not add it. Add it, or choose nothing.' }));
});

everyWay(site, 'a scope that was removed is not in the token', async (page) => {
  const box = await openNew(page);
  await add(box, 'read');
  await add(box, 'write');
  await button(box, 'Remove write').click();
  await item(box, 'write').waitFor({ state: 'detached' });
  const value = await create(page, box, 'reader', []);
  assert.deepEqual((await tokeninfo(site.jeton, value)).scope, ['read']);
});

everyWay(site, 'reloading the page with the value makes no second token', async (page) => {
  const value = await create(page, await openNew(page), 'once', ['read']);
  await page.reload();
  // Made in place, the page has no form to send again.
  await sees(page.getByText('This token was already created').or(row(page, 'once')).first());
  assert.ok(!(await page.content()).includes(value), 'the value is never shown again');
  await openTab(page, site.jeton, 'Tokens');
  assert.equal(await row(page, 'once').count(), 1);
});

everyWay(site, 'U6: Cancel keeps a token; OK revokes it, at once and for good', async (page) => {
  const value = await create(page, await openNew(page), 'short lived', ['read']);
  await done(page);
  await button(row(page, 'short lived'), 'Revoke').click();
  await button(dialog(page, /^Revoke .short lived.\?$/), 'Cancel').click();
  await dialog(page, /^Revoke/).waitFor({ state: 'hidden' });
  assert.equal((await tokeninfo(site.jeton, value)).status, 200);
  await button(row(page, 'short lived'), 'Revoke').click();
  await button(dialog(page, /^Revoke .short lived.\?$/), 'OK').click();
  await sees(status(page, /Token .short lived. revoked/));
  const checker = site.jeton.client('checker', site.receiver.url);
  assert.equal((await tokeninfo(site.jeton, value)).error, 'invalid_token');
  assert.deepEqual(await introspect(site.jeton, checker, value), { status: 200, active: false });
  await unfold(page.locator('details', { hasText: /recently revoked/i }));
  await sees(row(page, 'short lived').filter({ hasText: /revoked/i }), 'the list shows it as revoked');
  await seesNot(button(row(page, 'short lived'), 'Revoke'));
});

everyWay(site, 'a link can fill the dialog, and creates nothing', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(`${site.jeton.url}/account/tokens/new?name=from+a+link&scope=read`);
  const box = dialog(page, NEW);
  assert.equal(await textbox(box, 'Name').inputValue(), 'from a link');
  await sees(item(box, 'read'));
  await button(box, 'Cancel').click();
  await sees(heading(page, 'No permanent tokens yet'));
});

everyWay(site, 'a partial account can only use what it may', async (page) => {
  const box = await openNew(page, site.jeton.person({ scopes: ['read'] }));
  await combobox(box, 'Scope').fill('write');
  await button(box, 'Add').click();
  await sees(alert(box).filter({ hasText: 'You may not use the scope write' }));
  await combobox(box, 'Scope').fill('');
  const value = await create(page, box, 'allowed', ['read']);
  assert.equal((await tokeninfo(site.jeton, value)).access, 'partial');
});

everyWay(site, 'names with markup, emoji and another direction stay names', async (page) => {
  for (const name of ['<b>bold</b>', 'שלום 🎟️', 'x'.repeat(100)]) {
    const box = await openNew(page);
    await create(page, box, name, ['read']);
    await done(page);
    await sees(page.getByRole('rowheader').filter({ hasText: name }), name);
    await page.context().clearCookies();
  }
});

everyWay(site, 'nobody else can see or revoke a token', async (page, { scripts }) => {
  const value = await create(page, await openNew(page), 'mine', ['read']);
  await done(page);
  await button(row(page, 'mine'), 'Revoke').click();
  await sees(dialog(page, /^Revoke/));
  const path = await dialog(page, /^Revoke/).locator('form[method=post]').first().getAttribute('action');
  await beside(site, async (stranger) => {
    await signIn(stranger, site.jeton, site.jeton.person());
    assert.equal((await stranger.goto(new URL(path, site.jeton.url).href)).status(), 404);
  }, { javaScriptEnabled: scripts });
  assert.equal((await tokeninfo(site.jeton, value)).status, 200);
});

everyWay(site, 'revoking in two tabs: the second one succeeds quietly', async (page, { context }) => {
  await create(page, await openNew(page), 'twice', ['read']);
  await done(page);
  await button(row(page, 'twice'), 'Revoke').click();
  const path = await dialog(page, /^Revoke/).locator('form[method=post]').first().getAttribute('action');
  const other = await context.newPage();
  await other.goto(new URL(path, site.jeton.url).href);
  for (const one of [page, other]) {
    await button(dialog(one, /^Revoke/), 'OK').click();
    await sees(status(one, /Token .twice. revoked/));
  }
});

everyWay(site, 'a call with the token is told as its last use', async (page) => {
  const value = await create(page, await openNew(page), 'used', ['read']);
  await done(page);
  await sees(row(page, 'used').filter({ hasText: 'Never used' }));
  assert.equal((await tokeninfo(site.jeton, value)).status, 200);
  await page.reload();
  await sees(row(page, 'used').filter({ hasText: '127.0.0.1' }));
  await seesNot(row(page, 'used').filter({ hasText: 'Never used' }));
});
