// The browser: the system's Chromium, a fresh profile a page, and an eye on whatever goes wrong in it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const PATIENCE = 15_000;

export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [...FLAGS, ...more],
  });
}

/**
 * Runs `work` with a page of a fresh profile; fails if the browser complained of anything. `blocked` is a pattern of
 * addresses that the browser cannot reach; BLOCKED in the environment sets it for a whole run. `asked` answers the browser's own
 * question before a page is left: it is left, where nothing else is said.
 */
export async function withPage(browser, options, work) {
  const { blocked = process.env.BLOCKED, expectProblems = Boolean(blocked), asked = (dialog) => dialog.accept(), ...rest } = options;
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...rest });
  context.setDefaultTimeout(PATIENCE);
  if (blocked) await context.route(blocked, (route) => route.abort());
  context.on('dialog', asked);
  const problems = watch(context);
  const page = await context.newPage();
  try {
    await work(page, context);
    if (!expectProblems) assert.deepEqual(problems, [], 'the browser complained');
  } catch (error) {
    await keep(page, error);
    throw error;
  } finally {
    await context.close();
  }
}

/** Console errors and warnings (violations of the Content-Security-Policy among them), exceptions, failed assets. */
function watch(context) {
  const problems = [];
  context.on('console', (message) => {
    const refusedForm = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
    if (['error', 'warning'].includes(message.type()) && !refusedForm) problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  context.on('response', (response) => {
    const isPage = response.request().isNavigationRequest();
    // A server function's refusal is an answer, which the page tells.
    const isTold = [401, 403].includes(response.status()) && new URL(response.url()).pathname.startsWith('/ui/');
    if (response.status() >= 400 && !isPage && !isTold) problems.push(`${response.status()} ${response.url()}`);
  });
  return problems;
}

async function keep(page, error) {
  const folder = new URL('../test-results/', import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  const file = `${folder}${Date.now()}.png`;
  const taken = await page.screenshot({ path: file, fullPage: true }).then(() => file, () => 'none');
  error.message += `\n  at ${page.url()}, title ${await page.title().catch(() => '?')}, screenshot ${taken}`;
}
