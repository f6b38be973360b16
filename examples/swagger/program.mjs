// The example API beside a Jeton, on a free port, with its three clients registered there.
import { spawn } from 'node:child_process';
import { freePort } from '../../end2end/harness/jeton.mjs';
import { startJeton } from '../common/start.mjs';

const program = process.env.EXAMPLE_API_BIN ?? new URL('../../target/debug/example-api', import.meta.url).pathname;

/** Gives `url` and `stop()`, which tells how the program ended: 0 if it did as it was asked. */
export async function startBoth() {
  const url = `http://127.0.0.1:${await freePort()}`;
  const jeton = await startJeton();
  const env = { ...process.env, EXAMPLE_LISTEN: new URL(url).host, EXAMPLE_ISSUER: jeton.url, ...register(jeton, url) };
  const example = spawn(program, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((done) => { example.once('exit', (code, signal) => done(code ?? signal)); });
  example.once('error', (error) => { throw error; });
  const stop = async () => {
    example.kill();
    const how = await ended;
    await jeton.stop();
    return how;
  };
  await ready(url).catch(async (error) => { await stop(); throw error; });
  return { url, jeton, stop };
}

/** Swagger UI is public and knows only its id; the other two keep a secret. */
function register(jeton, url) {
  const scopes = ['--scope', 'read', '--scope', 'write'];
  jeton.client('Swagger UI', `${url}/oauth2-redirect.html`, '--client-id', 'swagger-ui', '--public', ...scopes);
  const make = (...words) => JSON.parse(jeton.run('client', 'add', '--json', ...words));
  const api = make('--name', 'Example API', '--grant', 'client_credentials');
  const infraviewer = make('--name', 'InfraViewer', '--first-party', '--grant', 'password');
  return {
    EXAMPLE_CLIENT_ID: api.client_id,
    EXAMPLE_CLIENT_SECRET: api.client_secret,
    INFRAVIEWER_CLIENT_ID: infraviewer.client_id,
    INFRAVIEWER_CLIENT_SECRET: infraviewer.client_secret,
  };
}

async function ready(url) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => { setTimeout(done, 50); });
  }
  throw new Error('the example API did not become ready');
}
