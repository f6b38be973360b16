// Somebody with a text browser: no style sheet, no script, no pointer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Jeton, PASSWORD } from '../harness/jeton.mjs';
import { Receiver } from '../harness/receiver.mjs';
import { TextBrowser } from '../harness/text-browser.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { authorizeUrl, exchange, pkce, tokeninfo } from '../harness/wire.mjs';

let jeton;
let receiver;
before(async () => { [jeton, receiver] = await Promise.all([Jeton.start(), Receiver.start()]); });
after(() => Promise.all([jeton?.stop(), receiver?.stop()]));

/** Runs `work` with a text browser of its own, which shows the sign-in page. */
async function reads(work) {
  const browser = new TextBrowser(jeton.url);
  try {
    await browser.sees(/^Sign in$/m);
    await work(browser);
  } finally {
    browser.stop();
  }
}

async function signIn(browser, name, password = PASSWORD) {
  await browser.fill('Username', name);
  await browser.fill('Password', password);
  await browser.press('Sign in');
}

async function openTokens(browser, name) {
  await signIn(browser, name);
  await browser.sees(/Profile/);
  await browser.press('Tokens and sessions');
  await browser.sees(/Permanent tokens/);
}

test('a text browser signs in, is told of a wrong password, and signs out', () => reads(async (browser) => {
  const name = jeton.person();
  await signIn(browser, name, 'wrong horse');
  await browser.sees(/Enter a correct username and password/);
  await browser.fill('Password', PASSWORD);
  await browser.press('Sign in');
  await browser.sees(new RegExp(`signed in as ${name}`, 'i'));
  await browser.press('Sign out');
  await browser.sees(/^Sign in$/m);
}));

test('a text browser revokes a token', () => reads(async (browser) => {
  const name = jeton.person();
  await (await Visitor.signedIn(jeton, name)).makeTokens(['made before']);
  await openTokens(browser, name);
  await browser.sees(/^ *made before/m);
  await browser.press('Revoke');
  await browser.sees(/Revoke “made before”\?/);
  await browser.press('OK');
  await browser.sees(/Token “made before” revoked/);
}));

test('a text browser creates a token, reads its value and revokes it', () => reads(async (browser) => {
  const name = jeton.person();
  await openTokens(browser, name);
  assert.doesNotMatch(browser.screen, /\{scope\}|Revoke “ ”/, 'nothing that only scripts can use');
  await browser.press('New permanent token');
  await browser.fill('Name', 'by text');
  await browser.fill('Scope', 'read');
  await browser.press('Add');
  await browser.sees(/• read/);
  await browser.press('Create');
  await browser.sees(/jtn_pt_\w{49}/);
  const [value] = browser.screen.match(/jtn_pt_\w{49}/);
  assert.deepEqual((await tokeninfo(jeton, value)).scope, ['read']);
  await browser.press('Done');
  await browser.press('Revoke');
  await browser.press('OK');
  await browser.sees(/Token “by text” revoked/);
  assert.equal((await tokeninfo(jeton, value)).error, 'invalid_token');
}));

/** An application asks; the person answers with this button. Returns what came back, and what can be bought with it. */
async function answers(browser, button) {
  const client = jeton.client(`Printer ${button}`, receiver.url);
  const { verifier, challenge } = pkce();
  await browser.open(authorizeUrl(jeton, client, { scope: 'read', state: 's', code_challenge: challenge, code_challenge_method: 'S256' }));
  await signIn(browser, jeton.person());
  await browser.sees(new RegExp(`${client.name} wants to access .+ as you`));
  await browser.sees(/See your files/);
  await browser.press(button);
  await browser.sees(/^Received$/m);
  return { answer: receiver.last, buy: (code) => exchange(jeton, client, code, verifier) };
}

test('a text browser allows an application', () => reads(async (browser) => {
  const { answer, buy } = await answers(browser, 'Allow');
  assert.equal(answer.get('state'), 's');
  assert.equal((await buy(answer.get('code'))).scope, 'read');
}));

test('a text browser denies an application', () => reads(async (browser) => {
  const { answer } = await answers(browser, 'Deny');
  assert.equal(answer.get('error'), 'access_denied');
  assert.equal(answer.get('code'), null);
}));

test('sign-in shows a text browser nothing that only scripts can use', () => reads(async (browser) => {
  assert.doesNotMatch(browser.screen, /Show password/);
}));

test('lists and forms show a text browser nothing that only scripts can use', () => reads(async (browser) => {
  await signIn(browser, jeton.person());
  const found = [];
  for (const path of ['/account/sessions', '/account/applications', '/developer/applications/new']) {
    await browser.open(jeton.url + path);
    found.push(...browser.screen.match(/Remove access of “ ”|Sign out everywhere else\?|\{\w+\}/g) ?? []);
  }
  assert.deepEqual(found, []);
}));
