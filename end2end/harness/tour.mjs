// Every page and every state of it, in legs: whoever looks at them, and then one state after another, each as its name,
// the start of its title, and the way there. A leg's states build on each other.
import { signIn } from './pages.mjs';
import { ACCOUNT } from './tour/account.mjs';
import { ASKED } from './tour/consent.mjs';
import { DEVELOPER } from './tour/developer.mjs';
import { CROWDED } from './tour/crowded.mjs';
import { LIMITED } from './tour/limited.mjs';
import { SELDOM, SELDOM_OUTSIDE } from './tour/rest.mjs';
import { STRANGER } from './tour/stranger.mjs';
import { TOKENS } from './tour/tokens.mjs';

/** The legs, by who walks them. `person` makes that person; without it nobody is signed in. */
export const LEGS = [
  { name: 'stranger', states: [...STRANGER, ...SELDOM_OUTSIDE] },
  { name: 'account', person: (jeton) => jeton.person(), states: [...ACCOUNT, ...TOKENS] },
  { name: 'consent', person: (jeton) => jeton.person({ more: ['--given-name', 'Ada', '--family-name', 'Lovelace', '--email', 'ada@example.com'] }), states: ASKED },
  { name: 'developer', person: (jeton) => jeton.person(), states: DEVELOPER },
  { name: 'seldom', person: (jeton) => jeton.person(), states: SELDOM },
  { name: 'limited', person: (jeton) => jeton.person({ scopes: ['read'] }), states: LIMITED },
  { name: 'crowded', person: (jeton) => jeton.person({ more: ['--given-name', 'أدا'.repeat(6), '--family-name', 'Featherstonehaugh-Cholmondeley-Majoribanks'] }), states: CROWDED },
];

/** Walks through the legs and looks at each state: `look(name, title)`. `jeton.callback` is where codes go. */
export async function walk(page, jeton, look, legs = LEGS) {
  for (const { person, states } of legs) {
    await page.context().clearCookies();
    jeton.walker = person?.(jeton);
    if (jeton.walker) await signIn(page, jeton, jeton.walker);
    for (const [name, title, open] of states) {
      await open(page, jeton).catch((error) => { throw new Error(`on the way to "${name}": ${error.message}`); });
      await look(name, title);
    }
  }
}
