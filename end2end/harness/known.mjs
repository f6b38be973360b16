// Flaws that are known and not mended yet: they are counted aloud, and do not fail a test. Mend one, and take its line away.
import { figure } from './figure.mjs';

export const KNOWN = [];

/** Leaves what is not known; prints how often the known ones were met. */
export function unknown(name, flaws) {
  for (const [pattern, what] of KNOWN) {
    const times = flaws.filter((flaw) => pattern.test(flaw)).length;
    if (times > 0) figure(`known flaw, ${name}`, times, `times: ${what}`);
  }
  return flaws.filter((flaw) => !KNOWN.some(([pattern]) => pattern.test(flaw)));
}
