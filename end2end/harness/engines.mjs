// Two engines that look for barriers, and one that checks the HTML: axe-core, HTML_CodeSniffer (pa11y's), html-validate.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';

const require = createRequire(import.meta.url);
const read = (path) => readFileSync(require.resolve(path), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Puts both engines into every page that is opened from now on; the page's own policy does not let anything in later. */
export async function withEngines(context) {
  await context.addInitScript({ content: read('axe-core/axe.min.js') });
  await context.addInitScript({ content: read('html_codesniffer/build/HTMLCS.js') });
}

/** What axe finds; `rules` in place of the usual tags. */
export async function axe(page, rules) {
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: RULES };
  const found = await page.evaluate(async (only) => (await globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations, runOnly);
  return found.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
}

/** What HTML_CodeSniffer calls an error at level AA. */
export function sniff(page) {
  return page.evaluate(() => new Promise((done, failed) => {
    globalThis.HTMLCS.process('WCAG2AA', document, () => {
      const errors = globalThis.HTMLCS.getMessages().filter(({ type }) => type === globalThis.HTMLCS.ERROR);
      done(errors.map(({ code, msg, element }) => `HTML_CodeSniffer ${code}: ${msg} ${element.outerHTML?.slice(0, 200)}`));
    }, failed, 'en');
  }));
}

/** The rules of the standard, without opinions about style. `details` is no sectioning content, as the validator has it. */
const validator = new HtmlValidate({ extends: ['html-validate:standard'], elements: ['html5', { details: { sectioning: false } }] });

/** What is wrong with this HTML as it came over the wire. `<!>` is a parse error at which the validator would give up. */
export async function invalid(html) {
  const bogus = html.split('<!>').length - 1;
  const report = await validator.validateString(html.replaceAll('<!>', ''));
  const messages = report.results.flatMap(({ messages: all }) => all);
  return [...bogus ? [`HTML: ${bogus} comments written as <!>`] : [], ...messages.map(({ ruleId, message, offset }) => `HTML ${ruleId}: ${message} in ${html.slice(Math.max(0, offset - 80), offset + 60)}`)];
}

/** Remembers the HTML of the page that a browser is on, as it came. */
export function sources(page) {
  let last = Promise.resolve('');
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage && !(response.status() >= 300 && response.status() < 400)) last = response.text().catch(() => '');
  });
  return { html: () => last };
}
