// Flaws that are known and not mended yet: they are counted aloud, and do not fail a test. Mend one, and take its line away.
import { figure } from './figure.mjs';

export const KNOWN = [
  [/: print: (?:button|a)\./, 'buttons are printed: style/08-modes.css, @media print, hide button and .button'],
  [/: print: nav\.(?:crumbs|pages)/, 'crumbs and page numbers are printed: style/08-modes.css, @media print, hide nav'],
  [/more contrast, .*axe color-contrast-enhanced/s, 'filled buttons, links and danger under 7:1: style/08-modes.css, prefers-contrast, darker --accent, --link, --danger, --ok'],
  [/ px: a "[^"]+" is [\d.]+ by (?:1\d|2[0-3])\b/, 'links of the error summary are 19 px high: style, padding or line height to 24'],
  [/ px: a "API" is 2\d\.\d by /, 'the crumb API is 22 px wide: style, min-inline-size of 24'],
  [/HTML: \d+ comments written as <!>/, 'empty islands and options are written as <!>: app/src/shell.rs, write <!----> in its place'],
  [/H91\.InputText\.Name: .*hidden=""/s, 'the hidden user name beside "New password" has no name: app/src/pages/account.rs, aria-label'],
];

/** Leaves what is not known; prints how often the known ones were met. */
export function unknown(name, flaws) {
  for (const [pattern, what] of KNOWN) {
    const times = flaws.filter((flaw) => pattern.test(flaw)).length;
    if (times > 0) figure(`known flaw, ${name}`, times, `times: ${what}`);
  }
  return flaws.filter((flaw) => !KNOWN.some(([pattern]) => pattern.test(flaw)));
}
