// How many pages a browser loads, such as none while something is answered in place.

/** Returns a function that tells how many pages were loaded since it was last asked. */
export function loads(page) {
  let count = 0;
  page.on('domcontentloaded', () => { count += 1; });
  return () => {
    const seen = count;
    count = 0;
    return seen;
  };
}

/** The islands of the page are awake: from now on forms are answered in place. */
export const awake = (page) => page.waitForFunction(() => document.documentElement.classList.contains('awake'));
