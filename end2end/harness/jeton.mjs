// A Jeton of a spec file's own: the built program, a free port, a fresh database, filled by its command line.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'correct horse battery staple';

const SCOPES = [
  ['read', 'See your files', 'reads'],
  ['write', 'Change your files', 'changes'],
  ['service_id=uslicer.iponweb.com', 'Use uSlicer as you', 'unknown'],
  ['service_id=upredict.iponweb.com', 'Use uPredict as you', 'unknown'],
];

export class Jeton {
  #program = process.env.JETON_BIN ?? new URL('../../target/debug/jeton', import.meta.url).pathname;
  #folder = mkdtempSync(join(tmpdir(), 'jeton-end2end.'));
  #log = '';
  #people = 0;
  #server;

  static async start(settings = {}) {
    const jeton = new Jeton();
    await jeton.#start(settings);
    return jeton;
  }

  async #start(settings) {
    const address = `127.0.0.1:${await freePort()}`;
    this.url = `http://${address}`;
    this.env = {
      ...process.env,
      JETON_LISTEN: address,
      JETON_PUBLIC_URL: this.url,
      JETON_DATABASE_URL: `sqlite:${join(this.#folder, 'jeton.db')}`,
      JETON_SECRET_KEY_FILE: join(this.#folder, 'secret.key'),
      JETON_PASSWORD_GRANT: 'open',
      ...settings,
    };
    this.run('init');
    for (const [name, title, risk] of SCOPES) this.run('scope', 'add', name, '--title', title, '--risk', risk);
    this.#server = spawn(this.#program, ['serve'], { env: this.env, cwd: this.#folder });
    for (const stream of [this.#server.stdout, this.#server.stderr]) {
      stream.on('data', (text) => { this.#log += text; });
    }
    await this.#ready();
  }

  async #ready() {
    for (let tries = 0; tries < 300; tries += 1) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (this.#server.exitCode !== null) break;
      await new Promise((done) => { setTimeout(done, 100); });
    }
    throw new Error(`Jeton did not start:\n${this.#log}`);
  }

  /** A command of Jeton's command line, as words; returns what it printed. */
  run(...words) {
    return this.feed('', ...words);
  }

  /** The same, with something on its standard input. */
  feed(input, ...words) {
    const options = { input, env: this.env, cwd: this.#folder, encoding: 'utf8' };
    const { status, stdout, stderr, error } = spawnSync(this.#program, words, options);
    if (status !== 0) throw new Error(`jeton ${words.join(' ')}: ${error ?? stderr}`);
    return stdout;
  }

  /** A person nobody else in this file is: full access, unless scopes are named. `more` is for `jeton user add`. */
  person({ scopes, admin = false, more = [] } = {}) {
    this.#people += 1;
    const name = `person${this.#people}`;
    const access = scopes ? ['partial', ...scopes.flatMap((scope) => ['--scope', scope])] : ['full'];
    this.feed(PASSWORD, 'user', 'add', name, '--access', ...access, ...(admin ? ['--admin'] : []), ...more, '--password-stdin');
    return name;
  }

  /** A registered application: its id, its secret (unless it is public), its name. */
  client(name, redirectUri, ...more) {
    const made = this.run('client', 'add', '--name', name, '--redirect-uri', redirectUri, ...more, '--json');
    const { client_id: id, client_secret: secret } = JSON.parse(made);
    return { id, secret, name, redirectUri };
  }

  get log() {
    return this.#log;
  }

  async stop() {
    const ended = new Promise((done) => { this.#server?.once('exit', done); });
    if (this.#server?.kill()) await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => { server.once('listening', done); });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return port;
}
