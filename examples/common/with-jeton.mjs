// `node with-jeton.mjs COMMAND …`: runs the command beside a fresh Jeton with one registered application, which
// the command finds in its environment. Its exit status becomes ours. For examples in other languages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PASSWORD, startJeton } from './start.mjs';

const [command, ...args] = process.argv.slice(2);
const redirectUri = 'https://notes.example/callback';
const leftUri = 'https://notes.example/left';
const jeton = await startJeton();
try {
  const client = jeton.client('Notes', redirectUri, '--post-logout-redirect-uri', leftUri);
  const env = {
    ...process.env,
    ISSUER: jeton.url,
    CLIENT_ID: client.id,
    CLIENT_SECRET: client.secret,
    REDIRECT_URI: redirectUri,
    POST_LOGOUT_REDIRECT_URI: leftUri,
    PERSON: 'ada',
    PASSWORD,
    ALLOW: join(import.meta.dirname, 'allow.mjs'),
  };
  // Not the synchronous call: it would leave Jeton's log unread, and Jeton waiting for its reader.
  const [status] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit');
  process.exitCode = status ?? 1;
} finally {
  await jeton.stop();
}
