import assert from 'node:assert/strict';
import { heading, main, sees, signIn, unfold } from '../harness/pages.mjs';
import { everyWay, setUp } from '../harness/spec.mjs';
import { authorizeUrl, pkce } from '../harness/wire.mjs';

const site = setUp();

/** The value that stands beside this term. */
const told = (page, term) => main(page).locator('dt', { hasText: new RegExp(`^${term}$`, 'i') }).locator('xpath=following-sibling::dd[1]');

/** Opens a broken request: a page, status 400, and the application hears nothing. */
async function refused(page, url) {
  const visits = site.receiver.visits;
  const response = await page.goto(url);
  assert.equal(response.status(), 400);
  assert.equal(new URL(page.url()).origin, site.jeton.url);
  assert.equal(site.receiver.visits, visits);
  await sees(main(page).getByRole('heading', { level: 1 }));
  await unfold(main(page).locator('details'));
}

everyWay(site, 'an address that is not registered is shown, never followed', async (page) => {
  const client = site.jeton.client('Misconfigured', 'https://printer.example/callback');
  await refused(page, authorizeUrl(site.jeton, { ...client, redirectUri: `${site.receiver.url}` }));
  assert.match(await told(page, 'Received').innerText(), /127\.0\.0\.1/);
  assert.equal(await told(page, 'Client ID').innerText(), client.id);
  assert.match(await told(page, 'Error').innerText(), /redirect_uri/);
  await sees(told(page, 'Request ID'));
  await sees(told(page, 'Time'));
});

everyWay(site, 'an unknown application gets a page, and markup in its name stays text', async (page) => {
  const client = { id: '<b>nobody</b>', redirectUri: site.receiver.url };
  await refused(page, authorizeUrl(site.jeton, client));
  assert.equal(await main(page).locator('b', { hasText: 'nobody' }).count(), 0);
});

everyWay(site, 'an error of the request itself goes back to the application with the state', async (page) => {
  const client = site.jeton.client('Asks for too much', site.receiver.url);
  const { challenge } = pkce();
  await signIn(page, site.jeton, site.jeton.person());
  const asked = { state: 'xyz', scope: 'no-such-scope', code_challenge: challenge, code_challenge_method: 'S256' };
  await page.goto(authorizeUrl(site.jeton, client, asked));
  const answer = await site.receiver.answer(page);
  assert.equal(answer.get('error'), 'invalid_scope');
  assert.equal(answer.get('state'), 'xyz');
  await page.goto(authorizeUrl(site.jeton, client, { ...asked, scope: 'read', response_type: 'token' }));
  assert.equal((await site.receiver.answer(page)).get('error'), 'unsupported_response_type');
});

everyWay(site, 'a page that is not there says so, with a way back', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  const response = await page.goto(`${site.jeton.url}/account/nothing`);
  assert.equal(response.status(), 404);
  await sees(heading(main(page), /.+/));
  await sees(main(page).getByRole('link').or(main(page).getByRole('button')));
});
