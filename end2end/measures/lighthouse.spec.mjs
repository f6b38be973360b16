// G3: Lighthouse's mobile preset, the median of three runs.
import { test } from 'node:test';
import lighthouse from 'lighthouse';
import { launch } from '../harness/browser.mjs';
import { figure, median, within } from '../harness/figure.mjs';
import { freePort } from '../harness/jeton.mjs';
import { timely } from '../harness/quiet.mjs';
import { setUp } from '../harness/spec.mjs';
import { asks, printer } from '../harness/tour/stranger.mjs';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();
const RUNS = 3;
const OTHERS = ['accessibility', 'best-practices'];
let cookie;

/** Somebody signed in, once for all tests. */
async function someone() {
  cookie ??= (await Visitor.signedIn(site.jeton, site.jeton.person())).cookie;
  return { Cookie: cookie };
}

/** One run in a browser of its own; returns the scores of these categories, of 100, and what lost points. */
async function run(url, headers, categories) {
  const port = await freePort();
  const browser = await launch([`--remote-debugging-port=${port}`]);
  try {
    const { lhr } = await lighthouse(url, { port, extraHeaders: headers, onlyCategories: categories, logLevel: 'silent' });
    const counted = categories.flatMap((name) => lhr.categories[name].auditRefs).filter(({ weight }) => weight > 0);
    const lost = counted.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 0.9);
    return { scores: categories.map((name) => Math.round(lhr.categories[name].score * 100)), lost };
  } finally {
    await browser.close();
  }
}

/** A score has a lowest value; bars are highest ones, so what is missing to 100 is counted. */
const missing = (name, score, least) => [`${name} ${score} of 100, missing`, 100 - score, 'points', 100 - least];

for (const [name, path, signedIn] of [
  ['sign-in', () => '/login', false],
  ['consent', () => asks(site.jeton, printer(site.jeton), { scope: 'read' }), true],
  ['tokens', () => '/account/tokens', true],
]) {
  test(`G3: Lighthouse on ${name}`, async () => {
    const url = new URL(path(), site.jeton.url).href;
    const headers = signedIn ? await someone() : {};
    const { scores: [first, ...others], lost } = await run(url, headers, ['performance', ...OTHERS]);
    const speeds = [first];
    while (speeds.length < RUNS) speeds.push((await run(url, headers, ['performance'])).scores[0]);
    for (const { id, title, displayValue = '' } of lost) figure(`G3 ${name}, points lost by ${id}`, title, displayValue);
    await timely([missing(`G3 ${name}, performance`, median(speeds), 98)]);
    within(others.map((score, place) => missing(`G3 ${name}, ${OTHERS[place]}`, score, 100)));
  });
}
