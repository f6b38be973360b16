// Every page and every state of it without JavaScript: G5 and G15.
import { invalid, sources } from '../harness/engines.mjs';
import { fits, isWellBuilt } from '../harness/quality.mjs';
import { eachLeg, setUp } from '../harness/spec.mjs';

const site = setUp();
const PLAIN = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };

eachLeg(site, 'every state is there, valid as it came, well built, and fits into 320 pixels', PLAIN, async (page, context, visits) => {
  const source = sources(page);
  await visits(async (state, title, say) => {
    await isWellBuilt(page, title, state).catch((error) => say(error.message));
    await fits(page, state).catch((error) => say(error.message));
    for (const mistake of await invalid(await source.html())) say(`${state}: ${mistake}`);
  });
});
