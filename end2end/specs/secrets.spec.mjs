// G30: a value that is shown once is in one answer, and nowhere else that a browser or an operator keeps things.
import assert from 'node:assert/strict';
import { figure } from '../harness/figure.mjs';
import { button, dialog, heading, radio, sees, signIn, textbox } from '../harness/pages.mjs';
import { everyWay, setUp } from '../harness/spec.mjs';

const site = setUp();

/** Everything that the browser sends and receives from now on. */
function capture(context) {
  const sent = [];
  const received = [];
  context.on('request', (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  context.on('response', (response) => {
    const body = response.status() >= 300 && response.status() < 400 ? Promise.resolve('') : response.text().catch(() => '');
    received.push(body.then((text) => ({ url: response.url(), head: JSON.stringify(response.headers()), text })));
  });
  return { sent, received };
}

/** What the browser keeps of its own: history, storages, the title. */
function kept(page) {
  return page.evaluate(() => JSON.stringify([location.href, document.title, history.state, { ...localStorage }, { ...sessionStorage }, document.cookie, performance.getEntries().map(({ name }) => name)]));
}

async function shown(page, box, field, leave = 'Done') {
  const value = await textbox(dialog(page, box), field).inputValue();
  const there = await kept(page);
  await button(dialog(page, box), leave).click();
  await dialog(page, box).waitFor({ state: 'hidden' });
  return { value, there };
}

async function makeToken(page) {
  await page.goto(`${site.jeton.url}/account/tokens/new?name=secret&scope=read`);
  await button(dialog(page, 'New permanent token'), 'Create').click();
  return shown(page, 'Token created', 'Token value');
}

async function register(page) {
  await page.goto(`${site.jeton.url}/developer/applications/new`);
  await textbox(page, 'Name').fill('Keeper of secrets');
  await textbox(page, 'Redirect URL 1').fill('https://printer.example/callback');
  await button(page, 'Register').click();
  return shown(page, 'Application registered', 'Client secret');
}

async function rotate(page) {
  await page.goto(`${site.jeton.url}/developer/applications`);
  await page.getByRole('link', { name: 'Keeper of secrets' }).first().click();
  await button(page, 'Rotate client secret').click();
  await radio(dialog(page, 'Rotate client secret'), 'Now').check();
  await button(dialog(page, 'Rotate client secret'), 'OK').click();
  return shown(page, 'New client secret', 'Client secret');
}

everyWay(site, 'G30: a token and a secret are in one answer each, and in no address, log, title, history or storage', async (page, { context }) => {
  const { sent, received } = capture(context);
  await signIn(page, site.jeton, site.jeton.person());
  const secrets = [];
  for (const make of [makeToken, register, rotate]) secrets.push(await make(page));
  for (const path of ['/account/tokens', '/developer/applications', '/account']) {
    await page.goto(site.jeton.url + path);
    await sees(heading(page, /.+/));
  }
  const answers = await Promise.all(received);
  for (const { value, there } of secrets) {
    assert.ok(value.length > 40);
    const holding = answers.filter(({ text }) => text.includes(value));
    figure('G30 answers that hold a secret', holding.length, 'answer', 1);
    assert.equal(holding.length, 1, holding.map(({ url }) => url).join(', '));
    assert.match(holding[0].head, /no-store/);
    assert.ok(![...sent, ...answers.map(({ head }) => head)].some((text) => text.includes(value)), 'in no address and no header');
    assert.ok(!there.includes(value) && !(await kept(page)).includes(value), 'kept nowhere in the browser');
    assert.ok(!site.jeton.log.includes(value), 'not in the log');
  }
});
