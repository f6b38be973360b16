// What the measures of the pages are held to, in one place.

/**
 * Everything that a page takes when it is opened for the first time, the WASM with it: requests, and kB (of 1000 bytes) on the wire.
 * What docs/ui-goals.md aims at is less: 80, 85, and 165.
 */
export const COLD = {
  'sign-in': { requests: 6, kilobytes: 108 },
  consent: { requests: 6, kilobytes: 114 },
  tokens: { requests: 6, kilobytes: 220 },
};

/** From a press until what it did is drawn, on loopback: ms, and pages loaded for it. */
export const ANSWERED = { ms: 100, loads: 0 };

/** From the sign-in page to the first API call with a permanent token of one's own. */
export const NEWCOMER = { clicks: 6 };
