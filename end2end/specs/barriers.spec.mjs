// Every page and every state of it (harness/tour.mjs): G1, G4, G18 to G20, G22 to G24, G26, G29.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withEngines } from '../harness/engines.mjs';
import { figure } from '../harness/figure.mjs';
import { flaws, isWellBuilt } from '../harness/quality.mjs';
import { eachLeg, setUp } from '../harness/spec.mjs';

const site = setUp();
const seen = { states: 0, foreign: new Set(), requests: 0 };

function countForeign(context) {
  const ours = [site.jeton.url, new URL(site.receiver.url).origin, 'null'];
  context.on('request', (request) => {
    seen.requests += 1;
    if (!ours.includes(new URL(request.url()).origin)) seen.foreign.add(request.url());
  });
}

eachLeg(site, 'no engine finds a barrier, and nothing is cut, in any theme, size, direction or contrast', {}, async (page, context, visits) => {
  await withEngines(context);
  countForeign(context);
  await visits(async (state, title, say) => {
    seen.states += 1;
    await isWellBuilt(page, title, state).catch((error) => say(error.message));
    (await flaws(page, state)).forEach(say);
  });
});

test('G29: no page asks anybody else for anything', () => {
  assert.ok(seen.requests > 100, 'the tour was walked');
  figure('G1 states looked at', seen.states, 'states, each in 2 themes and at 2 widths');
  figure('G29 requests to others', seen.foreign.size, `of ${seen.requests}`, 0);
  assert.deepEqual([...seen.foreign], []);
});
