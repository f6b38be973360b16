// One Jeton for one test run, and the three people of the demo on it.
import { Jeton, PASSWORD } from '../../end2end/harness/jeton.mjs';

export { PASSWORD };

/** What the tests expect Jeton to tell of ada, beside who she is there. */
export const ADA = { name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace', preferred_username: 'ada', email: 'ada@example.org' };

/** A scope of the kind that row U1 asks for. */
export const SERVICE = 'service_id=uslicer.iponweb.com';

const PEOPLE = [
  ['ada', '--access', 'full', '--admin', '--given-name', 'Ada', '--family-name', 'Lovelace', '--email', 'ada@example.org'],
  ['grace', '--access', 'full'],
  ['guest', '--access', 'partial', '--scope', 'read'],
];

/** A fresh, seeded Jeton on a free loopback port: `url`, `run(…words)`, `client(name, redirectUri, …flags)`, `stop()`. */
export async function startJeton(settings = {}) {
  const jeton = await Jeton.start(settings);
  for (const [name, ...flags] of PEOPLE) jeton.feed(PASSWORD, 'user', 'add', name, ...flags, '--password-stdin');
  return jeton;
}
