// The examples that developers copy from the pages: taken from the page of a registered application, as the server filled
// them in, and run. Each has to end with a token that works.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Browser, decode, formsOf } from '../common/forms.mjs';
import { PASSWORD, startJeton } from '../common/start.mjs';

const NEW = '/developer/applications/new';
const ada = { username: 'ada', password: PASSWORD };
const folder = mkdtempSync(join(tmpdir(), 'jeton-snippets.'));
let jeton, developer;

/** How each program is run, by the id of the element that holds it. */
const PROGRAMS = {
  'snippet-curl': ['curl.sh', 'sh'],
  'snippet-node': ['flow.mjs', process.execPath],
  'snippet-python': ['flow.py', process.env.PYTHON ?? 'python3'],
};

before(async () => {
  symlinkSync(resolve(import.meta.dirname, '../openid-client/node_modules'), join(folder, 'node_modules'));
  jeton = await startJeton();
  developer = new Browser();
  const page = await developer.request(`${jeton.url}/login`);
  const form = formsOf(page.html).find(({ names }) => names.includes('password'));
  assert.equal((await developer.submit(page, form, ada)).status, 303);
});

after(async () => {
  await jeton?.stop();
  rmSync(folder, { recursive: true });
});

/** Registers an application as a developer does; its page, id and secret. */
async function register(type, redirectUri) {
  const page = await developer.request(jeton.url + NEW);
  const form = formsOf(page.html).find(({ action }) => action === NEW);
  const typed = { name: `Snippets ${type}`, redirect_uri: redirectUri, type, intent: 'register' };
  const { html, status } = await developer.submit(page, form, typed);
  assert.equal(status, 200);
  const [id] = html.match(/c_[0-9a-f]{16}/);
  const application = await developer.request(`${jeton.url}/developer/applications/${id}`);
  return { id, secret: html.match(/jtn_cs_\w+/)?.[0], html: application.html };
}

/** The text of an example on a page. */
function example(html, id) {
  const found = html.match(new RegExp(`<code id="${id}">([\\s\\S]*?)</code>`));
  assert.ok(found, `${id} is on the page`);
  return decode(found[1]);
}

function start(text, [name, program], env) {
  const file = join(folder, name);
  writeFileSync(file, `${text}\n`);
  return spawn(program, [file], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
}

/** Runs a program that prints an address and asks for the one that the browser comes back with; its last line. */
async function run(text, how, env) {
  const child = start(text, how, env);
  const ended = once(child, 'exit');
  let last;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(`${jeton.url}/oauth2/authorize?`)) {
      child.stdin.end(`${await new Browser().authorize(line, ada)}\n`);
    }
    last = line;
  }
  assert.deepEqual(await ended, [0, null], `${how[0]} ends well`);
  return last;
}

/** One command, and the JSON that it prints. */
async function answerOf(text, env) {
  const child = start(text, ['check.sh', 'sh'], env);
  let printed = '';
  for await (const part of child.stdout) printed += part;
  return JSON.parse(printed);
}

// A quote in the address, so that the quoting of each language is put to the test too.
for (const [type, redirectUri] of [['web', "https://notes.example/it's"], ['native', 'http://127.0.0.1/callback']]) {
  test(`every example of an application of the type ${type} gets a token that works`, async () => {
    const { id, secret, html } = await register(type, redirectUri);
    const tokens = [];
    for (const [snippet, how] of Object.entries(PROGRAMS)) {
      const granted = JSON.parse(await run(example(html, snippet), how, secret && { CLIENT_SECRET: secret }));
      assert.match(granted.access_token, /^jtn_at_/, snippet);
      tokens.push(granted.access_token);
    }
    const page = await developer.request(`${jeton.url}/developer`);
    const check = example(page.html, 'snippet-tokeninfo');
    for (const token of tokens) {
      const info = await answerOf(check, { TOKEN: token });
      assert.ok(info.scope?.length > 0, `a token that works: ${JSON.stringify(info)}`);
    }
    if (secret) {
      const ask = example(page.html, 'snippet-introspect');
      const env = { CLIENT_ID: id, CLIENT_SECRET: secret };
      assert.equal((await answerOf(ask, { ...env, TOKEN: tokens[0] })).active, true);
      assert.equal((await answerOf(ask, { ...env, TOKEN: 'nonsense' })).active, false);
    }
  });
}

test('Swagger UI is offered to an application without a secret alone, with its own client ID', async () => {
  const { id, html } = await register('native', 'http://127.0.0.1/oauth2-redirect.html');
  assert.match(example(html, 'snippet-swagger'), new RegExp(`clientId: '${id}'`));
  const web = await register('web', 'https://notes.example/callback');
  assert.ok(!web.html.includes('snippet-swagger') && web.html.includes('snippet-curl'));
});
