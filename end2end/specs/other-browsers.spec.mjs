// G28: the core flows in the two other engines, with JavaScript.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Firefox } from '../harness/firefox.mjs';
import { Jeton, PASSWORD } from '../harness/jeton.mjs';
import { Receiver } from '../harness/receiver.mjs';
import { StuckLine } from '../harness/stuck-line.mjs';
import { WebKit, WebKitDriver } from '../harness/webkit.mjs';
import { authorizeUrl, exchange, pkce, tokeninfo } from '../harness/wire.mjs';

const BROWSERS = { Firefox: [Firefox, () => Firefox.launch()], WebKit: [WebKit, () => WebKitDriver.launch()] };
const NEW = 'New permanent token';
const launched = {};
const flows = [];
let jeton;
let receivers;

before(async () => {
  [jeton, ...receivers] = await Promise.all([Jeton.start(), Receiver.start(), Receiver.start()]);
  for (const [name, [, launch]] of Object.entries(BROWSERS)) launched[name] = await launch();
});
after(() => Promise.all([jeton, ...receivers ?? []].map((server) => server?.stop()).concat(Object.values(launched).map((browser) => browser.close()))));

/** One flow in each engine, by somebody with a fresh profile; the engine's complaints fail it. `run(person, receiver)`. */
function inEach(name, run) {
  flows.push([name, run]);
}

async function walk(browser, place, run) {
  const person = await BROWSERS[browser][0].arrive(launched[browser]);
  try {
    await run(person, receivers[place]);
    const left = /^The islands did not load/; // Of pages that are left. That they do load, awake() sees.
    assert.deepEqual(person.problems.filter((one) => !left.test(one)), [], 'the browser complained');
  } finally {
    await person.leave();
  }
}

async function fillSignIn(person, name, password = PASSWORD) {
  await person.fill('textbox', 'Username', name);
  await person.fill('password', 'Password', password);
  await person.press('Sign in');
}

async function signIn(person, path, heading) {
  await person.open(jeton.url + path);
  await person.awake();
  await fillSignIn(person, jeton.person());
  await person.sees('heading', heading);
  await person.awake();
}

inEach('sign-in: a wrong password is told, the password can be shown, the right one leads to the account', async (person) => {
  await person.open(jeton.url);
  await person.awake();
  const name = jeton.person();
  await fillSignIn(person, name, 'wrong');
  await person.seesText(/Enter a correct username and password/);
  await person.awake();
  await person.fill('password', 'Password', PASSWORD);
  await person.press('Show password');
  assert.equal(await person.value(await person.sees('textbox', 'Password')), PASSWORD);
  await person.press('Hide password');
  await person.press('Sign in');
  await person.sees('heading', 'Account');
  await person.awake();
});

inEach('a token is made, its value copied, and the token revoked', async (person) => {
  await signIn(person, '/account/tokens', 'Tokens and sessions');
  await person.mark();
  await person.press(NEW);
  const box = await person.dialog(NEW);
  assert.ok(await person.stayed(), 'the dialog opens in place');
  await person.fill('textbox', 'Name', 'made here', box);
  await person.fill('combobox', 'Scope', 'read', box);
  await person.press('Add', box);
  await person.sees('button', 'Remove read', box);
  await person.press('Create', box);
  const created = await person.dialog('Token created');
  const value = await person.value(await person.sees('textbox', 'Token value', created));
  assert.deepEqual((await tokeninfo(jeton, value)).scope, ['read']);
  await person.press('Copy token value', created);
  await person.seesText(/Token value copied/);
  await person.press('Done', created);
  await person.press('Revoke');
  await person.press('OK', await person.dialog('Revoke “made here”?'));
  await person.seesText(/Token “made here” revoked/);
  assert.equal((await tokeninfo(jeton, value)).error, 'invalid_token');
  await person.awake();
  await person.press(NEW);
  const name = await person.sees('textbox', 'Name', await person.dialog(NEW));
  await person.paste(name);
  assert.equal(await person.value(name), value, 'what was copied can be pasted');
});

inEach('an application is allowed, without the scope that was unticked', async (person, receiver) => {
  const client = jeton.client(`Printer ${person.name}`, receiver.url, '--optional-scope', 'write');
  const { verifier, challenge } = pkce();
  const asked = authorizeUrl(jeton, client, { scope: 'read write', state: 's', code_challenge: challenge, code_challenge_method: 'S256' });
  const question = `${client.name} wants to access Jeton as you`;
  await signIn(person, asked.slice(jeton.url.length), question);
  await person.click(await person.sees('checkbox'));
  await person.press('Allow');
  await person.sees('heading', 'Received');
  const tokens = await exchange(jeton, client, receiver.last.get('code'), verifier);
  assert.equal(tokens.scope, 'read');
});

inEach('an application is registered with two addresses, and its secret copied', async (person, receiver) => {
  await signIn(person, '/developer/applications/new', 'Register application');
  await person.fill('textbox', 'Name', `Album ${person.name}`);
  await person.fill('textbox', 'Redirect URL 1', 'https://printer.example/callback');
  await person.press('Add redirect URL');
  await person.fill('textbox', 'Redirect URL 2', receiver.url);
  await person.press('Register');
  const box = await person.dialog('Application registered');
  assert.match(await person.value(await person.sees('textbox', 'Client secret', box)), /^jtn_cs_/);
  await person.press('Copy client secret', box);
  await person.seesText(/Client secret copied/);
  await person.press('Done', box);
  await person.sees('heading', `Album ${person.name}`);
  await person.awake();
});

// The engines beside each other, the flows of each one after the other.
describe('the other engines', { concurrency: true }, () => {
  for (const [place, browser] of Object.keys(BROWSERS).entries()) {
    describe(browser, { concurrency: 1 }, () => {
      for (const [name, run] of flows) test(name, () => walk(browser, place, run));
    });
  }
});

test('Firefox has nothing to complain of when a page is left while its WASM loads', async () => {
  const [person, line] = [await Firefox.arrive(launched.Firefox), await StuckLine.start(jeton.url, /\.wasm$/)];
  try {
    await person.open(`${line.url}/login`);
    await line.stuck;
    await person.click(await person.sees('link', 'Forgot your password?'));
    await person.until(() => person.evaluate(() => location.pathname === '/forgot'), 'the next page');
    assert.deepEqual(person.problems, []);
  } finally {
    await Promise.all([person.leave(), line.stop()]);
  }
});
