import assert from 'node:assert/strict';
import { button, checkbox, fillSignIn, heading, list, main, sees, signIn } from '../harness/pages.mjs';
import { everyWay, setUp } from '../harness/spec.mjs';
import { authorizeUrl, exchange, introspect, pkce, refresh } from '../harness/wire.mjs';

const site = setUp();
const STATE = 'a state with spaces & signs';
let printers = 0;

/** An application, and the address that it sends people to. */
function printer(more = {}, ...registration) {
  printers += 1;
  const client = site.jeton.client(`Photo Printer ${printers}`, site.receiver.url, ...registration);
  const { verifier, challenge } = pkce();
  const asked = { scope: 'read', state: STATE, code_challenge: challenge, code_challenge_method: 'S256', ...more };
  return { client, verifier, challenge, url: authorizeUrl(site.jeton, client, asked) };
}

const question = (page, client) => heading(page, new RegExp(`^${client.name} wants to access .+ as you$`, 'i'));

everyWay(site, 'S3 S4: allowed, the code comes back with the state and buys tokens that refresh', async (page) => {
  const name = site.jeton.person();
  const { client, verifier, url } = printer();
  await page.goto(url);
  await fillSignIn(page, name);
  await sees(question(page, client), 'sign-in leads to the question');
  assert.match(await page.title(), new RegExp(`^Allow ${client.name}\\?`));
  await sees(main(page).getByText(name));
  await sees(heading(page, new RegExp(`^${client.name} will be able to`)), 'nothing was allowed before');
  await sees(list(main(page), /.*/).getByText('See your files'));
  await button(page, 'Allow').click();
  const answer = await site.receiver.answer(page);
  assert.equal(answer.get('state'), STATE);
  assert.equal(answer.get('iss'), site.jeton.url);
  const tokens = await exchange(site.jeton, client, answer.get('code'), verifier);
  assert.equal(tokens.status, 200);
  assert.equal(tokens.token_type, 'Bearer');
  assert.equal(tokens.scope, 'read');
  assert.equal((await introspect(site.jeton, client, tokens.access_token)).username, name);
  assert.equal((await refresh(site.jeton, client, tokens.refresh_token)).status, 200);
});

everyWay(site, 'S3: denied, the application is told, and given nothing', async (page) => {
  const { client, url } = printer();
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(url);
  await sees(question(page, client));
  await button(page, 'Deny').click();
  const answer = await site.receiver.answer(page);
  assert.equal(answer.get('error'), 'access_denied');
  assert.equal(answer.get('state'), STATE);
  assert.equal(answer.get('iss'), site.jeton.url);
  assert.equal(answer.get('code'), null);
});

everyWay(site, 'another account can be used, and comes back to the same question', async (page) => {
  const [first, second] = [site.jeton.person(), site.jeton.person()];
  const { client, verifier, url } = printer();
  await signIn(page, site.jeton, first);
  await page.goto(url);
  await sees(main(page).getByText(first));
  await button(page, 'Use another account').click();
  await fillSignIn(page, second);
  await sees(question(page, client));
  await sees(main(page).getByText(second));
  await button(page, 'Allow').click();
  const answer = await site.receiver.answer(page);
  assert.equal(answer.get('state'), STATE);
  const { access_token: token } = await exchange(site.jeton, client, answer.get('code'), verifier);
  assert.equal((await introspect(site.jeton, client, token)).username, second);
});

everyWay(site, 'what was allowed is not asked again, but a new scope is, and prompt=consent asks', async (page) => {
  const { client, challenge, url } = printer();
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(url);
  await button(page, 'Allow').click();
  await site.receiver.answer(page);
  await page.goto(url);
  assert.ok((await site.receiver.answer(page)).get('code'), 'the second visit goes straight through');
  const more = { state: STATE, code_challenge: challenge, code_challenge_method: 'S256' };
  await page.goto(authorizeUrl(site.jeton, client, { ...more, scope: 'read write' }));
  await sees(question(page, client));
  await sees(main(page).getByText('Change your files'));
  await page.goto(authorizeUrl(site.jeton, client, { ...more, scope: 'read', prompt: 'consent' }));
  await sees(question(page, client));
});

everyWay(site, 'prompt=none never shows a page', async (page) => {
  const { url } = printer({ prompt: 'none' });
  await page.goto(url);
  assert.equal((await site.receiver.answer(page)).get('error'), 'login_required');
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(url);
  const answer = await site.receiver.answer(page);
  assert.equal(answer.get('error'), 'consent_required');
  assert.equal(answer.get('state'), STATE);
});

everyWay(site, 'nothing is granted by pressing Enter or Space right after the page came', async (page) => {
  const { client, url } = printer();
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(url);
  await sees(question(page, client));
  const answers = [];
  page.on('request', (request) => { if (request.method() === 'POST') answers.push(new URL(request.url()).pathname); });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await sees(question(page, client));
  // Enter on the button itself does answer: so the one answer that was sent is this one.
  await button(page, 'Allow').press('Enter');
  assert.ok((await site.receiver.answer(page)).get('code'));
  assert.deepEqual(answers, ['/consent']);
});

everyWay(site, 'a double click on Allow makes one code that works', async (page) => {
  const { client, verifier, url } = printer();
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(url);
  await button(page, 'Allow').dblclick();
  const answer = await site.receiver.answer(page);
  assert.equal((await exchange(site.jeton, client, answer.get('code'), verifier)).status, 200);
});

everyWay(site, 'two tabs with two requests do not disturb each other', async (page, { context }) => {
  const [one, two] = [printer(), printer()];
  await signIn(page, site.jeton, site.jeton.person());
  const other = await context.newPage();
  await page.goto(one.url);
  await other.goto(two.url);
  await button(page, 'Allow').click();
  await button(other, 'Allow').click();
  for (const [tabOf, request] of [[page, one], [other, two]]) {
    const code = (await site.receiver.answer(tabOf)).get('code');
    assert.equal((await exchange(site.jeton, request.client, code, request.verifier)).status, 200);
  }
});

everyWay(site, 'an optional scope that was unticked is not in the token', async (page) => {
  const { client, verifier, url } = printer({ scope: 'read write' }, '--optional-scope', 'write');
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(url);
  await sees(heading(page, new RegExp(`^${client.name} will be able to`)));
  assert.ok(await checkbox(page, /Change your files/).isChecked(), 'asked for, so ticked at first');
  await checkbox(page, /Change your files/).uncheck();
  await button(page, 'Allow').click();
  const code = (await site.receiver.answer(page)).get('code');
  assert.equal((await exchange(site.jeton, client, code, verifier)).scope, 'read');
});

everyWay(site, 'the question cannot be put into a frame', async (page) => {
  const { url } = printer();
  await signIn(page, site.jeton, site.jeton.person());
  const response = await page.goto(url);
  await sees(button(page, 'Allow'));
  assert.match(response.headers()['content-security-policy'], /frame-ancestors 'none'/);
  assert.equal(response.headers()['x-frame-options'], 'DENY');
});

everyWay(site, 'Allow stands in view beside five rights, and no link to another section does', async (page) => {
  const scope = 'openid profile email offline_access read';
  const { client, url } = printer({ scope, nonce: 'n' });
  await signIn(page, site.jeton, site.jeton.person());
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await page.goto(url);
    await sees(question(page, client));
    await sees(main(page).getByText('Works when you are away'));
    const box = await button(page, 'Allow').boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= height, `Allow ends at ${box.y + box.height} of ${height}`);
    assert.equal(await page.getByRole('navigation').count(), 0);
    await sees(button(page, /^user menu/i));
  }
});
