// A slow phone on a slow line, and a watch that runs inside the page.
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

/** A quarter of the processor and, unless `network` is false, 150 ms and 1.6 Mbit/s. */
export async function slowDown(page, { network = true } = {}) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  if (!network) return;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
}

/** Watches paints, shifts, presses and the islands' awakening on every page that is opened from now on. */
export function watched(context) {
  return context.addInitScript(() => {
    const seen = { lcp: 0, cls: 0, inp: 0, awake: undefined, opened: undefined };
    globalThis.seen = seen;
    const observe = (type, add, more = {}) => new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true, ...more });
    observe('largest-contentful-paint', ({ startTime }) => { seen.lcp = startTime; });
    observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.cls += value; });
    observe('event', ({ duration, interactionId }) => { if (interactionId) seen.inp = Math.max(seen.inp, duration); }, { durationThreshold: 16 });
    // The islands wake in the steps right after the WASM is there; a timer comes after all of those.
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...words) => {
        const module = await original.apply(WebAssembly, words);
        setTimeout(() => { seen.awake = performance.now(); });
        return module;
      };
    }
    let pressed;
    addEventListener('click', ({ timeStamp }) => { pressed = timeStamp; }, { capture: true });
    const opened = () => { if (document.querySelector('dialog[open]') && pressed) seen.opened ??= performance.now() - pressed; };
    new MutationObserver(opened).observe(document, { subtree: true, attributes: true, attributeFilter: ['open'] });
  });
}

/** What the watch saw, once the islands are awake; times in milliseconds. */
export async function sightings(page) {
  await page.waitForFunction(() => globalThis.seen.awake !== undefined);
  return page.evaluate(() => {
    const [{ loadEventEnd }] = performance.getEntriesByType('navigation');
    return { ...globalThis.seen, hydrated: Math.max(0, globalThis.seen.awake - loadEventEnd) };
  });
}
