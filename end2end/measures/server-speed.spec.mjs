// G10: how soon the server begins to answer, with 1000 tokens in the account and 50 requests a second.
import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { test } from 'node:test';
import { bestOf, figure, percentile } from '../harness/figure.mjs';
import { link, openTab, row, sees, signIn, table } from '../harness/pages.mjs';
import { timely } from '../harness/quiet.mjs';
import { everyWay, setUp } from '../harness/spec.mjs';
import { Visitor } from '../harness/visitor.mjs';

const site = setUp();
const TOKENS = 1000;
const PER_SECOND = 50;
const SECONDS = 10;
let rich;

async function richPerson() {
  if (rich) return rich;
  const name = site.jeton.person();
  const visitor = await Visitor.signedIn(site.jeton, name);
  await visitor.makeTokens(Array.from({ length: TOKENS }, (_, number) => `token ${number}`));
  rich = { name, visitor };
  return rich;
}

/** Milliseconds until the first byte of an answer. */
function firstByte(agent, url, cookie) {
  return new Promise((done, failed) => {
    const start = performance.now();
    get(url, { agent, headers: { cookie } }, (response) => {
      const time = performance.now() - start;
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? done(time) : failed(new Error(`status ${response.statusCode}`))));
    }).on('error', failed);
  });
}

/** Requests at a steady pace, whether or not the one before was answered. */
async function window(url, cookie) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const times = [];
  const start = performance.now();
  for (let sent = 0; sent < PER_SECOND * SECONDS; sent += 1) {
    const wait = start + sent * 1000 / PER_SECOND - performance.now();
    if (wait > 0) await new Promise((done) => { setTimeout(done, wait); });
    times.push(firstByte(agent, url, cookie));
  }
  const all = await Promise.all(times);
  agent.destroy();
  return all;
}

test('G10: the first byte of a full page comes soon', async () => {
  const { visitor } = await richPerson();
  const url = `${site.jeton.url}/account/tokens`;
  const best = await bestOf(3, async () => {
    const times = await window(url, visitor.cookie);
    return [['G10 first byte, 99 of 100', percentile(times, 0.99), 'ms', 50], ['G10 first byte, median', percentile(times, 0.5), 'ms']];
  });
  figure('G10 requests', PER_SECOND * SECONDS, `at ${PER_SECOND} a second, ${TOKENS} tokens in the account; the bar for the median is 10 ms, of a release build`);
  await timely(best);
});

everyWay(site, 'a thousand tokens are paged and can be searched', async (page) => {
  const { name } = await richPerson();
  await signIn(page, site.jeton, name);
  await openTab(page, site.jeton, 'Tokens');
  assert.equal(await table(page, 'Permanent tokens').getByRole('rowheader').count(), 50);
  await link(page, 'Older').click();
  await sees(page.getByText('Page 2 of 20'));
  await page.getByRole('searchbox').fill('token 777');
  await page.getByRole('button', { name: 'Find' }).click();
  await sees(row(page, 'token 777'));
  assert.equal(await table(page, 'Permanent tokens').getByRole('rowheader').count(), 1);
});
