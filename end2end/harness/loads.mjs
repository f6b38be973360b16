// How many pages a browser loads, such as none while something is answered in place.

/** Returns a function that tells how many pages the browser asked for since it was last called: what a page shows can be seen before it is loaded. */
export function loads(page) {
  let count = 0;
  page.on('request', (request) => { if (request.isNavigationRequest() && request.frame() === page.mainFrame()) count += 1; });
  return () => {
    const seen = count;
    count = 0;
    return seen;
  };
}

/** The islands of the page are awake: from now on forms are answered in place. */
export const awake = (page) => page.waitForFunction(() => document.documentElement.classList.contains('awake'));
